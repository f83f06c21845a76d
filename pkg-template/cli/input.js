// @ts-check
// Files and standard input, and the receipts in them: one, an array of them, or NDJSON, one in a line.

import { isUtf8 } from "node:buffer";
import { createReadStream, existsSync } from "node:fs";
import { CallError, UsageError } from "./errors.js";
import { blankEnd, isJson, values } from "./json.js";

/**
 * A receipt as it was given: `input` is what is checked, and stands at `base` of `text`, that of the file or its line.
 * @typedef {{ input: string | Buffer, text: string, base: number, line?: number, index?: number }} Given
 */

/** What is read whole has to be one string. */
const MAX_WHOLE = 256 << 20;
/** Longer than the library reads: it says so, and the rest of such a line need not be kept. */
const MAX_LINE = 8 << 20;

/** How far is looked for the end of a first line, to know NDJSON by. */
const MAX_FIRST = 1 << 20;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The files of a call: standard input where none is named. @param {import("./commands.js").Call} call */
export function files({ name, args }) {
  if (args.length === 0 && process.stdin.isTTY) throw new UsageError("noInput", {}, name);
  if (args.filter((file) => file === "-").length > 1) throw new UsageError("stdinTwice", {}, name);
  return args.length ? args : ["-"];
}

/**
 * The text that a call is about: its argument, the content of the file that it names, or standard input.
 * @param {import("./commands.js").Call} call
 */
export async function word(call) {
  const [file] = files(call);
  return file === "-" || existsSync(file) ? (await only(file)).text : file;
}

/**
 * What the findings of such a text stand under: the code or file that was given, or standard input.
 * @param {import("./commands.js").Call} call
 */
export const wordName = ({ args: [name = "-"] }) => name;

/** Says of a text that is none that it was not taken for a file either. @param {import("./commands.js").Call} call */
export function noFile(call) {
  const { args: [text = "-"], say } = call;
  // The text of a code has parameters, as no file's name has.
  if (text !== "-" && !text.includes("=") && !existsSync(text)) console.error(`chek54: ${say("takenAsText", { text })}`);
}

/** The same, a text a line, as scanners send them. @param {import("./commands.js").Call} call */
export async function words(call) {
  return (await word(call)).split(/\r?\n/).filter((line) => line.trim() !== "");
}

/** The one receipt or body of a file. @param {string} file */
export async function only(file) {
  return given(await whole(file));
}

/**
 * Every receipt of a file.
 * @param {string} file
 * @param {boolean} ndjson
 * @param {boolean} [lists] whether an array is many
 * @returns {AsyncGenerator<Given>}
 */
export async function* receipts(file, ndjson, lists = true) {
  const source = chunks(file);
  if (ndjson || /\.(ndjson|jsonl)$/i.test(file)) {
    yield* lines(source);
    return;
  }
  const begun = await beginning(source);
  if (isLines(decoder.decode(begun))) {
    yield* lines(joined(begun, source));
    return;
  }
  const bytes = await collected(joined(begun, source), file);
  const one = given(bytes);
  if (isLines(one.text)) yield* lines([bytes]);
  else if (lists && one.text[blankEnd(one.text, 0)] === "[" && isUtf8(bytes)) yield* elements(one.text);
  else yield one;
}

/** An object that ends a line and another that begins the next: within JSON there would be a comma. @param {string} text */
const isLines = (text) => /^\ufeff?\s*\{.*\}\s*\n\s*\{/.test(text);

/** @param {Buffer} input @param {number} [line] @returns {Given} */
function given(input, line) {
  return { input, text: decoder.decode(input), base: 0, line };
}

/**
 * UTF-8, also of what says by its first two bytes that it is UTF-16, as PowerShell writes it.
 * @param {string} file
 * @returns {AsyncGenerator<Buffer>}
 */
async function* chunks(file) {
  /** @type {TextDecoder | undefined} */
  let wide;
  let first = true;
  for await (const chunk of raw(file)) {
    const mark = first && chunk.length > 1 ? chunk.readUInt16BE() : 0;
    if (mark === 0xfffe) wide = new TextDecoder("utf-16le");
    if (mark === 0xfeff) wide = new TextDecoder("utf-16be");
    first = false;
    yield wide ? Buffer.from(wide.decode(chunk, { stream: true })) : chunk;
  }
}

/** @param {string} file @returns {AsyncGenerator<Buffer>} */
async function* raw(file) {
  try {
    yield* file === "-" ? process.stdin : createReadStream(file);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOENT" || code === "ENOTDIR") throw new CallError("missing", { file });
    if (code === "EISDIR") throw new CallError("directory", { file });
    throw new CallError("unreadable", { file, why: message });
  }
}

/** The first line, and what follows it as far as it came along. @param {AsyncGenerator<Buffer>} source */
async function beginning(source) {
  const all = [];
  let length = 0;
  for (let next; length < MAX_FIRST && !(next = await source.next()).done; ) {
    all.push(next.value);
    length += next.value.length;
    // Where the first line ended in an earlier chunk, the next one has begun in this.
    if (all.slice(0, -1).some((chunk) => chunk.includes("\n")) || /\n\s*\S/.test(next.value.toString("latin1"))) break;
  }
  return Buffer.concat(all);
}

/** @param {Buffer} begun @param {AsyncGenerator<Buffer>} rest @returns {AsyncGenerator<Buffer>} */
async function* joined(begun, rest) {
  yield begun;
  yield* rest;
}

/** The bytes of a file, as they are. @param {string} file */
export async function bytes(file) {
  return collected(raw(file), file);
}

/** @param {string} file */
async function whole(file) {
  return collected(chunks(file), file);
}

/** @param {AsyncGenerator<Buffer>} chunks @param {string} file */
async function collected(chunks, file) {
  const all = [];
  let length = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    length += chunk.length;
    if (length > MAX_WHOLE) throw new CallError("tooLong", { file });
  }
  return Buffer.concat(all);
}

/** Those of NDJSON, one by one as they come. @param {AsyncIterable<Buffer> | Buffer[]} chunks */
async function* lines(chunks) {
  let line = 0;
  let kept = Buffer.alloc(0);
  const keep = (/** @type {Buffer} */ part) => {
    if (kept.length <= MAX_LINE) kept = Buffer.concat([kept, part]);
  };
  const taken = () => {
    const one = given(kept, ++line);
    kept = Buffer.alloc(0);
    return one.text.trim() === "" ? [] : [one];
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
 * @returns {Generator<Given>}
 */
function* elements(text) {
  const open = blankEnd(text, 0);
  let index = 0;
  let last = { start: open, end: open + 1 };
  for (const { start, end } of values(text, open)) {
    if (text.slice(last.end, start).trim() !== (index ? "," : "")) break;
    yield { input: text.slice(start, end), text, base: start, index: index++ };
    last = { start, end };
  }
  let at = blankEnd(text, last.end);
  if (text[at] === "]" && (at = blankEnd(text, at + 1)) === text.length) return;
  if (text[at] === "," && index > 0) at = blankEnd(text, at + 1);
  // A text that breaks off within an element: found there.
  if (at === text.length && index > 0 && !isJson(text.slice(last.start, last.end))) return;
  yield { input: "", text, base: at };
}
