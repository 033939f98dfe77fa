// Reads logs while they grow: columns of numbers, kept in memory for the charts.

import { Series } from "./series.js";

const PAUSE_MS = 100;

/** The lines of one log. */
class Log {
  constructor(name) {
    this.name = name;
    this.clear();
  }

  clear() {
    this.records = [];
    this.columns = new Map();
    this.levels = [];
    this.numbers = new Series();
    this.size = 0;
    this.texts = [];
    this.overview = null;
  }

  /** What there is to draw: some lines of all of it, until all of them are there. */
  get shown() {
    return this.overview ?? this;
  }

  /** @param end of these lines in the log, in bytes */
  preview(end, lines) {
    this.overview = new Log(this.name);
    this.overviewEnd = end;
    lines.forEach((line) => this.overview.add(line));
  }

  /** @param offset bytes that have been read of it */
  readTo(offset) {
    if (this.overview && offset >= this.overviewEnd) this.overview = null;
  }

  add(line) {
    if (this.name.endsWith(".txt")) {
      this.texts.push(line);
      if (this.texts.length > 500) this.texts.shift();
      return;
    }
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      return; // A damaged line is no reason to show none of the others.
    }
    if (record === null || typeof record !== "object") return;
    if (this.name.endsWith("stats.jsonl")) this.addNumbers(record);
    else this.records.push(record);
  }

  // Columns, not objects: a hundred thousand lines have to fit.
  addNumbers(record) {
    for (const key in record) {
      const value = record[key];
      if (typeof value !== "number" && typeof value !== "string") continue;
      let column = this.columns.get(key);
      if (!column) {
        column = new Series();
        this.columns.set(key, column);
      }
      while (column.length < this.size) column.push(NaN);
      // "NaN" and "Infinity" interrupt a line.
      column.push(typeof value === "number" ? value : NaN);
    }
    if (typeof record.level === "number" && record.level !== this.levels.at(-1)?.level) this.levels.push({ level: record.level, from: this.size });
    this.size++;
    this.numbers.push(this.size);
    for (const column of this.columns.values()) if (column.length < this.size) column.push(NaN);
  }
}

/** Follows some logs; `changed` is called when any has news, `status` with "live" or "lost". */
export class LogReader {
  constructor(names, changed, status) {
    this.logs = names.map((name) => new Log(name));
    this.changed = changed;
    this.status = status;
    this.last = "";
    this.open();
  }

  open() {
    const names = this.logs.map((log) => "log=" + encodeURIComponent(log.name)).join("&");
    // What this page has already: a server that was started again goes on from there.
    const from = this.last ? "&from=" + encodeURIComponent(this.last) : "";
    this.source = new EventSource("api/events?" + names + from);
    this.source.onopen = () => this.status("live");
    this.source.onerror = () => {
      this.status("lost");
      // The browser comes back by itself, but not after an answer that was an error.
      if (this.source.readyState === EventSource.CLOSED) this.timer = setTimeout(() => this.open(), 3000);
    };
    this.source.addEventListener("overview", (event) => {
      const [index, end, ...lines] = event.data.split("\n");
      this.logs[index].preview(Number(end), lines);
      this.status("filling");
      this.tell();
    });
    this.source.addEventListener("lines", (event) => {
      const [index, ...lines] = event.data.split("\n");
      lines.forEach((line) => this.logs[index].add(line));
      this.take(event, this.logs[index]);
    });
    this.source.addEventListener("reset", (event) => {
      this.logs[Number(event.data)].clear();
      this.take(event, this.logs[Number(event.data)]);
    });
  }

  take(event, log) {
    this.last = event.lastEventId;
    const filling = log.overview;
    log.readTo(parseInt(this.last.split(",")[this.logs.indexOf(log)]));
    // What is drawn is the same.
    if (log.overview) return;
    if (filling && !this.logs.some((each) => each.overview)) this.status("live");
    // A long log comes in many pieces.
    if (!this.due) this.due = setTimeout(() => this.tell(), PAUSE_MS);
  }

  tell() {
    clearTimeout(this.due);
    this.due = 0;
    this.changed();
  }

  close() {
    clearTimeout(this.due);
    clearTimeout(this.timer);
    this.source.close();
  }

  /** The log whose name ends so, of the run at a path. */
  find(path, file) {
    return this.logs.find((log) => log.name === (path ? path + "/" : "") + file);
  }
}
