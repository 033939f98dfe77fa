// Elements of the page, and numbers as people read them.

/** Makes an element. Children are nodes or texts; texts are never read as HTML. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

/** Replaces what is in an element; what had the focus, by its id, has it again. */
export function fill(node, ...children) {
  const focused = document.activeElement && node.contains(document.activeElement) ? document.activeElement.id : "";
  node.replaceChildren(...children.flat().filter((child) => child != null));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** Four significant digits, or what a file has in place of a number. */
export function number(value) {
  if (value == null) return "–";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString("en");
  const size = Math.abs(value);
  return size >= 0.001 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}

export function duration(seconds) {
  if (seconds < 90) return Math.round(seconds) + " s";
  if (seconds < 5400) return Math.round(seconds / 60) + " min";
  return seconds < 172800 ? (seconds / 3600).toFixed(1) + " h" : Math.round(seconds / 86400) + " days";
}

function ago(millis) {
  return duration(Math.max(0, (Date.now() - millis) / 1000)) + " ago";
}

/** How long ago something was; `tick` keeps it true. */
export function since(millis) {
  return millis == null ? "not yet" : el("time", { "data-at": millis }, ago(millis));
}

export function tick() {
  for (const time of document.querySelectorAll("time[data-at]")) {
    const text = ago(Number(time.dataset.at));
    if (time.textContent !== text) time.textContent = text;
  }
}

/** The address of a view of a run; its name may hold any character. */
export function runLink(path) {
  return "#/run/" + encodeURIComponent(path);
}

/** The address of a file of a run. */
export function fileLink(path) {
  return "files/" + path.split("/").map(encodeURIComponent).join("/");
}

/** A table with a header; cells that are numbers are aligned as such. */
export function table(caption, head, rows) {
  const cell = (value) => (typeof value === "number" ? el("td", { class: "number" }, number(value)) : el("td", {}, value ?? "–"));
  return el("div", { class: "table", tabindex: "0", role: "region", "aria-label": caption },
    el("table", {}, el("thead", {}, el("tr", {}, head.map((text, i) =>
      el("th", { scope: "col", class: typeof rows[0]?.[i] === "number" ? "number" : null }, text)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map(cell))))));
}
