// Shows the view that the address names.

import { el, fill, runLink, tick } from "./dom.js";
import { listView } from "./list.js";
import { overlayView } from "./overlay.js";
import { fetched } from "./poll.js";
import { runView } from "./run.js";

const view = document.getElementById("view");
const trail = document.getElementById("trail");
const link = document.getElementById("link");
let current = { close() {}, again() {} };

function status(state) {
  const text = { live: "live", filling: "an overview; all values follow …", gone: "this run is not there any more" }[state]
    ?? "connection lost, trying again …";
  if (link.textContent !== text) link.textContent = text;
  link.className = state;
}

/** Where a run is; folders that are runs themselves, such as its experiment, are links. */
async function drawTrail(parts) {
  const runs = parts.length > 1 ? await fetched("api/runs").catch(() => []) : [];
  const paths = new Set(runs.map((run) => run.path));
  fill(trail, el("li", {}, el("a", { href: "#/" }, "runs")), parts.map((part, i) => {
    const path = parts.slice(0, i + 1).join("/");
    return el("li", {}, i < parts.length - 1 && paths.has(path) ? el("a", { href: runLink(path) }, part) : part);
  }));
}

/** A part of an address, which somebody may have written by hand. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function show() {
  const [, name, argument = ""] = location.hash.match(/^#\/(run|overlay)\/(.*)$/) ?? [];
  const paths = argument.split(",").map(decoded);
  current.close();
  drawTrail(name === "run" && paths[0] ? paths[0].split("/") : []);
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
