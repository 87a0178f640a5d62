// The open chat: its messages.

import { fileAddress, post } from "./api.js";
import { byId, el, toast } from "./dom.js";
import { initials } from "./list.js";
import { markRead, messagesOf, openChat, personOf, platformOf, state, textOf, which, writer } from "./state.js";
import { day, hour, size, word } from "./words.js";

const MARKS = { recorded: "👌", thanks: "🙏" };
/// Presses of this page whose answer has not come.
const presses = new Set();

/// What happens to a chosen message; the composer sets it.
export const chosen = { quote: () => {}, edit: () => {} };

/// Shows the open chat from its beginning.
export function showChat() {
  const chat = openChat();
  byId("chat").hidden = chat === null;
  byId("choose").hidden = chat !== null;
  document.body.dataset.show = chat ? "chat" : "list";
  if (!chat) return;
  const person = chat.private ? personOf(chat.members[0]) : null;
  byId("chat-title").textContent = person?.name ?? chat.title;
  byId("chat-platform").textContent = platformOf(chat).name;
  byId("chat-platform").className = `badge ${chat.platform}`;
  byId("chat-members").textContent = person?.title ?? word("demo-members", { count: chat.members.length });
  byId("messages").replaceChildren();
  showMessages(messagesOf(state.open).map((message) => message.id));
  toEnd();
}

/// Shows these messages of the open chat anew, and new ones at the end. Who reads further up is not torn away, except
/// by what they write themselves.
export function showMessages(ids) {
  const list = byId("messages");
  const me = writer(openChat());
  const wasAtEnd = sticks;
  let news = 0;
  let own = false;
  for (const id of ids) {
    const message = state.messages.get(state.open)?.get(id);
    const old = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    const row = message.deleted ? gone(id) : bubble(message);
    if (old) {
      old.replaceWith(row);
    } else {
      dayLine(list, message);
      list.append(row);
      news += 1;
      own ||= message.author === me;
    }
  }
  showPinned();
  showEmpty(list);
  if (wasAtEnd || own) toEnd();
  else if (news) byId("newer").hidden = false;
}

function showEmpty(list) {
  list.querySelector(".empty")?.remove();
  if (list.children.length === 0) list.append(el("li", { className: "empty" }, word("demo-no-messages")));
}

function dayLine(list, message) {
  list.querySelector(".empty")?.remove();
  const text = day(message.at, state.view.clock.zone);
  if (list.dataset.day === text && list.children.length) return;
  list.dataset.day = text;
  list.append(el("li", { className: "day" }, el("span", {}, text)));
}

const gone = (id) => el("li", { className: "gone", "data-id": id }, word("demo-deleted"));

function nameOf(message) {
  return message.author === null ? "giaoban" : (personOf(message.author)?.name ?? message.author);
}

function bubble(message) {
  const chat = openChat();
  const own = message.author !== null && message.author === writer(chat);
  const bot = message.author === null;
  const kind = ["message", own && "own", bot && "bot", !message.heard && "unheard", message.pinned && "is-pinned"];
  const body = el(
    "article",
    { className: "bubble", onclick: (event) => tapped(event, message) },
    el(
      "header",
      {},
      el("strong", {}, nameOf(message)),
      bot ? el("span", { className: "bot-tag", title: word("demo-bot-is") }, word("demo-bot")) : null,
      bot ? null : el("span", { className: "title" }, personOf(message.author)?.title ?? ""),
    ),
    quoteOf(message),
    ...message.blocks.filter((block) => block.text).map((block) => el(block.strong ? "strong" : "p", { className: "block" }, block.text)),
    ...message.files.map(fileOf),
    buttonsOf(message, chat),
    footer(message, chat, own),
  );
  return el(
    "li",
    { className: kind.filter(Boolean).join(" "), "data-id": message.id },
    el("span", { className: "avatar", "aria-hidden": "true" }, bot ? el("img", { src: "/demo.svg", alt: "" }) : initials(nameOf(message))),
    body,
  );
}

function quoteOf(message) {
  const quoted = message.quote && state.messages.get(state.open)?.get(message.quote);
  if (!quoted) return null;
  return el(
    "button",
    { type: "button", className: "quoted", onclick: () => jump(quoted.id) },
    el("strong", {}, nameOf(quoted)),
    el("span", {}, quoted.deleted ? word("demo-deleted") : textOf(quoted) || quoted.files[0]?.name || ""),
  );
}

