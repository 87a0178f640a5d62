// The list of chats.

import { byId, el } from "./dom.js";
import { chatKey, messagesOf, personOf, platformOf, state, textOf, unread } from "./state.js";
import { hour, word } from "./words.js";

/// Without case, accents and đ, so that a search needs none of them.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

const lastOf = (chat) => messagesOf(chatKey(chat)).filter((message) => !message.deleted).at(-1);

export function showList() {
  const wanted = plain(byId("search").value.trim());
  const chats = state.view.chats.filter((chat) => plain(namesOf(chat)).includes(wanted));
  const groups = chats.filter((chat) => !chat.private);
  const privates = chats.filter((chat) => chat.private).map((chat) => ({ chat, last: lastOf(chat) }));
  // The latest talk first; who never wrote comes in the order of the people.
  const order = new Map(state.view.people.map((person, at) => [person.key, at]));
  const place = ({ chat }) => order.get(chat.members[0]) ?? 0;
  privates.sort((a, b) => (b.last?.at ?? "").localeCompare(a.last?.at ?? "") || place(a) - place(b));
  fill(byId("groups"), groups);
  fill(byId("privates"), privates.map((entry) => entry.chat));
  byId("search-none").hidden = chats.length > 0;
}

function namesOf(chat) {
  const people = chat.private ? chat.members.map(personOf) : [];
  return [chat.title, platformOf(chat).name, ...people.map((person) => `${person?.name} ${person?.title}`)].join(" ");
}

/// Rows stay the same elements, so that focus and scroll stay where they are.
function fill(list, chats) {
  const known = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const rows = chats.map((chat) => {
    const row = known.get(chatKey(chat)) ?? el("li");
    row.dataset.key = chatKey(chat);
    const text = JSON.stringify([rowFacts(chat), state.open === chatKey(chat)]);
    if (row.dataset.facts !== text) {
      const focused = row.contains(document.activeElement);
      row.replaceChildren(link(chat));
      row.dataset.facts = text;
      if (focused) row.firstChild.focus();
    }
    return row;
  });
  if (rows.length !== list.children.length || rows.some((row, at) => list.children[at] !== row)) {
    list.replaceChildren(...rows);
  }
}

function rowFacts(chat) {
  const last = lastOf(chat);
  const person = chat.private ? personOf(chat.members[0]) : null;
  const author = last && (last.author === null ? word("demo-bot") : personOf(last.author)?.name);
  return {
    name: person?.name ?? chat.title,
    title: person?.title,
    platform: platformOf(chat).name,
    last: last && `${author}: ${textOf(last) || last.files[0]?.name || ""}`.slice(0, 120),
    at: last && hour(last.at, state.view.clock.zone),
    unread: unread(chatKey(chat)),
  };
}

function link(chat) {
  const facts = rowFacts(chat);
  return el(
    "a",
    { href: `#${encodeURIComponent(chatKey(chat))}`, "aria-current": state.open === chatKey(chat) ? "true" : null },
    el("span", { className: `avatar ${chat.private ? "" : "group"}`, "aria-hidden": "true" }, initials(facts.name)),
    el(
      "span",
      { className: "about" },
      el("strong", {}, facts.name),
      facts.title ? el("span", { className: "title" }, facts.title) : null,
      facts.last ? el("span", { className: "last" }, facts.last) : null,
    ),
    el(
      "span",
      { className: "side" },
      badge(chat),
      facts.at ? el("time", {}, facts.at) : null,
      facts.unread
        ? el("span", { className: "unread", "aria-label": word("demo-unread", { count: facts.unread }) }, String(facts.unread))
        : null,
    ),
  );
}

export function badge(chat) {
  return el("span", { className: `badge ${chat.platform}` }, platformOf(chat).name);
}

/// The first letters of the last two words: `Nguyễn Thị Hoa` is `TH`.
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return words.slice(-2).map((part) => [...part][0].toLocaleUpperCase("vi")).join("");
}
