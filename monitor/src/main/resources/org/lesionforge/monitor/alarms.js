// Alarms as people read them.

import { el, number } from "./dom.js";

/** What a line does not say is left out. */
export function alarmItem({ kind, iteration, since, seen, advice }) {
  return el("div", { class: "alarm-item" },
    el("p", {}, el("strong", {}, kind), iteration == null ? null : ", noticed at iteration " + number(iteration), since == null ? null : ", since " + number(since)),
    seen ? el("p", {}, seen) : null,
    advice ? el("p", {}, "Try: " + advice) : null);
}
