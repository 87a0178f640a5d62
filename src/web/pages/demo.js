// The page of the simulator: follows the program and shows what it tells.

import { follow } from "./demo/api.js";
import { setUpChat, showAnswers, showChat, showMessages, toEnd } from "./demo/chat.js";
import { setUpClock, showClock } from "./demo/clock.js";
import { resetComposer, setUpComposer, showComposer } from "./demo/composer.js";
import { byId, el } from "./demo/dom.js";
import { setUpFaults, showFaults } from "./demo/faults.js";
import { showList } from "./demo/list.js";
import { chatKey, merge, messagesOf, state } from "./demo/state.js";
import { loadWords, switchLanguage, word } from "./demo/words.js";

let away = false;
/// Whether the office was there when the page last looked: until then the page opens what there is to see.
let ready = false;

function take(view, known) {
  const changed = merge(view, known);
  if (!known || (!ready && !location.hash)) openFromAddress();
  else if (changed.length) showMessages(changed);
  ready ||= !view.notices.some((notice) => notice.kind === "busy");
  showAnswers(view.answers);
  showAround();
}

/// Where a visitor begins: at what waits for a decision while no group has heard anything, else at the first group.
function firstChat(chats) {
  const last = (chat) => messagesOf(chatKey(chat)).at(-1);
  const groups = chats.filter((chat) => !chat.private);
  const waits = chats.find((chat) => chat.private && last(chat)?.author === null && last(chat).buttons.length);
  return (!groups.some(last) && waits) || groups[0];
}

/// All that stands around the messages.
function showAround() {
  showNotices();
  showClock();
  showFaults();
  showComposer();
  showList();
}

function lost(now) {
  if (away === now) return;
  away = now;
  showNotices();
}

function showNotices() {
  const notices = (state.view?.notices ?? []).map((notice) => [notice.kind, notice.text]);
  const out = (state.view?.platforms ?? []).filter((platform) => platform.outage);
  out.forEach((platform) => notices.push(["problem", word("demo-outage-on", { platform: platform.name })]));
  if (away) notices.unshift(["problem", word("demo-lost")]);
  else if (!state.view) notices.unshift(["busy", word("demo-loading")]);
  const facts = JSON.stringify(notices);
  if (byId("notices").dataset.facts === facts) return;
  byId("notices").dataset.facts = facts;
  byId("notices").replaceChildren(...notices.map(([kind, text]) => el("p", { className: kind }, text)));
}

/// The open chat stands in the address, so that the back button of a phone leads to the list.
function openFromAddress() {
  const key = decodeURIComponent(location.hash.slice(1));
  const chats = state.view.chats;
  const wide = matchMedia("(min-width: 700px)").matches;
  const found = chats.find((chat) => chatKey(chat) === key) ?? (wide ? firstChat(chats) : null) ?? null;
  const other = state.open !== (found ? chatKey(found) : null);
  state.open = found ? chatKey(found) : null;
  if (other) resetComposer();
  showChat();
}

addEventListener("hashchange", () => {
  if (location.hash === "#text" || !state.view) return;
  openFromAddress();
  showAround();
  if (state.open) byId("chat-title").focus({ preventScroll: true });
});

byId("back").onclick = () => {
  location.hash = "";
};
byId("search").oninput = showList;
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && state.view && byId("newer").hidden) {
    toEnd();
    showList();
  }
});

byId("language").onclick = async () => {
  await switchLanguage();
  showChat();
  showAround();
};

function openDrawer(id) {
  for (const name of ["guide", "faults"]) {
    const open = name === id && byId(name).hidden;
    byId(name).hidden = !open;
    byId(`show-${name}`).setAttribute("aria-expanded", String(open));
    document.body.classList.toggle(`with-${name}`, open);
    if (open) byId(name).querySelector("[data-close]").focus({ preventScroll: true });
  }
}

for (const name of ["guide", "faults"]) {
  byId(`show-${name}`).onclick = () => openDrawer(name);
  byId(name).querySelector("[data-close]").onclick = () => {
    openDrawer(null);
    byId(`show-${name}`).focus();
  };
  byId(name).onkeydown = (event) => {
    if (event.key === "Escape") byId(name).querySelector("[data-close]").click();
  };
}

setUpChat();
setUpClock();
setUpComposer();
setUpFaults();
await loadWords();
if (!localStorage.getItem("giaoban-guided")) {
  localStorage.setItem("giaoban-guided", "1");
  openDrawer("guide");
}
showNotices();
follow(take, lost);
