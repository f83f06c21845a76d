// @ts-check
// Whatever a caller gives, as JSON text: the one form in which a receipt enters wasm. Nothing here throws, and nothing
// takes longer than the size limit allows, however hostile the value.

/** As deep as the reader goes. */
const DEPTH = 64;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strictDecoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** @typedef {{ left: number }} Budget how many more characters the text may have */
/** @typedef {{ value: object, up: Ancestor } | undefined} Ancestor */

/**
 * Strings are JSON text, buffers its bytes, all else is a value. What is longer than `limit` bytes comes cut, yet still
 * longer than it, so that the reader says so.
 * @param {unknown} input
 * @param {number} limit
 */
export function textOf(input, limit) {
  if (typeof input === "string") return input.length > limit ? input.slice(0, limit + 1) : input;
  const bytes = bytesOf(input, limit);
  return bytes ? decoded(bytes) : valueText(input, limit);
}

/** @param {Uint8Array} bytes */
function decoded(bytes) {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    // Cut at the first byte that is no UTF-8, with a character there that JSON has no place for: the reader says where.
    const again = encoder.encode(decoder.decode(bytes));
    const end = again.findIndex((byte, index) => byte !== bytes[index]);
    return `${decoder.decode(again.subarray(0, end))}\ufffd`;
  }
}

/**
 * A value's JSON text. What JSON.stringify would hide (NaN as null, a function as nothing) or throw at (a BigInt, a
 * cycle) becomes the object {"\u0000chek54": what it was}, which the reader reports at its path.
 * @param {unknown} value
 * @param {number} limit
 */
export function valueText(value, limit) {
  try {
    if (isPlain(value, { left: limit }, 0)) return JSON.stringify(value);
  } catch {
    // A getter or a proxy threw: the writer finds out which.
  }
  const budget = { left: limit };
  const text = write({ "": value }, "", budget, undefined) ?? mark("undefined", budget);
  return budget.left < 0 ? " ".repeat(limit + 1) : text;
}

/**
 * Bytes as text, which is how they enter wasm: a buffer's in hex, a string as it is.
 * @param {unknown} input
 * @param {number} limit
 */
export function hexOf(input, limit) {
  const bytes = bytesOf(input, limit >> 1);
  if (!bytes) return textOf(input, limit);
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The bytes of hex. @param {string} text */
export function bytesOfHex(text) {
  const bytes = new Uint8Array(text.length >> 1);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

/**
 * The bytes of a buffer or view, if it is one.
 * @param {unknown} input
 * @param {number} limit
 */
export function bytesOf(input, limit) {
  try {
    // Copies: TextDecoder refuses memory that is shared or can be resized.
    if (ArrayBuffer.isView(input)) {
      return new Uint8Array(input.buffer, input.byteOffset, Math.min(input.byteLength, limit + 1)).slice();
    }
    if (input instanceof ArrayBuffer) return new Uint8Array(input, 0, Math.min(input.byteLength, limit + 1)).slice();
  } catch {
    // A proxy, or an object that only claims to be a buffer: a value as any other.
  }
}

/**
 * Whether JSON.stringify tells the whole truth about a value. Class instances and toJSON are left to the writer.
 * @param {unknown} value
 * @param {Budget} budget
 * @param {number} depth
 * @returns {boolean}
 */
function isPlain(value, budget, depth) {
  switch (typeof value) {
    case "string":
      return (budget.left -= value.length) >= 0;
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    case "object":
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth === DEPTH || "toJSON" in value) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (--budget.left < 0 || !isPlain(value[index], budget, depth + 1)) return false;
    }
    return true;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  // Twice as fast as Object.keys, and what it finds beyond is a polluted prototype's.
  for (const key in value) {
    const item = /** @type {Record<string, unknown>} */ (value)[key];
    if ((budget.left -= key.length + 1) < 0 || (item !== undefined && !isPlain(item, budget, depth + 1))) return false;
  }
  return true;
}

/**
 * JSON.stringify's own steps (toJSON, boxed values, own enumerable keys), with marks where it would hide or throw.
 * Undefined where there is nothing to write; of no use once the budget is spent.
 * @param {any} holder
 * @param {string | number} key
 * @param {Budget} budget
 * @param {Ancestor} up
 */
function write(holder, key, budget, up) {
  try {
    return writeValue(resolve(holder[key], key), budget, up);
  } catch {
    return mark("unreadable", budget);
  }
}

/** @param {any} value @param {string | number} key */
function resolve(value, key) {
  if (value === null || !["object", "function", "bigint"].includes(typeof value)) return value;
  // An invalid date's toJSON gives null, which would pass for an absent field.
  if (value instanceof Date && Number.isNaN(value.getTime())) return NaN;
  const result = typeof value.toJSON === "function" ? value.toJSON(String(key)) : value;
  const boxed = [Number, String, Boolean, BigInt].some((type) => result instanceof type);
  return boxed ? result.valueOf() : result;
}

/**
 * @param {unknown} value
 * @param {Budget} budget
 * @param {Ancestor} up
 * @returns {string | undefined}
 */
function writeValue(value, budget, up) {
  switch (typeof value) {
    case "string":
      return (budget.left -= value.length) < 0 ? "" : JSON.stringify(value);
    case "number":
      return Number.isFinite(value) ? String(value) : mark(String(value), budget);
    case "boolean":
      return String(value);
    case "undefined":
      return undefined;
    case "object":
      break;
    default:
      return mark(typeof value, budget);
  }
  if (value === null) return "null";
  let depth = 0;
  for (let above = up; above; above = above.up) {
    if (above.value === value) return mark("cycle", budget);
    if (++depth === DEPTH) return mark("depth", budget);
  }
  const here = { value, up };
  const parts = [];
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && --budget.left >= 0; index++) {
      parts.push(write(value, index, budget, here) ?? mark("undefined", budget));
    }
    return `[${parts.join(",")}]`;
  }
  for (const key of Object.keys(value)) {
    if ((budget.left -= key.length + 1) < 0) break;
    const text = write(value, key, budget, here);
    if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${parts.join(",")}}`;
}

/** @param {string} what @param {Budget} budget */
function mark(what, budget) {
  const text = `{"\\u0000chek54":"${what}"}`;
  budget.left -= text.length;
  return text;
}
