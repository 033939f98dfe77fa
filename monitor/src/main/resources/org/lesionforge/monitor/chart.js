// A chart of lines (uPlot) with its numbers as a table. Colours and dashes are those of the report.

import { el, fill, number, table } from "./dom.js";

/** How a line looks: the report's style sheet says it of an element of its class. */
function tone(name) {
  const path = document.querySelector("#tones path");
  path.setAttribute("class", "line " + name);
  const style = getComputedStyle(path);
  const dash = style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat);
  return { stroke: style.stroke, dash };
}

function variable(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Centred moving average over a fiftieth of the values, as in the report. */
function average(y) {
  const half = Math.floor(Math.max(1, Math.floor(y.length / 50)) / 2);
  const sums = new Float64Array(y.length + 1);
  const counts = new Uint32Array(y.length + 1);
  for (let i = 0; i < y.length; i++) {
    sums[i + 1] = sums[i] + (y[i] ?? 0);
    counts[i + 1] = counts[i] + (y[i] == null ? 0 : 1);
  }
  return y.map((_, i) => {
    const from = Math.max(0, i - half);
    const to = Math.min(y.length, i + half + 1);
    const count = counts[to] - counts[from];
    return count ? (sums[to] - sums[from]) / count : null;
  });
}

/** The smallest and the largest value of each bin: what is drawn is the same, and a hundred thousand values are few. */
function thinned(x, y, bins) {
  if (x.length <= 2 * bins) return [x, y];
  const thin = [[], []];
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((x.length * bin) / bins);
    const to = Math.floor((x.length * (bin + 1)) / bins);
    let least = from;
    let most = from;
    let gap = -1;
    for (let i = from; i < to; i++) {
      if (y[i] == null) gap = i;
      if (y[i] != null && (y[least] == null || y[i] < y[least])) least = i;
      if (y[i] != null && (y[most] == null || y[i] > y[most])) most = i;
    }
    for (const i of [...new Set([least, most, gap].filter((at) => at >= 0))].sort((a, b) => a - b)) {
      thin[0].push(x[i]);
      thin[1].push(y[i]);
    }
  }
  return thin;
}

export class Chart {
  constructor(xLabel) {
    this.xLabel = xLabel;
    this.plot = el("div", { class: "plot", role: "img" });
    this.values = el("div");
    this.details = el("details", { ontoggle: () => this.drawTable() }, el("summary", {}, "Numbers"), this.values);
    this.heading = el("h3");
    this.node = el("figure", {}, this.heading, this.plot, this.details);
    this.due = 0;
  }

  entitle(title) {
    if (this.title !== title) this.heading.textContent = this.title = title;
  }

  /** @param lines [{name, x, y, tone}], values null where there is none; @param marks places on the x axis */
  set(lines, marks = []) {
    this.lines = lines.filter((line) => line.x.length > 0);
    this.marks = marks;
    // Many values are drawn once a second: the eye follows no more, and the training needs the processor.
    const size = this.lines.reduce((sum, line) => sum + line.x.length, 0);
    if (!this.due) this.due = setTimeout(() => this.draw(), size > 20000 ? 1000 : 150);
  }

  draw() {
    this.due = 0;
    const width = this.plot.clientWidth || 400;
    const tables = [];
    // Where the pointer is not on the chart, the legend has the last values.
    const series = [{ label: this.xLabel, value: (_, value) => (value == null ? "last" : number(value)) }];
    for (const line of this.lines) {
      const { stroke, dash } = tone(line.tone);
      const many = line.x.length > 200;
      if (many) {
        tables.push(thinned(line.x, line.y, width));
        series.push({ label: line.name, stroke, width: 0.8, alpha: 0.3, points: { show: false }, class: "raw" });
      }
      tables.push(many ? thinned(line.x, average(line.y), width) : [line.x, line.y]);
      series.push({
        label: line.name, stroke, dash, width: 2.2, points: { show: !many, size: 5 },
        value: (_, value) => number(value ?? this.last(line.name)),
      });
    }
    const data = tables.length ? uPlot.join(tables) : [[]];
    const shape = series.map((each) => each.label + each.stroke + each.class + each.points?.show).join("|") + width;
    if (this.uplot && this.shape === shape) {
      this.uplot.setData(data);
    } else {
      this.uplot?.destroy();
      this.uplot = new uPlot(this.options(series, width), data, this.plot);
      this.shape = shape;
    }
    const last = this.lines.map((line) => line.name + " " + number(line.y[line.y.length - 1])).join(", ");
    this.plot.setAttribute("aria-label", this.title + " by " + this.xLabel + ": " + (last || "no values yet"));
    this.drawTable();
  }

