// Talking to the program.

import { toast } from "./dom.js";
import { language, word } from "./words.js";

const address = (path, query = {}) => `${path}?${new URLSearchParams({ lang: language, ...query })}`;

/// Asks for something to be done. A refusal is shown, and `null` comes back.
export async function post(path, body = {}) {
  return send(address(path), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/// Sends a file ahead of its message; the name by which the message takes it comes back, or `null`.
export async function upload(file) {
  const headers = { "content-type": "application/octet-stream" };
  const answer = await send(address("/api/upload", { name: file.name }), { method: "POST", headers, body: file });
  return answer && answer.upload;
}

export const fileAddress = (id) => address(`/api/file/${encodeURIComponent(id)}`);

async function send(path, request) {
  try {
    const answer = await fetch(path, request);
    const body = await answer.json();
    if (answer.ok) return body;
    toast(body.error ?? word("demo-failed"), "problem");
  } catch {
    toast(word("demo-failed"), "problem");
  }
  return null;
}

/// Follows the program for ever: `take` gets every view, `lost` is told when the program is away and when it is back.
export async function follow(take, lost) {
  let query = {};
  let world = null;
  for (;;) {
    const view = await ask(query);
    lost(view === null);
    if (view === null) {
      // Without a version the answer comes at once, so that the page knows when the program is back.
      delete query.version;
      await wait(1500);
    } else if (world !== null && world !== view.world) {
      // Another world: what was left out as already seen is not known.
      world = null;
      query = {};
    } else {
      take(view, world !== null);
      world = view.world;
      query = { version: view.version, seen: view.seq };
      await wait(120);
    }
  }
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function ask(query) {
  try {
    const answer = await fetch(address("/api/state", query));
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
