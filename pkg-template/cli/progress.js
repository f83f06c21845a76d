// @ts-check
// A line that says how far a long run is; nothing of it stays.

/** A run that is over sooner needs none. */
const FIRST = 1000;
const EVERY = 200;

export class Progress {
  #next;
  #shown = false;

  /**
   * @param {Pick<NodeJS.WriteStream, "isTTY" | "write">} stream
   * @param {(report: { all: number, found: number }) => string} said
   * @param {() => number} [now] milliseconds
   */
  constructor(stream, said, now = () => performance.now()) {
    this.stream = stream;
    this.said = said;
    this.now = now;
    this.#next = now() + FIRST;
  }

  /** @param {{ all: number, found: number }} report */
  tick(report) {
    // The clock is looked at now and then: a receipt takes less than asking.
    if (!this.stream.isTTY || report.all % 16 || this.now() < this.#next) return;
    this.#next = this.now() + EVERY;
    this.#shown = true;
    this.stream.write(`\r\x1b[K${this.said(report)}`);
  }

  /** Makes room for what stays. */
  clear() {
    if (this.#shown) this.stream.write("\r\x1b[K");
    this.#shown = false;
  }
}
