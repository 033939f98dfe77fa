// One run.

import { alarmItem } from "./alarms.js";
import { Configuration } from "./configuration.js";
import { Curves } from "./curves.js";
import { duration, el, fileLink, fill, since } from "./dom.js";
import { LogReader } from "./logs.js";
import { Poll } from "./poll.js";
import { Scrubber } from "./scrubber.js";
import { badge, numbers, progress } from "./summary.js";
import { cells } from "./trials.js";

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
  const samples = new Scrubber("Samples", "Generated images");
  const nearest = new Scrubber("Nearest training images", "Generated images beside training images", true);
  const configuration = new Configuration(path);
  fill(view, el("section", {}, head), alarms, trials, curvesSection, samples.node, nearest.node, pictures, messages, configuration.node);
  let reader;
  let curves;

  let newest;
  const drawAlarms = (raised) => {
    // A log that begins again has other objects.
    if (raised.at(-1) === newest) return;
    newest = raised.at(-1);
    alarms.hidden = raised.length === 0;
    fill(alarms, el("h2", {}, raised.length + (raised.length === 1 ? " alarm" : " alarms")), raised.slice(-20).map(alarmItem));
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

  let failed = false;
  const poll = new Poll("api/run?run=" + encodeURIComponent(path), (page) => {
    const run = page.summary;
    if (failed) status("live");
    failed = false;
    fill(head, el("h1", {}, run.path || run.title), el("p", { class: "soft" }, run.kind + ": " + run.title),
      el("p", { class: "facts" }, badge(run.state), progress(run), run.seconds_left == null ? null : el("span", {}, "about " + duration(run.seconds_left) + " left"),
        el("span", {}, "last written ", since(run.changed)), page.report ? el("a", { href: fileLink(page.report), id: "report" }, "Report") : null),
      Object.keys(run.numbers).length ? el("p", {}, numbers(run)) : null);
    trials.hidden = page.cells.length === 0;
    if (page.cells.length) fill(trials, el("h2", {}, "Trials"), cells(path, page.cells));
    samples.set(page.samples);
    samples.setBeside(page.real, "real images of the class", "Real images");
    nearest.set(page.nearest);
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
    failed = true;
    status(error.missing ? "gone" : "lost");
    if (!reader) fill(head, el("h1", {}, path), el("p", {}, "This run is not there (any more): " + error.message));
  });
  return {
    close: () => { poll.close(); reader?.close(); curves?.close(); },
    again: () => curves?.again(),
  };
}
