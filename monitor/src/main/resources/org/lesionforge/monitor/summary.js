// What the list and the page of a run say of it alike.

import { el, number } from "./dom.js";

export function badge(state) {
  return el("span", { class: "badge " + state }, state);
}

export function progress(run) {
  const unit = run.kind === "experiment" ? "trials" : "epochs";
  if (run.of == null) return run.done ? el("span", {}, run.done + " " + unit, level(run.level)) : "";
  const text = run.done + " of " + run.of + " " + unit;
  return el("span", {}, el("progress", { max: run.of, value: run.done, "aria-label": text }), " " + text, level(run.level));
}

/** Of a generator that is trained level by level, each for all epochs. */
function level(at) {
  if (!at) return null;
  const of = at.last == null ? "" : " (of 0 to " + at.last + ")";
  return el("span", { class: "soft" }, ", level " + at.number + of + ": epoch " + at.epoch + " of " + at.epochs);
}

export function numbers(run) {
  return Object.entries(run.numbers).slice(0, 4).map(([key, value]) => key + " " + number(value)).join(", ");
}
