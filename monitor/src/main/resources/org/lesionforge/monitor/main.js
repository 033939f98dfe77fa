// Shows the view that the address names.

import { el, fill, runLink, tick } from "./dom.js";
import { listView, overlayView, runView } from "./views.js";

const view = document.getElementById("view");
const trail = document.getElementById("trail");
const link = document.getElementById("link");
let current = { close() {}, again() {} };

function status(state) {
  const text = state === "live" ? "live" : "connection lost, trying again …";
  if (link.textContent !== text) link.textContent = text;
  link.className = state;
}

function show() {
  const [, name, argument = ""] = location.hash.match(/^#\/(run|overlay)\/(.*)$/) ?? [];
  const paths = argument.split(",").map(decodeURIComponent);
  current.close();
  const parts = name === "run" && paths[0] ? paths[0].split("/") : [];
  fill(trail, el("li", {}, el("a", { href: "#/" }, "runs")), parts.map((part, i) =>
    el("li", {}, i === parts.length - 1 ? part : el("a", { href: runLink(parts.slice(0, i + 1).join("/")) }, part))));
  document.title = (name === "run" ? paths[0] + " – " : "") + "Lesionforge";
  if (name === "run") current = runView(view, status, paths[0]);
  else if (name === "overlay") current = overlayView(view, status, paths);
  else current = listView(view, status);
}

addEventListener("hashchange", () => {
  show();
  view.focus();
});
let width = innerWidth;
addEventListener("resize", () => {
  if (width !== innerWidth) current.again();
  width = innerWidth;
});
setInterval(tick, 1000);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => current.again());
show();
