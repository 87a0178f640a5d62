// Writing as somebody.

import { post, upload } from "./api.js";
import { chosen, nameOf, showChat } from "./chat.js";
import { byId, el } from "./dom.js";
import { chatKey, messagesOf, openChat, personOf, platformOf, state, textOf, which, writer } from "./state.js";
import { hasWord, size, word } from "./words.js";

const ROLES = ["office", "school", "stranger"];
let files = [];

export function setUpComposer() {
  chosen.quote = (message) => choose({ quote: message });
  chosen.edit = (message) => {
    choose({ edit: message });
    byId("text").value = textOf(message);
    grow();
  };
  byId("quoting-cancel").onclick = () => {
    if (state.edit) byId("text").value = "";
    choose({});
  };
  byId("composer").onsubmit = (event) => {
    event.preventDefault();
    send();
  };
  byId("text").oninput = grow;
  byId("text").onkeydown = (event) => {
    // While a Vietnamese syllable is being composed, Enter belongs to the keyboard.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape" && (state.quote || state.edit)) {
      byId("quoting-cancel").click();
    }
  };
  byId("person").onchange = () => {
    state.person.set(state.open, byId("person").value);
    showChat();
    showComposer();
  };
  byId("file").onchange = () => {
    files.push(...byId("file").files);
    byId("file").value = "";
    showFiles();
  };
}

function choose({ quote = null, edit = null }) {
  state.quote = quote;
  state.edit = edit;
  showQuote();
  byId("text").focus();
}

/// Forgets what was begun: another chat is open.
export function resetComposer() {
  state.quote = state.edit = null;
  files = [];
  byId("text").value = "";
  grow();
  showFiles();
  showQuote();
}

/// Everything that depends on the chat and on who writes.
export function showComposer() {
  const chat = openChat();
  if (!chat) return;
  const person = personOf(writer(chat));
  showPeople(chat, person);
  const platform = platformOf(chat);
  const deaf = !chat.private && !platform.hears_all;
  byId("text").placeholder = word("demo-message-hint");
  byId("hint").textContent = deaf ? word("demo-not-heard-why", { mention: platform.mention }) : privateHint(chat);
  byId("hint").hidden = byId("hint").textContent === "";
  showSamples(person, deaf ? platform.mention : null);
}

function privateHint(chat) {
  return chat.private && !state.messages.get(chatKey(chat))?.size ? word("demo-private-hint") : "";
}

function showPeople(chat, person) {
  const select = byId("person");
  const facts = JSON.stringify([chat.members, person.key, state.view.people.length, document.documentElement.lang]);
  if (select.dataset.facts === facts) return;
  select.dataset.facts = facts;
  const people = chat.members.map(personOf).filter(Boolean);
  const option = (one) => el("option", { value: one.key }, `${one.name} · ${one.title}`);
  const groups = ROLES.map((role) => people.filter((one) => one.role === role));
  select.replaceChildren(...groups.filter((group) => group.length).map((group) => group.map(option)).flatMap((options, at) => (at ? [el("hr"), ...options] : options)));
  select.value = person.key;
  select.disabled = people.length === 1;
}

function showSamples(person, mention) {
  const samples = samplesOf(person);
  const chip = (text, label) =>
    el("li", {}, el("button", { type: "button", "aria-label": label, onclick: () => put(text, mention) }, text));
  byId("samples").replaceChildren(
    ...(mention ? [chip(mention, word("demo-mention-hint", { mention }))] : []),
    ...samples.map((text) => chip(text)),
  );
}

/// Ready texts for who writes; those about a task name one that the bot has posted to them.
function samplesOf(person) {
  const { any, figures } = person.role === "school" ? postedTo(person) : {};
  const samples = [];
  for (let at = 1; hasWord(`demo-sample-${person.role}-${at}`); at += 1) samples.push(word(`demo-sample-${person.role}-${at}`, { code: any }));
  if (figures) samples.splice(1, 0, word("demo-sample-figures", { code: figures }));
  return samples.filter((text) => any || !text.includes("{code}"));
}

/// Codes of the last post with tasks that this person can read: one with a deadline, and one that asks for the figures
/// of the sample.
function postedTo(person) {
  const chats = state.view.chats.filter((chat) => chat.members.includes(person.key));
  const posts = chats.flatMap((chat) => messagesOf(chatKey(chat))).filter((message) => message.author === null && !message.deleted);
  const tasks = (message) => message.blocks.map((block) => block.text).filter((text) => /^V\d+ /.test(text));
  const all = posts.map(tasks).filter((lines) => lines.length);
  const code = (line) => line?.split(" ")[0];
  const most = all.reduce((best, lines) => (lines.length >= best.length ? lines : best), []);
  const figures = word("demo-sample-figures-of");
  return { any: code(most.find((line) => /\(.*\d\/\d+\)/.test(line)) ?? most[0]), figures: code(all.flat().findLast((line) => line.includes(figures))) };
}

/// Puts a ready text into the field, addressed to the bot where it would not hear it else.
function put(text, mention) {
  const field = byId("text");
  const answers = state.quote && state.quote.author === null;
  const bare = text === mention ? "" : text;
  const said = text === mention ? field.value.replace(mention, "").trim() : bare;
  field.value = mention && (text === mention || !answers) ? `${mention} ${said}` : said;
  grow();
  field.focus();
}

function showQuote() {
  const message = state.quote ?? state.edit;
  byId("quoting").hidden = !message;
  byId("messages").querySelectorAll(".chosen").forEach((row) => row.classList.remove("chosen"));
  if (!message) return;
  byId("messages").querySelector(`[data-id="${CSS.escape(message.id)}"]`)?.classList.add("chosen");
  byId("quoting-name").textContent = state.edit ? word("demo-editing") : word("demo-quote", { name: nameOf(message) });
  byId("quoting-text").textContent = textOf(message) || message.files[0]?.name || "";
}

function showFiles() {
  const row = (file) =>
    el(
      "li",
      {},
      el("span", {}, word("demo-file", { name: file.name, size: size(file.size) })),
      el("button", { type: "button", className: "quiet", "aria-label": word("demo-attach-remove", { name: file.name }), onclick: () => remove(file) }, "×"),
    );
  byId("files").replaceChildren(...files.map(row));
}

function remove(file) {
  files = files.filter((other) => other !== file);
  showFiles();
}

/// As high as its text, up to the limit of the style.
function grow() {
  const field = byId("text");
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

async function send() {
  const chat = openChat();
  const text = byId("text").value.trim();
  if (!chat || byId("send").disabled || (!text && !files.length)) return;
  byId("send").disabled = true;
  const done = state.edit
    ? await post("/api/edit", { person: writer(chat), chat: which(chat), message: state.edit.id, text })
    : await say(chat, text);
  byId("send").disabled = false;
  if (done && chatKey(chat) === state.open) resetComposer();
  byId("text").focus();
}

async function say(chat, text) {
  const uploads = [];
  for (const file of files) {
    const name = await upload(file);
    if (!name) return null;
    uploads.push(name);
  }
  return post("/api/say", { person: writer(chat), chat: which(chat), text, quote: state.quote?.id, uploads });
}
