// Which charts some runs have, by what they log, whatever the family.

import { Chart } from "./chart.js";
import { el } from "./dom.js";
import { Series, Stretch } from "./series.js";

/** Which chart a column is in: the training's and the validation's loss in one, a GAN's losses in one. */
function group(key) {
  const part = key.match(/^(train|validation|held_out)_(.*)$/);
  return part ? part[2] : key.split("_")[0];
}

const NO_CURVES = new Set(["iteration", "epoch", "level", "skipped", "converged", "iterations"]);

/** Charts of what some runs logged, made as columns appear. */
export class Curves {
  /** @param runs [{path, name, tone}]: one alone, or several of which each has a tone */
  constructor(reader, runs) {
    this.reader = reader;
    this.runs = runs;
    this.charts = new Map();
    this.node = el("div", { class: "charts" }, el("p", { class: "soft" }, "No values yet."));
  }

  update() {
    const lines = new Map();
    const add = (chart, xLabel, line) => {
      const key = chart + " by " + xLabel;
      if (!lines.has(key)) lines.set(key, { chart, xLabel, lines: [] });
      lines.get(key).lines.push(line);
    };
    for (const run of this.runs) {
      this.addStatistics(run, add);
      this.addMeasures(run, add);
    }
    const marks = this.runs.length > 1 ? [] : (this.reader.find(this.runs[0].path, "alarms.jsonl")?.records ?? []);
    for (const [key, { chart, xLabel, lines: ofChart }] of lines) {
      if (!this.charts.has(key)) {
        if (this.charts.size === 0) this.node.replaceChildren();
        this.charts.set(key, new Chart(xLabel));
        this.node.append(this.charts.get(key).node);
      }
      this.charts.get(key).entitle(this.runs.length > 1 ? chart : [...new Set(ofChart.map((line) => line.key))].slice(0, 4).join(", "));
      ofChart.forEach((line, i) => { line.tone ??= "n" + ((i % 6) + 1); });
      this.charts.get(key).set(ofChart, xLabel === "iteration" ? marks.map((alarm) => alarm.iteration) : []);
    }
    for (const [key, chart] of this.charts) if (!lines.has(key)) chart.set([]);
  }

  /** In a chart with several runs every line is a run's, and the chart is of one key. */
  name(run, key) {
    return this.runs.length > 1 ? run.name : key;
  }

  chart(key, ofGroup) {
    return this.runs.length > 1 ? key : ofGroup;
  }

  addStatistics(run, add) {
    const log = this.reader.find(run.path, "stats.jsonl")?.shown;
    if (!log?.size) return;
    const xLabel = ["iteration", "epoch"].find((key) => log.columns.has(key)) ?? "line";
    const x = log.columns.get(xLabel) ?? log.numbers;
    for (const [key, y] of log.columns) {
      if (NO_CURVES.has(key)) continue;
      for (const { from, to, label } of this.parts(log)) {
        add(this.chart(key, group(key)), xLabel, { key, name: this.name(run, key) + label, stretch: new Stretch(x, y, from, to), tone: run.tone });
      }
    }
  }

  /** A generator that is trained level by level has a line for each; runs over each other have one each. */
  parts(log) {
    if (this.runs.length > 1 || log.levels.length < 2) return [{ from: 0, to: log.size, label: "" }];
    return log.levels.map(({ level, from }, i) => ({ from, to: log.levels[i + 1]?.from ?? log.size, label: ", level " + level }));
  }

  addMeasures(run, add) {
    const series = new Map();
    for (const snapshot of this.reader.find(run.path, "metrics.jsonl")?.records ?? []) {
      const weights = snapshot.weights === "ema" ? " (EMA)" : "";
      for (const metric of snapshot.metrics ?? []) {
        const name = metric.key + weights;
        if (!series.has(name)) series.set(name, { chart: metric.key, x: new Series(), y: new Series() });
        series.get(name).x.push(snapshot.epoch);
        series.get(name).y.push(typeof metric.value === "number" ? metric.value : NaN);
      }
    }
    for (const [name, { chart, x, y }] of series) {
      add(this.chart(name, chart), "epoch", { key: name, name: this.name(run, name), stretch: new Stretch(x, y), tone: run.tone });
    }
  }

  again() {
    this.charts.forEach((chart) => chart.again());
  }

  close() {
    this.charts.forEach((chart) => chart.close());
  }
}
