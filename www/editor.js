// @ts-check
// The order as text: a textarea with line numbers, coloured tokens and underlined findings.

import { byId, element } from "./element.js";
import { tokens } from "./json.js";

/** @typedef {import("./json.js").Span} Span */
/** @typedef {Span & { severity: "error" | "warning" }} Mark */

const FEWEST_ROWS = 12;
const MOST_ROWS = 30;
/** A longer text is shown plainly. */
const MOST_COLOURED = 100_000;
/** One that is longer than this is coloured when the typing rests: colours cost more than a keystroke may take. */
export const LONG = 12_000;
const REST = 120;

export class Editor {
  #area = byId("json", HTMLTextAreaElement);
  #gutter = byId("json-lines", HTMLElement);
  #colours = byId("json-colours", HTMLElement);
  #marks = byId("json-marks", HTMLElement);
  /** @type {Mark[]} */
  #marked = [];
  /** @type {Span | undefined} */
  #pointed;
  /** @type {number | undefined} */
  #resting;

  /**
   * @param {(text: string) => void} edited
   * @param {(way: "undo" | "redo") => void} back
   */
  constructor(edited, back) {
    // The browser's own undo knows nothing of what the form wrote.
    addEventListener("keydown", (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y", "я", "н"].includes(key)) return;
      const { target } = event;
      // Other fields have an undo of their own.
      const other = target !== this.#area && target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
      if (other || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      back(event.shiftKey || key === "y" || key === "н" ? "redo" : "undo");
    });
    this.#area.addEventListener("input", () => {
      this.#pointed = undefined;
      this.#marked = [];
      if (this.#area.value.length > LONG) this.#paintSoon();
      else this.#paint();
      edited(this.#area.value);
    });
    this.#area.addEventListener("scroll", () => this.#follow(), { passive: true });
  }

  /** @param {string} text @param {{ typing?: boolean }} [options] `typing`: elsewhere, so that more comes */
  show(text, { typing = false } = {}) {
    if (this.#area.value === text) return;
    this.#area.value = text;
    this.#pointed = undefined;
    this.#marked = [];
    if (typing && text.length > LONG) this.#paintSoon();
    else this.#paint();
  }

  /** @param {Mark[]} marks */
  mark(marks) {
    if (JSON.stringify(marks) === JSON.stringify(this.#marked)) return;
    this.#marked = marks;
    // What is still being typed in is painted with its findings, once.
    if (this.#area.classList.contains("plain") && this.#area.value.length <= MOST_COLOURED) this.#paintSoon();
    else this.#paint();
  }

  /**
   * Selects a part of the text and brings it into sight.
   * @param {Span} span
   * @param {{ focus: boolean }} options
   */
  point(span, { focus }) {
    this.#pointed = span;
    this.#area.setSelectionRange(span.start, span.end);
    const before = this.#area.value.slice(0, span.start).split("\n");
    const style = getComputedStyle(this.#area);
    const lineHeight = parseFloat(style.lineHeight);
    const column = (before.at(-1)?.length ?? 0) * parseFloat(style.fontSize) * 0.6;
    this.#area.scrollTop = (before.length - 1) * lineHeight - (this.#area.clientHeight - lineHeight) / 2;
    this.#area.scrollLeft = column < this.#area.clientWidth * 0.8 ? 0 : column - this.#area.clientWidth / 2;
    this.#paint();
    if (focus) {
      this.#area.focus({ preventScroll: true });
      this.#area.scrollIntoView({ block: "nearest" });
    }
  }

  /** Shows the text plainly, until the typing rests. */
  #paintSoon() {
    clearTimeout(this.#resting);
    this.#area.classList.add("plain");
    if (this.#marks.firstChild) this.#marks.replaceChildren();
    if (this.#colours.firstChild) this.#colours.replaceChildren();
    this.#resting = setTimeout(() => this.#paint(), REST);
  }

  #paint() {
    clearTimeout(this.#resting);
    const text = this.#area.value;
    const coloured = text.length <= MOST_COLOURED;
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
    this.#area.rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, ends.length + 2));
    this.#area.classList.toggle("plain", !coloured);
    this.#colours.replaceChildren(
      ...(coloured ? parts(text, tokens(text), ({ kind }) => `token-${kind}`) : []),
    );
    const pointed = this.#pointed;
    const marks = coloured ? apart(this.#marked) : [];
    this.#marks.replaceChildren(
      ...parts(text, marks, ({ start, end, severity }) =>
        pointed?.start === start && pointed.end === end ? `mark-${severity} mark-pointed` : `mark-${severity}`,
      ),
    );
    /** @type {Map<number, Mark["severity"]>} */
    const lines = new Map();
    for (const { start, severity } of this.#marked) {
      const line = lineOf(ends, start);
      if (lines.get(line) !== "error") lines.set(line, severity);
    }
    this.#gutter.replaceChildren(
      ...[...ends, text.length].map((_, line) =>
        element("span", { className: `line ${lines.has(line) ? `line-${lines.get(line)}` : ""}` }, `${line + 1}`),
      ),
    );
    this.#follow();
  }

  /** Keeps what is painted under the text. */
  #follow() {
    const { scrollLeft, scrollTop } = this.#area;
    this.#gutter.style.transform = `translateY(${-scrollTop}px)`;
    for (const layer of [this.#colours, this.#marks]) {
      layer.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
    }
  }
}

/**
 * How many of the line ends come before a place.
 * @param {number[]} ends
 * @param {number} at
 */
function lineOf(ends, at) {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * In order and without overlaps; of two at one place the graver stays.
 * @param {Mark[]} marks
 */
function apart(marks) {
  const sorted = marks.toSorted((a, b) => a.start - b.start || (a.severity < b.severity ? -1 : 1));
  /** @type {Mark[]} */
  const kept = [];
  for (const mark of sorted) if (mark.start >= (kept.at(-1)?.end ?? 0)) kept.push(mark);
  return kept;
}

/**
 * A text with spans of a class at some of its parts.
 * @template {Span} S
 * @param {string} text
 * @param {S[]} spans
 * @param {(span: S) => string} className
 */
function parts(text, spans, className) {
  /** @type {(Node | string)[]} */
  const made = [];
  let at = 0;
  for (const span of spans) {
    made.push(text.slice(at, span.start));
    made.push(element("span", { className: className(span) }, text.slice(span.start, span.end)));
    at = span.end;
  }
  // A last empty line has a height only with something on it.
  made.push(`${text.slice(at)}\u200b`);
  return made;
}

/**
 * A text as coloured JSON.
 * @param {string} text
 */
export const colouredJson = (text) =>
  text.length > MOST_COLOURED ? [text] : parts(text, tokens(text), ({ kind }) => `token-${kind}`);