  last(name) {
    const y = this.lines.find((line) => line.name === name)?.y ?? [];
    return y[y.length - 1];
  }

  options(series, width) {
    const axis = { stroke: variable("--soft"), grid: { stroke: variable("--grid"), width: 1 }, ticks: { stroke: variable("--axis"), width: 1 } };
    return {
      width, height: 240, series,
      scales: { x: { time: false } },
      axes: [{ ...axis, label: this.xLabel, labelSize: 20 }, { ...axis, size: 58, values: (_, ticks) => ticks.map(number) }],
      hooks: { draw: [(uplot) => this.drawMarks(uplot)] },
    };
  }

  /** Alarms, where they were raised. */
  drawMarks(uplot) {
    const context = uplot.ctx;
    context.save();
    context.strokeStyle = variable("--warn");
    context.lineWidth = 2 * devicePixelRatio;
    context.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const mark of this.marks) {
      const x = uplot.valToPos(mark, "x", true);
      if (x >= uplot.bbox.left && x <= uplot.bbox.left + uplot.bbox.width) {
        context.beginPath();
        context.moveTo(x, uplot.bbox.top);
        context.lineTo(x, uplot.bbox.top + uplot.bbox.height);
        context.stroke();
      }
    }
    context.restore();
  }

  /** Up to twelve places, the last among them. */
  drawTable() {
    if (!this.details.open || !this.lines) return;
    const rows = [];
    const longest = this.lines.reduce((most, line) => (line.x.length > most.length ? line.x : most), []);
    const steps = Math.min(12, longest.length);
    for (let step = 1; step <= steps; step++) {
      const x = longest[Math.ceil((longest.length * step) / steps) - 1];
      rows.push([x, ...this.lines.map((line) => {
        const at = line.x.indexOf(x);
        return at < 0 ? null : line.y[at];
      })]);
    }
    fill(this.values, table(this.title, [this.xLabel, ...this.lines.map((line) => line.name)], rows));
  }

  /** Colours and widths may be others now. */
  again() {
    this.shape = "";
    if (this.lines) this.draw();
  }

  close() {
    clearTimeout(this.due);
    this.uplot?.destroy();
  }
}

/** Which chart a column is in: the training's and the validation's loss in one, a GAN's losses in one. */
function group(key) {
  const part = key.match(/^(train|validation|held_out)_(.*)$/);
  return part ? part[2] : key.split("_")[0];
}

const NO_CURVES = new Set(["iteration", "epoch", "skipped", "converged", "iterations"]);

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
      this.charts.get(key).entitle(this.runs.length > 1 ? chart : ofChart.map((line) => line.name).slice(0, 4).join(", "));
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
    const log = this.reader.find(run.path, "stats.jsonl");
    if (!log?.size) return;
    const xLabel = ["iteration", "epoch"].find((key) => log.columns.has(key)) ?? "line";
    const x = log.columns.get(xLabel) ?? Array.from({ length: log.size }, (_, i) => i + 1);
    for (const [key, y] of log.columns) {
      if (!NO_CURVES.has(key)) add(this.chart(key, group(key)), xLabel, { name: this.name(run, key), x, y, tone: run.tone });
    }
  }

  addMeasures(run, add) {
    const series = new Map();
    for (const snapshot of this.reader.find(run.path, "metrics.jsonl")?.records ?? []) {
      const weights = snapshot.weights === "ema" ? " (EMA)" : "";
      for (const metric of snapshot.metrics ?? []) {
        const name = metric.key + weights;
        if (!series.has(name)) series.set(name, { chart: metric.key, x: [], y: [] });
        series.get(name).x.push(snapshot.epoch);
        series.get(name).y.push(typeof metric.value === "number" ? metric.value : null);
      }
    }
    for (const [name, { chart, x, y }] of series) add(this.chart(name, chart), "epoch", { name: this.name(run, name), x, y, tone: run.tone });
  }

  again() {
    this.charts.forEach((chart) => chart.again());
  }

  close() {
    this.charts.forEach((chart) => chart.close());
  }
}
