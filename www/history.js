// @ts-check
// The texts that were: what undo goes back to, and redo forward.

/** Changes of one place within so many milliseconds are one. */
const TOGETHER = 1000;
const MOST = 200;

export class History {
  /** @type {string[]} */
  #before = [];
  /** @type {string[]} */
  #after = [];
  #text = "";
  #place = "";
  #time = -Infinity;

  get canUndo() {
    return this.#before.length > 0;
  }

  get canRedo() {
    return this.#after.length > 0;
  }

  /**
   * Takes note of a text.
   * @param {string} text
   * @param {string} [place] where it was changed; changes without one stand alone
   * @param {number} [time] in milliseconds
   */
  note(text, place = "", time = 0) {
    if (text === this.#text) return;
    const goesOn = place !== "" && place === this.#place && time - this.#time < TOGETHER && this.canUndo;
    if (!goesOn) this.#before.push(this.#text);
    if (this.#before.length > MOST) this.#before.shift();
    [this.#text, this.#place, this.#time, this.#after] = [text, place, time, []];
  }

  /** Begins anew with a text. @param {string} text */
  begin(text) {
    [this.#before, this.#after, this.#text, this.#place] = [[], [], text, ""];
  }

  /** The text before; the same where there is none. */
  undo() {
    return this.#go(this.#before, this.#after);
  }

  redo() {
    return this.#go(this.#after, this.#before);
  }

  /** @param {string[]} from @param {string[]} to */
  #go(from, to) {
    const text = from.pop();
    if (text === undefined) return this.#text;
    to.push(this.#text);
    this.#place = "";
    return (this.#text = text);
  }
}
