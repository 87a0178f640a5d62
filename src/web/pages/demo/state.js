// What the page knows: the last view, all messages by chat, and what was read.

export const state = {
  view: null,
  /// Chat key → (message id → message), in order.
  messages: new Map(),
  /// The key of the open chat.
  open: null,
  /// Chat key → who writes there.
  person: new Map(),
  /// The message that is quoted, and the one that is edited.
  quote: null,
  edit: null,
};

/// Chat key → the highest id that was read.
let read = {};

export const keyOf = (platform, chat) => `${platform}/${chat}`;
export const chatKey = (chat) => keyOf(chat.platform, chat.id);
export const openChat = () => state.view?.chats.find((chat) => chatKey(chat) === state.open) ?? null;
export const platformOf = (chat) => state.view.platforms.find((platform) => platform.key === chat.platform);
export const personOf = (key) => state.view.people.find((person) => person.key === key);
export const which = (chat) => ({ platform: chat.platform, id: chat.id });

/// The messages of a chat that are still there.
export function messagesOf(key) {
  return [...(state.messages.get(key)?.values() ?? [])];
}

/// Takes a view in; returns the ids that changed in the open chat.
export function merge(view, known) {
  if (!known) state.messages.clear();
  state.view = view;
  const changed = [];
  for (const message of view.messages) {
    const key = keyOf(message.platform, message.chat);
    if (!state.messages.has(key)) state.messages.set(key, new Map());
    state.messages.get(key).set(message.id, message);
    if (key === state.open) changed.push(message.id);
  }
  if (!known) loadRead();
  return changed;
}

const store = () => `giaoban-read-${state.view.world}`;

/// What stands there at the first visit counts as read.
function loadRead() {
  const kept = localStorage.getItem(store());
  read = kept ? JSON.parse(kept) : Object.fromEntries([...state.messages].map(([key, all]) => [key, highest(all)]));
  localStorage.setItem(store(), JSON.stringify(read));
}

const highest = (all) => Math.max(0, ...[...all.keys()].map(Number));

export function markRead(key) {
  const last = highest(state.messages.get(key) ?? new Map());
  if (read[key] === last) return;
  read[key] = last;
  localStorage.setItem(store(), JSON.stringify(read));
}

export function unread(key) {
  return messagesOf(key).filter((message) => Number(message.id) > (read[key] ?? 0) && !message.deleted).length;
}

/// Who writes in a chat: as chosen before, else the first of a school, else the first.
export function writer(chat) {
  const chosen = state.person.get(chatKey(chat));
  if (chosen && chat.members.includes(chosen)) return chosen;
  return chat.members.find((key) => personOf(key)?.role === "school") ?? chat.members[0];
}

export const textOf = (message) => message.blocks.map((block) => block.text).join("\n");
