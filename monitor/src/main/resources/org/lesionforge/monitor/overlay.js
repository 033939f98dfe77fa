// Several runs over each other.

import { Curves } from "./curves.js";
import { el, fill, runLink } from "./dom.js";
import { LogReader } from "./logs.js";

/** Several runs, each with the colour and dash that the report would give it. */
export function overlayView(view, status, paths) {
  const runs = paths.map((path, i) => ({ path, name: path || "this run", tone: "a" + ((i % 12) + 1) }));
  const names = runs.flatMap((run) => ["stats.jsonl", "metrics.jsonl"].map((file) => (run.path ? run.path + "/" : "") + file));
  let curves;
  const reader = new LogReader(names, () => curves?.update(), status);
  curves = new Curves(reader, runs);
  fill(view, el("h1", {}, runs.length + " runs over each other"),
    el("section", {}, el("ul", {}, runs.map((run) => el("li", {}, el("a", { href: runLink(run.path) }, run.name))))), el("section", {}, el("h2", {}, "Curves"), curves.node));
  return { close: () => { reader.close(); curves.close(); }, again: () => curves.again() };
}
