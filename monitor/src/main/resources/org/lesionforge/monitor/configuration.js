// The configuration of a run.

import { el, fill, table } from "./dom.js";
import { fetched } from "./poll.js";

/** A configuration as lines of keys with dots. */
function flat(value, key = "", lines = new Map()) {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    for (const [inner, each] of Object.entries(value)) flat(each, key ? key + "." + inner : inner, lines);
  } else {
    lines.set(key, typeof value === "string" ? value : JSON.stringify(value));
  }
  return lines;
}

/** The configuration, and what is otherwise in another run. */
export class Configuration {
  constructor(path) {
    this.path = path;
    this.other = el("select", { id: "other-run", "aria-label": "run to compare the configuration with", onchange: () => this.compare() });
    this.differences = el("div");
    this.all = el("div");
    this.node = el("section", {}, el("h2", {}, "Configuration"), el("p", {}, el("label", { for: "other-run" }, "Differences to "), this.other),
      this.differences, el("details", {}, el("summary", {}, "All of it"), this.all));
    this.list();
  }

  async list() {
    const runs = await fetched("api/runs").catch(() => []);
    fill(this.other, el("option", { value: "" }, "no other run"),
      runs.filter((run) => run.path !== this.path).map((run) => el("option", { value: run.path || "." }, run.path || "this folder")));
  }

  set(config) {
    this.config = flat(config ?? {});
    fill(this.all, table("Configuration", ["key", "value"], [...this.config]));
  }

  async compare() {
    if (!this.other.value) {
      fill(this.differences);
      return;
    }
    const path = this.other.value === "." ? "" : this.other.value;
    const page = await fetched("api/run?run=" + encodeURIComponent(path)).catch(() => null);
    const other = flat(page?.config ?? {});
    const rows = [...new Set([...this.config.keys(), ...other.keys()])]
      .filter((key) => this.config.get(key) !== other.get(key))
      .map((key) => [key, this.config.get(key) ?? "not there", other.get(key) ?? "not there"]);
    fill(this.differences, rows.length ? table("Differences", ["key", "this run", this.other.value], rows) : el("p", {}, "Both are the same."));
  }
}
