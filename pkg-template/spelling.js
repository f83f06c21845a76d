// @ts-check
// What a misspelt name of an option or command was meant to be; src/nearest.rs does it for receipts, by their own words.

/**
 * The known name that a misspelt one was meant to be: a slip or two, or its beginning.
 * @param {string} name
 * @param {readonly string[]} known
 */
export function nearest(name, known) {
  const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "").slice(0, 40);
  const meant = plain(name);
  const [near] = known
    .map((word) => ({ word, slips: distance(meant, plain(word)) }))
    .filter(({ word, slips }) => slips <= Math.min(meant.length, plain(word).length) / 2.5)
    .sort((a, b) => a.slips - b.slips);
  return near?.word ?? (meant.length > 1 ? known.find((word) => plain(word).startsWith(meant)) : undefined);
}

/** Letters put in, taken out, changed or swapped with a neighbour. @param {string} from @param {string} to */
function distance(from, to) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const swapped = i && j && from[i] === to[j - 1] && from[i - 1] === to[j] ? before[j - 1] + 1 : Infinity;
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (from[i] === to[j] ? 0 : 1), swapped));
    }
    [before, row] = [row, next];
  }
  return row[to.length];
}
