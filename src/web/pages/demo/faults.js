// Switches for what can go wrong.

import { post } from "./api.js";
import { byId, el, toast } from "./dom.js";
import { openChat, state, which } from "./state.js";
import { word } from "./words.js";

export function setUpFaults() {
  byId("restart").onclick = async () => {
    byId("restart").disabled = true;
    if (await post("/api/restart")) toast(word("demo-restart-done"));
    byId("restart").disabled = false;
  };
  byId("refuse").onchange = (event) => {
    const chat = openChat();
    if (chat) set({ refuse: { chat: which(chat), on: event.target.checked } });
  };
}

const set = (fault) => post("/api/fault", fault);

export function showFaults() {
  const chat = openChat();
  byId("refuse-switch").hidden = !chat;
  if (chat) byId("refuse").checked = chat.refusing;
  const facts = JSON.stringify([state.view.platforms, document.documentElement.lang]);
  if (byId("fault-platforms").dataset.facts === facts) return;
  byId("fault-platforms").dataset.facts = facts;
  const focused = document.activeElement?.dataset?.fault;
  byId("fault-platforms").replaceChildren(...state.view.platforms.map(platform));
  if (focused) byId("fault-platforms").querySelector(`[data-fault="${CSS.escape(focused)}"]`)?.focus();
}

function platform(one) {
  const key = one.key;
  const button = (name, text, fault, left) =>
    el(
      "div",
      { className: "fault" },
      el("button", { type: "button", "data-fault": `${key} ${name}`, onclick: fault }, text),
      left ? el("span", { className: "left" }, left) : null,
    );
  return el(
    "fieldset",
    {},
    el("legend", {}, el("span", { className: `badge ${key}` }, one.name)),
    el(
      "label",
      { className: "switch" },
      el("input", { type: "checkbox", checked: one.outage, "data-fault": `${key} outage`, onchange: (event) => set({ outage: { platform: key, on: event.target.checked } }) }),
      el("span", {}, word("demo-fault-outage")),
    ),
    button(
      "too-many",
      word("demo-fault-too-many"),
      () => set({ too_many: { platform: key, times: 3, retry_after: 30 } }),
      one.too_many > 0 && word("demo-fault-too-many-left", { count: one.too_many }),
    ),
    button(
      "no-answer",
      word("demo-fault-no-answer"),
      () => set({ no_answer: { platform: key, times: 1 } }),
      one.no_answer > 0 && word("demo-fault-no-answer-left", { count: one.no_answer }),
    ),
    button("duplicate", word("demo-fault-duplicate"), async () => {
      if (await set({ duplicate: { platform: key } })) toast(word("demo-fault-duplicate-done"));
    }),
    one.too_many + one.no_answer > 0 && button("clear", word("demo-fault-clear"), () => set({ clear: { platform: key } })),
  );
}
