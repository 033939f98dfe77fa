// Sheets of images, one of each snapshot.

import { el, fileLink, fill } from "./dom.js";
import { asked } from "./poll.js";

/** A slider goes through the epochs of sheets. */
export class Scrubber {
  /** @param shows what each sheet is called; @param said whether its file says more of it */
  constructor(title, shows, said = false) {
    this.shows = shows;
    this.said = said;
    this.range = el("input", { type: "range", min: 0, max: 0, value: 0, "aria-label": "epoch: " + title, oninput: () => this.draw() });
    this.image = el("img", { alt: "" });
    this.caption = el("figcaption");
    this.place = el("span");
    this.text = el("span");
    this.beside = el("div");
    this.caption.append(this.place, this.text);
    this.node = el("section", { hidden: true }, el("h2", {}, title), this.range,
      el("div", { class: "sheets" }, el("figure", {}, this.image, this.caption), this.beside));
    this.sheets = [];
  }

  /** @param sheets [{epoch, file}] by epoch */
  set(sheets) {
    // Who looks at the newest sheet sees the next one; who looks at an older one keeps it.
    const atEnd = Number(this.range.value) >= this.sheets.length - 1;
    this.sheets = sheets;
    this.node.hidden = sheets.length === 0;
    this.range.max = Math.max(0, sheets.length - 1);
    if (atEnd) this.range.value = this.range.max;
    this.draw();
  }

  /** A picture that is the same through all epochs; null: none. */
  setBeside(file, alt, caption) {
    if (this.file === file) return;
    this.file = file;
    fill(this.beside, file ? el("figure", {}, el("img", { src: fileLink(file), alt }), el("figcaption", {}, caption)) : null);
  }

  draw() {
    const sheet = this.sheets[Number(this.range.value)];
    if (!sheet) return;
    const text = this.shows + " after epoch " + sheet.epoch;
    this.range.setAttribute("aria-valuetext", "epoch " + sheet.epoch);
    this.image.alt = text;
    this.place.textContent = text + " (" + (Number(this.range.value) + 1) + " of " + this.sheets.length + "); arrow keys change it";
    if (this.image.getAttribute("src") === fileLink(sheet.file)) return;
    this.image.src = fileLink(sheet.file);
    if (this.said) this.say(sheet);
  }

  async say(sheet) {
    const text = await asked("api/text?file=" + encodeURIComponent(sheet.file)).then((answer) => answer.text()).catch(() => "");
    if (this.image.getAttribute("src") === fileLink(sheet.file)) this.text.textContent = text && ". " + text;
  }
}