function fileOf(file) {
  const label = word("demo-file", { name: file.name, size: size(file.size) });
  const picture = file.photo && el("img", { src: fileAddress(file.id), alt: file.name, loading: "lazy" });
  const props = { className: file.photo ? "file photo" : "file", href: fileAddress(file.id), download: file.photo ? null : file.name };
  return el("a", { ...props, target: file.photo ? "_blank" : null, rel: "noopener" }, picture, el("span", {}, label));
}

function buttonsOf(message, chat) {
  if (!message.buttons.length) return null;
  const button = (which_) =>
    el("button", { type: "button", onclick: (event) => press(event.currentTarget, chat, message, which_) }, which_.label);
  return el("div", { className: "keys" }, ...message.buttons.map((row) => el("div", {}, ...row.map(button))));
}

function footer(message, chat, own) {
  const mayEdit = own && platformOf(chat).people_edit && message.blocks.some((block) => block.text);
  return el(
    "footer",
    {},
    message.mark ? el("span", { className: "mark", role: "img", "aria-label": word(`demo-mark-${message.mark}`) }, MARKS[message.mark]) : null,
    message.heard ? null : el("span", { className: "not-heard" }, word("demo-not-heard")),
    message.pinned ? el("span", {}, `📌 ${word("demo-pinned")}`) : null,
    message.edited ? el("span", {}, word("demo-edited")) : null,
    el("time", { dateTime: message.at }, hour(message.at, state.view.clock.zone)),
    mayEdit ? el("button", { type: "button", className: "quiet", onclick: () => chosen.edit(message) }, word("demo-edit")) : null,
    el(
      "button",
      { type: "button", className: "quiet reply", onclick: () => chosen.quote(message), "aria-label": word("demo-quote", { name: nameOf(message) }) },
      el("span", { "aria-hidden": "true" }, "↩"),
    ),
  );
}

/// A tap on a message quotes it, unless it was meant for something in it or marks text.
function tapped(event, message) {
  if (event.target.closest("a, button") || String(getSelection())) return;
  chosen.quote(message);
}

async function press(button, chat, message, key) {
  button.disabled = true;
  const answer = await post("/api/press", { person: writer(chat), chat: which(chat), message: message.id, action: key.action });
  if (answer) presses.add(answer.press);
  button.disabled = false;
  showAnswers(early);
}

/// Answers that came before the page knew that the press was its own.
let early = [];

/// Tells the answers to presses of this page.
export function showAnswers(answers) {
  early = [];
  for (const answer of answers) {
    if (presses.delete(answer.press)) toast(answer.text);
    else early.push(answer);
  }
}

function showPinned() {
  const pinned = messagesOf(state.open).filter((message) => message.pinned && !message.deleted).at(-1);
  const bar = byId("pinned");
  bar.hidden = !pinned;
  if (!pinned) return;
  const text = textOf(pinned).split("\n")[0];
  bar.replaceChildren(el("span", { "aria-hidden": "true" }, "📌 "), el("strong", {}, word("demo-pinned")), el("span", {}, text));
  bar.setAttribute("aria-label", word("demo-pinned-show", { text }));
  bar.onclick = () => jump(pinned.id);
}

export function jump(id) {
  const row = byId("messages").querySelector(`[data-id="${CSS.escape(id)}"]`);
  row?.scrollIntoView({ block: "center" });
  row?.classList.add("found");
  setTimeout(() => row?.classList.remove("found"), 1600);
}

const atEnd = () => {
  const list = byId("messages");
  return list.scrollHeight - list.scrollTop - list.clientHeight < 80;
};

/// Whether the reader is at the end, and stays there when the room for the messages changes.
let sticks = true;

export function toEnd() {
  const list = byId("messages");
  list.scrollTop = list.scrollHeight;
  sticks = true;
  byId("newer").hidden = true;
  if (state.open && !document.hidden) markRead(state.open);
}

export function setUpChat() {
  byId("newer").onclick = toEnd;
  byId("messages").onscroll = () => {
    sticks = atEnd();
    if (sticks) byId("newer").hidden = true;
  };
  new ResizeObserver(() => sticks && toEnd()).observe(byId("messages"));
}

export { nameOf };
