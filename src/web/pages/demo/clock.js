// The clock of the demo.

import { post } from "./api.js";
import { byId } from "./dom.js";
import { state } from "./state.js";
import { day, hour, localInput, word } from "./words.js";

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

/// A move that was asked for and not answered.
let asked = false;

async function move(to) {
  asked = true;
  showClock();
  await post("/api/clock", to);
  asked = false;
  showClock();
}

export function showClock() {
  const { now, zone, next_due: next, moving } = state.view.clock;
  const when = (at) => `${hour(at, zone)} · ${day(at, zone)}`;
  byId("now").textContent = when(now);
  byId("now").dateTime = now;
  const what = next?.what ? ` (${next.what})` : "";
  byId("next-due").textContent = next ? word("demo-clock-next-at", { when: when(next.at) }) + what : word("demo-clock-none");
  for (const button of byId("moves").querySelectorAll("button")) button.disabled = asked || moving !== null;
  byId("clock-next").disabled ||= !next;
  byId("moving").hidden = moving === null;
  if (!moving) return;
  const [from, to, at] = [moving.from, moving.to, now].map((moment) => Date.parse(moment));
  byId("clock-progress").value = to > from ? (at - from) / (to - from) : 1;
  byId("clock-moving").textContent = word("demo-clock-moving", { to: when(moving.to), stops: moving.stops });
}
