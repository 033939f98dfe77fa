// The list of runs.

import { duration, el, fill, runLink, since } from "./dom.js";
import { Poll } from "./poll.js";
import { badge, numbers, progress } from "./summary.js";

/** The server follows 64 logs for a page, two of each run. */
const MOST_CHOSEN = 32;

/** All runs below the folder. */
export function listView(view, status) {
  const chosen = new Set();
  const overlay = el("p", {});
  const body = el("div", {});
  fill(view, el("h1", {}, "Runs"), el("section", {}, body, overlay));
  const drawOverlay = () => fill(overlay, chosen.size > MOST_CHOSEN
    ? el("span", {}, chosen.size + " runs are chosen, of which " + MOST_CHOSEN + " can be laid over each other.")
    : chosen.size > 1
    ? el("a", { class: "button", href: "#/overlay/" + [...chosen].map(encodeURIComponent).join(",") }, "Lay " + chosen.size + " runs over each other")
    : el("span", { class: "soft" }, "Choose two runs or more to lay their curves over each other."));
  const poll = new Poll("api/runs", (runs) => {
    status("live");
    if (runs.length === 0) {
      fill(body, el("p", {}, "There is no run below this folder yet. This page shows one as soon as it begins."));
      return;
    }
    fill(body, el("div", { class: "table all", tabindex: "0", role: "region", "aria-label": "Runs" }, el("table", {},
      el("thead", {}, el("tr", {}, ["choose", "run", "state", "progress", "left", "alarms", "latest numbers", "last written"].map((text) =>
        el("th", { scope: "col", class: ["latest numbers", "last written"].includes(text) ? "wide" : null }, text)))),
      el("tbody", {}, runs.map((run) => el("tr", {},
        el("td", {}, run.kind === "experiment" ? null : el("input", {
          type: "checkbox", id: "choose-" + encodeURIComponent(run.path), "aria-label": "choose " + (run.path || run.title), checked: chosen.has(run.path),
          onchange: (event) => {
            if (event.target.checked) chosen.add(run.path);
            else chosen.delete(run.path);
            drawOverlay();
          },
        })),
        el("td", { class: "path" }, el("a", { href: runLink(run.path), id: "run-" + encodeURIComponent(run.path) }, run.path || "this run"), el("div", { class: "soft" }, run.title)),
        el("td", {}, badge(run.state)),
        el("td", {}, progress(run)),
        el("td", {}, run.seconds_left == null ? "" : duration(run.seconds_left)),
        el("td", {}, run.alarms ? el("span", { class: "badge alarm" }, String(run.alarms)) : ""),
        el("td", { class: "wide" }, numbers(run)),
        el("td", { class: "wide" }, since(run.changed))))))));
    drawOverlay();
  }, () => status("lost"));
  drawOverlay();
  return { close: () => poll.close(), again: () => {} };
}
