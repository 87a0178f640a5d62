// Elements without any markup from text: whatever a person typed stays text.

export const byId = (id) => document.getElementById(id);

/// An element with properties and children; a child that is null or false is left out.
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/// A short message that goes by itself.
export function toast(text, kind = "info") {
  const node = el("p", { className: `toast ${kind}` }, text);
  byId("toasts").append(node);
  setTimeout(() => node.remove(), 6000);
}
