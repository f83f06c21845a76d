// @ts-check
// Files and standard input, and the receipts in them: one, an array of them, or NDJSON, one in a line.

import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { InputError, UsageError } from "./errors.js";
import { blankEnd, children, isBlank, isJson } from "./json.js";

/** @typedef {AsyncIterable<Buffer>} Chunks */

/** What is read whole has to be one string. */
const MAX_WHOLE = 256 << 20;
/** Longer than the library reads: it says so, and the rest of such a line need not be kept. */
const MAX_LINE = 8 << 20;

/** A receipt as it was given: `input` is what is checked, and stands in `text` at `base`. */
export class Given {
  /** @type {string | undefined} */
  #text;

  /** @param {string | Buffer} input @param {{ text?: string, base?: number, line?: number, index?: number }} [place] */
  constructor(input, { text, base = 0, line, index } = {}) {
    this.input = input;
    this.base = base;
    this.line = line;
    this.index = index;
    this.#text = text;
  }

  /** That of the file, or of its line. */
  get text() {
    const { input } = this;
    const text = this.#text ?? (typeof input === "string" ? input : new TextDecoder("utf-8", { ignoreBOM: true }).decode(input));
    return (this.#text = text);
  }
}

/** The files of a call: standard input where none is named. @param {import("./commands.js").Call} call */
export function files({ name, args }) {
  if (args.length === 0 && process.stdin.isTTY) throw new UsageError("noInput", {}, name);
  if (args.filter((file) => file === "-").length > 1) throw new UsageError("stdinTwice", {}, name);
  return args.length ? args : ["-"];
}

/** The one receipt or body of a file. @param {string} file */
export async function only(file) {
  return new Given(await whole(chunks(file), file));
}

/** Every receipt of a file. @param {string} file @param {boolean} ndjson @returns {AsyncGenerator<Given>} */
export async function* receipts(file, ndjson) {
  const rest = chunks(file);
  /** @type {Buffer[]} */
  const head = [];
  if (ndjson || /\.(ndjson|jsonl)$/i.test(file) || (await isNdjson(rest, head))) {
    yield* lines(chained(head, rest));
    return;
  }
  const given = new Given(await whole(chained(head, rest), file));
  const isArray = isUtf8(/** @type {Buffer} */ (given.input)) && given.text[blankEnd(given.text, 0)] === "[";
  if (isArray) yield* elements(given.text);
  else yield given;
}

/** @param {string} file @returns {AsyncGenerator<Buffer>} */
async function* chunks(file) {
  try {
    yield* file === "-" ? process.stdin : createReadStream(file);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOENT" || code === "ENOTDIR") throw new InputError("missing", { file });
    if (code === "EISDIR") throw new InputError("directory", { file });
    if (code === "EACCES" || code === "EPERM") throw new InputError("denied", { file });
    throw new InputError("unreadable", { file, why: message });
  }
}

/** @param {Buffer[]} head @param {Chunks} rest */
async function* chained(head, rest) {
  yield* head;
  yield* rest;
}

/** @param {Chunks} chunks @param {string} file */
async function whole(chunks, file) {
  const all = [];
  let length = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    length += chunk.length;
    if (length > MAX_WHOLE) throw new InputError("tooLong", { file });
  }
  return Buffer.concat(all);
}

/**
 * Whether the first line ends an object and the next one begins another: within JSON there would be a comma. Reads no
 * further than it has to, into `head`.
 * @param {AsyncGenerator<Buffer>} chunks
 * @param {Buffer[]} head
 */
async function isNdjson(chunks, head) {
  let length = 0;
  for (let lines = false; length <= MAX_LINE; ) {
    const { value: chunk } = await chunks.next();
    if (!chunk) return false;
    head.push(chunk);
    length += chunk.length;
    lines ||= chunk.includes("\n");
    const text = lines ? Buffer.concat(head).toString("latin1").replace("\xef\xbb\xbf", "") : "";
    if (/^\s*\S[^\n]*\n\s*\S/.test(text)) return /^\s*\{[^\n]*\}\s*\n\s*\{/.test(text);
  }
  return false;
}

/** Those of NDJSON. @param {Chunks} chunks */
async function* lines(chunks) {
  let line = 0;
  /** @type {Buffer[]} */
  let parts = [];
  let length = 0;
  const keep = (/** @type {Buffer} */ part) => {
    if (length < MAX_LINE) parts.push(part.subarray(0, MAX_LINE - length));
    length += part.length;
  };
  const taken = () => {
    const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    parts = [];
    length = 0;
    line++;
    return bytes.some((byte) => !isBlank(byte)) ? [new Given(bytes, { line })] : [];
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end; (end = chunk.indexOf("\n", from)) !== -1; from = end + 1) {
      keep(chunk.subarray(from, end));
      yield* taken();
    }
    keep(chunk.subarray(from));
  }
  yield* taken();
}

/**
 * Those of an array, each as its own text: a number is what is written. Where the array itself is broken, nothing
 * stands at that place, which is no JSON either.
 * @param {string} text
 */
function* elements(text) {
  const open = blankEnd(text, 0);
  const broken = (/** @type {number} */ at) => new Given("", { text, base: at });
  let index = 0;
  let last = { start: open, end: open + 1 };
  for (const { start, end } of children(text, open)) {
    if (start === end || (index > 0 && !text.slice(last.end, start).includes(","))) return yield broken(start);
    yield new Given(text.slice(start, end), { text, base: start, index: index++ });
    last = { start, end };
  }
  let at = blankEnd(text, last.end);
  if (text[at] === "]" && (at = blankEnd(text, at + 1)) === text.length) return;
  if (text[at] === "," && index > 0) at = blankEnd(text, at + 1);
  // A text that breaks off within an element: found there.
  if (at === text.length && index > 0 && !isJson(text.slice(last.start, last.end))) return;
  yield broken(at);
}
