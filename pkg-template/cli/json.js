// @ts-check
// Where values stand in JSON text, which may be broken: nothing here fails.

/** @typedef {{ start: number, end: number }} Span */

/** @param {number} code */
export function isBlank(code) {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Where white space ends, and a byte order mark. @param {string} text @param {number} at */
export function blankEnd(text, at) {
  while (isBlank(text.charCodeAt(at)) || (at === 0 && text[0] === "\ufeff")) at++;
  return at;
}

/** @param {string} text */
export function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The members of the object, the elements of the array that opens at a place.
 * @param {string} text
 * @param {number} open
 * @returns {Generator<Span & { name: string | number, key?: Span }>}
 */
export function* children(text, open) {
  let at = blankEnd(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== "]" && text[at] !== "}"; index++) {
    const from = at;
    /** @type {string | number} */
    let name = index;
    /** @type {Span | undefined} */
    let key;
    if (text[open] === "{") {
      key = { start: at, end: valueEnd(text, at) };
      name = text.slice(key.start, key.end);
      if (isJson(name)) name = String(JSON.parse(name));
      at = blankEnd(text, key.end);
      if (text[at] === ":") at = blankEnd(text, at + 1);
    }
    const start = at;
    const end = valueEnd(text, start);
    yield { name, key, start, end };
    at = blankEnd(text, end);
    if (text[at] === ",") at = blankEnd(text, at + 1);
    if (at === from) at++;
  }
}

/** Where the value at a place ends. A string cannot go over the end of its line. @param {string} text @param {number} at */
function valueEnd(text, at) {
  for (let depth = 0; at < text.length; ) {
    const sign = text[at];
    if (sign === '"') {
      at++;
      while (at < text.length && text[at] !== '"' && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
      if (text[at] === '"') at++;
      if (depth === 0) return Math.min(at, text.length);
    } else if (sign === "{" || sign === "[") {
      depth++;
      at++;
    } else if (sign === "}" || sign === "]") {
      if (depth === 0) return at;
      at++;
      if (--depth === 0) return at;
    } else if (depth === 0 && (sign === "," || sign === ":" || isBlank(text.charCodeAt(at)))) {
      return at;
    } else {
      at++;
    }
  }
  return text.length;
}
