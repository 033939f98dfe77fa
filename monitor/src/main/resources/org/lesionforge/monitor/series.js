// Columns of numbers that grow, and the few of their points that a chart can show.

/** Numbers in their order, NaN where there is none. Sums are kept along, so that an average over any stretch is one subtraction. */
export class Series {
  constructor() {
    this.length = 0;
    this.values = new Float64Array(1024);
    this.sums = new Float64Array(1025);
    this.counts = new Uint32Array(1025);
  }

  static of(values) {
    const series = new Series();
    values.forEach((value) => series.push(value));
    return series;
  }

  push(value) {
    if (this.length === this.values.length) this.grow();
    const finite = Number.isFinite(value);
    this.values[this.length] = finite ? value : NaN;
    this.sums[this.length + 1] = this.sums[this.length] + (finite ? value : 0);
    this.counts[this.length + 1] = this.counts[this.length] + (finite ? 1 : 0);
    this.length++;
  }

  grow() {
    const size = 2 * this.values.length;
    const larger = (array, length) => {
      const copy = new array.constructor(length);
      copy.set(array);
      return copy;
    };
    this.values = larger(this.values, size);
    this.sums = larger(this.sums, size + 1);
    this.counts = larger(this.counts, size + 1);
  }

  /** NaN where none of a stretch is a number. */
  mean(from, to) {
    return (this.sums[to] - this.sums[from]) / (this.counts[to] - this.counts[from]);
  }
}

/** A stretch of two columns: what a line is drawn of. x grows. */
export class Stretch {
  constructor(x, y, from = 0, to = y.length) {
    this.x = x;
    this.y = y;
    this.from = from;
    this.to = to;
  }

  get size() {
    return this.to - this.from;
  }

  get last() {
    return this.size ? orNull(this.y.values[this.to - 1]) : null;
  }

  /** The value at a place on the x axis, null where there is none. */
  at(x) {
    let low = this.from;
    let high = this.to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.x.values[middle] < x) low = middle + 1;
      else high = middle;
    }
    return low < this.to && this.x.values[low] === x ? orNull(this.y.values[low]) : null;
  }

  /** [x, y] as they are, thinned to what so many columns of pixels show. */
  points(bins) {
    return thinned(this, bins, (i) => this.y.values[i]);
  }

  /** The same of the centred moving average over a fiftieth of the values, as in the report. */
  average(bins) {
    const half = Math.floor(Math.max(1, Math.floor(this.size / 50)) / 2);
    return thinned(this, bins, (i) => this.y.mean(Math.max(this.from, i - half), Math.min(this.to, i + half + 1)));
  }
}

function orNull(value) {
  return Number.isNaN(value) ? null : value;
}

/** The smallest and the largest value of each bin, and a gap where there is one: what is drawn is the same, of few points. */
function thinned({ x, from, size }, bins, value) {
  const xs = [];
  const ys = [];
  const add = (i) => {
    xs.push(x.values[i]);
    ys.push(orNull(value(i)));
  };
  if (size <= 2 * bins) {
    for (let i = from; i < from + size; i++) add(i);
    return [xs, ys];
  }
  for (let bin = 0; bin < bins; bin++) {
    const end = from + Math.floor((size * (bin + 1)) / bins);
    let least = -1;
    let most = -1;
    let gap = -1;
    let low = Infinity;
    let high = -Infinity;
    for (let i = from + Math.floor((size * bin) / bins); i < end; i++) {
      const each = value(i);
      if (each < low) [low, least] = [each, i];
      if (each > high) [high, most] = [each, i];
      if (Number.isNaN(each)) gap = i;
    }
    [...new Set([least, most, gap])].filter((i) => i >= 0).sort((a, b) => a - b).forEach(add);
  }
  return [xs, ys];
}
