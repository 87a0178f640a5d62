// The words of the page, in the language that its reader chose.

let words = {};
export let language = localStorage.getItem("giaoban-language") === "en" ? "en" : "vi";

export async function loadWords() {
  const answer = await fetch(`/api/words?lang=${language}`);
  words = await answer.json();
  document.documentElement.lang = language;
  document.title = word("demo-title");
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-word-label]")) {
    node.setAttribute("aria-label", word(node.dataset.wordLabel));
  }
  for (const node of document.querySelectorAll("[data-word-placeholder]")) {
    node.placeholder = word(node.dataset.wordPlaceholder);
  }
}

export async function switchLanguage() {
  language = language === "vi" ? "en" : "vi";
  localStorage.setItem("giaoban-language", language);
  await loadWords();
}

/// A word with its arguments filled in. One pass, so that an argument with braces stays as it is.
export function word(key, args = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (hole, name) => String(args[name] ?? hole));
}

export const hasWord = (key) => key in words;

const locale = () => (language === "vi" ? "vi-VN" : "en-GB");
const capital = (text) => text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);

function parts(at, zone, options) {
  const found = new Intl.DateTimeFormat(locale(), { timeZone: zone, hourCycle: "h23", ...options });
  return Object.fromEntries(found.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
}

/// `Thứ Năm, 01/10/2026`
export function day(at, zone) {
  const date = parts(at, zone, { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" });
  return `${capital(date.weekday)}, ${date.day}/${date.month}/${date.year}`;
}

/// `Thứ Năm, 01/10`: for a moment that is not far.
export const shortDay = (at, zone) => day(at, zone).replace(/\/\d{4}$/, "");

/// `08:00`
export function hour(at, zone) {
  const time = parts(at, zone, { hour: "2-digit", minute: "2-digit" });
  return `${time.hour}:${time.minute}`;
}

/// `2026-10-01T08:00`, as a date input takes it.
export function localInput(at, zone) {
  const date = parts(at, zone, { day: "2-digit", month: "2-digit", year: "numeric" });
  return `${date.year}-${date.month}-${date.day}T${hour(at, zone)}`;
}

/// `1,5 MB`
export function size(bytes) {
  const number = (value, digits) => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
  if (bytes < 1024) return `${number(bytes, 0)} B`;
  if (bytes < 1024 * 1024) return `${number(bytes / 1024, 0)} KB`;
  return `${number(bytes / 1024 / 1024, 1)} MB`;
}
