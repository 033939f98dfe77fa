// What is shown: the list of runs, one run, several runs over each other.

import { Curves } from "./curves.js";
import { duration, el, fileLink, fill, number, runLink, since, table } from "./dom.js";
import { LogReader } from "./logs.js";

const EVERY_MS = 2500;

export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** Asks again and again until the view is closed; `show` is called when the answer is another one. */
class Poll {
  constructor(address, show, failed) {
    this.address = address;
    this.show = show;
    this.failed = failed;
    this.ask();
  }

  async ask() {
    try {
      const answer = await fetched(this.address);
      const text = JSON.stringify(answer);
      if (!this.closed && text !== this.text) this.show(answer);
      this.text = text;
    } catch (error) {
      if (!this.closed) this.failed(error);
    }
    if (!this.closed) this.timer = setTimeout(() => this.ask(), EVERY_MS);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }
}

function badge(state) {
  return el("span", { class: "badge " + state }, state);
}

function progress(run) {
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

function numbers(run) {
  return Object.entries(run.numbers).slice(0, 4).map(([key, value]) => key + " " + number(value)).join(", ");
}

/** All runs below the folder. */
export function listView(view, status) {
  const chosen = new Set();
  const overlay = el("p", {});
  const body = el("div", {});
  fill(view, el("h1", {}, "Runs"), el("section", {}, body, overlay));
  const drawOverlay = () => fill(overlay, chosen.size > 1
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

/** Grids of images from the same latents, epoch by epoch. */
class Scrubber {
  constructor() {
    this.range = el("input", { type: "range", min: 0, max: 0, value: 0, "aria-label": "epoch of the sample grid", oninput: () => this.draw() });
    this.image = el("img", { alt: "" });
    this.caption = el("figcaption");
    this.realSheet = el("div");
    this.node = el("section", { hidden: true }, el("h2", {}, "Samples"), this.range,
      el("div", { class: "sheets" }, el("figure", {}, this.image, this.caption), this.realSheet));
    this.samples = [];
  }

  set(samples, real) {
    // Who looks at the newest grid sees the next one; who looks at an older one keeps it.
    const atEnd = Number(this.range.value) >= this.samples.length - 1;
    this.samples = samples;
    this.node.hidden = samples.length === 0;
    this.range.max = Math.max(0, samples.length - 1);
    if (atEnd) this.range.value = this.range.max;
    fill(this.realSheet, real ? el("figure", {}, el("img", { src: fileLink(real), alt: "real images of the class" }), el("figcaption", {}, "Real images")) : null);
    this.draw();
  }

  draw() {
    const sample = this.samples[Number(this.range.value)];
    if (!sample) return;
    const text = "Generated images after epoch " + sample.epoch;
    this.range.setAttribute("aria-valuetext", "epoch " + sample.epoch);
    if (this.image.getAttribute("src") !== fileLink(sample.file)) this.image.src = fileLink(sample.file);
    this.image.alt = text;
    this.caption.textContent = text + " (" + (Number(this.range.value) + 1) + " of " + this.samples.length + "); arrow keys change it";
  }
}

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
class Configuration {
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

/** Trials of an experiment: a row for each arm, filled in as they end. */
function cells(run, trials) {
  const column = (trial) => "seed " + trial.seed + (trial.fold ? ", fold " + trial.fold : "");
  const row = (trial) => trial.arm + (new Set(trials.map((each) => each.classifier)).size > 1 ? ", " + trial.classifier : "");
  const columns = [...new Set(trials.map(column))];
  const shown = (trial) => {
    if (!trial) return "";
    const text = trial.state === "finished" ? (trial.roc_auc == null ? "finished" : "ROC AUC " + number(trial.roc_auc))
      : trial.state === "training" ? (trial.epochs ? "epoch " + trial.epochs : "begun") : "waiting";
    const path = trial.run && (run ? run + "/" : "") + trial.run;
    return el("span", { class: "badge " + (trial.state === "training" ? "running" : trial.state) }, path ? el("a", { href: runLink(path) }, text) : text);
  };
  return table("Trials", ["arm", ...columns], [...new Set(trials.map(row))].map((name) =>
    [name, ...columns.map((each) => shown(trials.find((trial) => row(trial) === name && column(trial) === each)))]));
}

/** One run while it is at work. */
export function runView(view, status, path) {
  const head = el("div");
  const curvesSection = el("section", { hidden: true }, el("h2", {}, "Curves"));
  const trials = el("section", { hidden: true });
  const pictures = el("section", { hidden: true });
  const alarms = el("section", { hidden: true });
  const messages = el("section", { hidden: true });
  const text = el("pre", { tabindex: "0", role: "log", "aria-label": "messages" });
  messages.append(el("h2", {}, "Messages"), text);
  const scrubber = new Scrubber();
  const configuration = new Configuration(path);
  fill(view, el("section", {}, head), alarms, trials, curvesSection, scrubber.node, pictures, messages, configuration.node);
  let reader;
  let curves;

  let newest;
  const drawAlarms = (raised) => {
    // A log that begins again has other objects.
    if (raised.at(-1) === newest) return;
    newest = raised.at(-1);
    alarms.hidden = raised.length === 0;
    fill(alarms, el("h2", {}, raised.length + (raised.length === 1 ? " alarm" : " alarms")), raised.slice(-20).map((alarm) =>
      el("div", { class: "alarm-item" }, el("p", {}, el("strong", {}, alarm.kind), ", noticed at iteration " + number(alarm.iteration) + ", since " + number(alarm.since)),
        el("p", {}, alarm.seen), el("p", {}, "Try: " + alarm.advice))));
  };

  const changed = () => {
    curves?.update();
    drawAlarms(reader.find(path, "alarms.jsonl")?.records ?? []);
    const log = reader.find(path, "log.txt");
    if (log) {
      messages.hidden = log.texts.length === 0;
      const atEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 8;
      text.textContent = log.texts.slice(-200).join("\n");
      if (atEnd) text.scrollTop = text.scrollHeight;
    }
  };

  const poll = new Poll("api/run?run=" + encodeURIComponent(path), (page) => {
    const run = page.summary;
    fill(head, el("h1", {}, run.path || run.title), el("p", { class: "soft" }, run.kind + ": " + run.title),
      el("p", { class: "facts" }, badge(run.state), progress(run), run.seconds_left == null ? null : el("span", {}, "about " + duration(run.seconds_left) + " left"),
        el("span", {}, "last written ", since(run.changed)), page.report ? el("a", { href: fileLink(page.report), id: "report" }, "Report") : null),
      Object.keys(run.numbers).length ? el("p", {}, numbers(run)) : null);
    trials.hidden = page.cells.length === 0;
    if (page.cells.length) fill(trials, el("h2", {}, "Trials"), cells(path, page.cells));
    scrubber.set(page.samples, page.real);
    pictures.hidden = page.pictures.length === 0;
    fill(pictures, el("h2", {}, "Images"), el("div", { class: "sheets" }, page.pictures.map((file) => {
      const name = file.split("/").pop().replace(".png", "");
      return el("figure", {}, el("img", { src: fileLink(file), alt: name, loading: "lazy" }), el("figcaption", {}, name));
    })));
    configuration.set(page.config);
    if (!reader) {
      reader = new LogReader(page.logs, changed, status);
      if (run.kind !== "experiment") {
        curves = new Curves(reader, [{ path, name: run.path }]);
        curvesSection.hidden = false;
        curvesSection.append(curves.node);
      }
    }
  }, (error) => {
    status("lost");
    if (!reader) fill(head, el("h1", {}, path), el("p", {}, "This run is not there (any more): " + error.message));
  });
  return {
    close: () => { poll.close(); reader?.close(); curves?.close(); },
    again: () => curves?.again(),
  };
}

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
