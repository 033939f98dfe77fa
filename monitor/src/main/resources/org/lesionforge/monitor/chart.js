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

  /** @param lines [{name, stretch, tone}]; @param marks places on the x axis */
  set(lines, marks = []) {
    this.lines = lines.filter((line) => line.stretch.size > 0);
    this.marks = marks;
    const size = this.lines.reduce((sum, line) => sum + line.stretch.size, 0);
    // Many are drawn once a second: the eye follows no more, and the training needs the processor.
    if (!this.uplot) this.draw();
    else if (!this.due) this.due = setTimeout(() => this.draw(), size > 20000 ? 1000 : 150);
  }

  draw() {
    clearTimeout(this.due);
    this.due = 0;
    const width = this.plot.clientWidth || 400;
    const tables = [];
    // Where the pointer is not on the chart, the legend has the last values.
    const series = [{ label: this.xLabel, value: (_, value) => (value == null ? "last" : number(value)) }];
    for (const line of this.lines) {
      const { stroke, dash } = tone(line.tone);
      const many = line.stretch.size > 200;
      if (many) {
        tables.push(line.stretch.points(width));
        series.push({ label: line.name, stroke, width: 0.8, alpha: 0.3, points: { show: false }, class: "raw" });
      }
      tables.push(many ? line.stretch.average(width) : line.stretch.points(width));
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
    const last = this.lines.map((line) => line.name + " " + number(line.stretch.last)).join(", ");
    this.plot.setAttribute("aria-label", this.title + " by " + this.xLabel + ": " + (last || "no values yet"));
    this.drawTable();
  }

  last(name) {
    return this.lines.find((line) => line.name === name)?.stretch.last;
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
    // The column, not a stretch of it: those of levels follow each other.
    const longest = this.lines.map((line) => line.stretch.x).reduce((most, x) => (x.length > (most?.length ?? 0) ? x : most), undefined);
    const steps = Math.min(12, longest?.length ?? 0);
    for (let step = 1; step <= steps; step++) {
      const x = longest.values[Math.ceil((longest.length * step) / steps) - 1];
      rows.push([x, ...this.lines.map((line) => line.stretch.at(x))]);
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
