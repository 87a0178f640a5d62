// The clock of the demo.

import { post } from "./api.js";
import { byId } from "./dom.js";
import { state } from "./state.js";
import { day, hour, localInput, shortDay, word } from "./words.js";

export function setUpClock() {
  byId("clock-next").onclick = () => move("next_due");
  byId("clock-hour").onclick = () => move({ minutes: 60 });
  byId("clock-day").onclick = () => move({ minutes: 24 * 60 });
  byId("clock-pick").onclick = () => {
    const { now, zone } = state.view.clock;
    byId("clock-at").min = byId("clock-at").value = localInput(now, zone);
    openForm(byId("clock-form").hidden);
    if (!byId("clock-form").hidden) byId("clock-at").focus();
  };
  byId("clock-form").onsubmit = (event) => {
    event.preventDefault();
    openForm(false);
    move({ at: `${byId("clock-at").value.slice(0, 16)}:00` });
  };
  byId("clock-stop").onclick = () => post("/api/clock/stop");
}

function openForm(open) {
  byId("clock-form").hidden = !open;
  byId("clock-pick").setAttribute("aria-expanded", String(open));
}

/// A move shorter than this, in milliseconds, shows no progress: it would only flicker.
const SHORT = 400;
/// A move that was asked for and not answered.
let asked = false;
/// When the page first saw the move that is under way.
let since = null;
/// The button that has the focus while it cannot be used.
let focused = null;

async function move(to) {
  asked = true;
  showClock();
  await post("/api/clock", to);
  asked = false;
  showClock();
}

export function showClock() {
  const { now, zone, next_due: next, moving } = state.view.clock;
  byId("now").textContent = when(now);
  byId("now").dateTime = now;
  const what = next?.what ? ` (${next.what})` : "";
  const soon = next && `${hour(next.at, zone)} · ${shortDay(next.at, zone)}`;
  byId("next-due").textContent = next ? word("demo-clock-next-at", { when: soon }) + what : word("demo-clock-none");
  showButtons(asked || moving !== null, next);
  showProgress(now, moving);
}

const when = (at) => `${hour(at, state.view.clock.zone)} · ${day(at, state.view.clock.zone)}`;

function showButtons(busy, next) {
  const active = document.activeElement;
  if (busy && byId("moves").contains(active)) focused = active;
  for (const button of byId("moves").querySelectorAll("button")) button.disabled = busy;
  byId("clock-next").disabled ||= !next;
  if (!busy) {
    const lost = [document.body, focused, byId("clock-stop")].includes(document.activeElement);
    if (focused && lost && !focused.disabled) focused.focus();
    focused = null;
  }
}

function showProgress(now, moving) {
  since = moving && (since ?? Date.now());
  const long = moving !== null && Date.now() - since >= SHORT;
  if (moving && !long) setTimeout(showClock, SHORT);
  byId("moves").hidden = long;
  byId("next-due").hidden = long;
  byId("moving").hidden = !long;
  if (!long) return;
  const [from, to, at] = [moving.from, moving.to, now].map((moment) => Date.parse(moment));
  byId("clock-progress").value = to > from ? (at - from) / (to - from) : 1;
  byId("clock-moving").textContent = word("demo-clock-moving", { to: when(moving.to), stops: moving.stops });
}
