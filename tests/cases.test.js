// @ts-check
// The cases of examples/ through the built package: the same answers as natively (tests/cases.rs), whatever the host.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as chek54 from "../pkg/index.js";

/**
 * @typedef {{ about: string, call: string, with?: any, options?: any, text?: string, input?: any, second?: any,
 *   fiscal?: any, args?: any[] }} Case
 */

const examples = fileURLToPath(new URL("../examples", import.meta.url));
const names = (/** @type {string} */ folder) => readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
const read = (/** @type {string} */ path) => JSON.parse(readFileSync(path, "utf8"));

/** What a call answers, in the form that examples/out/ has it. */
function answer(/** @type {Case} */ { call, with: other = "cloudkassir", options, text, input, second, fiscal, args }) {
  const given = text ?? input;
  switch (call) {
    case "check":
      return chek54.checkReceipt(given, withoutClock(options));
    case "encode":
      return outcome(() => chek54.encode(given, other, options));
    case "decode":
      return outcome(() => chek54.decode(given, other, options));
    case "build":
      return outcome(() => chek54.describeOrder(given, withoutClock(options)));
    case "totals":
      return outcome(() => chek54.totals(given));
    case "split":
      return outcome(() => chek54.splitReceipt(given, options));
    case "refund":
      return outcome(() => chek54.refundReceipt(given, options));
    case "capture":
      return outcome(() => chek54.captureReceipts(given, second, options));
    case "settle":
      return outcome(() => chek54.settleReceipt(given, withoutClock(options)));
    case "correct":
      return outcome(() => chek54.correctReceipt(given, second, options));
    case "diff":
      return outcome(() => chek54.diffReceipts(given, fiscal, options));
    case "receiptTags":
    case "decodeTlv":
      return outcome(() => chek54[call](given, options));
    case "encodeTlv":
      return outcome(() => Buffer.from(chek54.encodeTlv(given)).toString("hex").toUpperCase());
    case "preview": {
      if (options?.as) return outcome(() => chek54.preview(given, options));
      const lines = (/** @type {"text" | "svg"} */ as) =>
        chek54.preview(given, { ...options, as }).replaceAll("><", ">\n<").split("\n");
      return { text: lines("text"), svg: lines("svg") };
    }
    case "tags":
      return outcome(() => chek54.tags(options));
    default: {
      const exported = /** @type {Record<string, any>} */ (chek54)[call];
      if (!args || typeof exported !== "function") throw new Error(`no such call: ${call}`);
      return outcome(() => exported(...args));
    }
  }
}

/** The package takes today's date where none is given; natively there is none. `null` says so. */
function withoutClock(/** @type {any} */ options = {}) {
  return options !== null && typeof options === "object" ? { at: null, ...options } : options;
}

function outcome(/** @type {() => unknown} */ call) {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof chek54.ReceiptError) return { issues: error.issues };
    if (error instanceof chek54.ChekError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}

/** As JSON has it: accessors read, undefined left out. */
const plain = (/** @type {unknown} */ value) => JSON.parse(JSON.stringify(value));

const cases = names(examples);

test("there are cases, each with an answer, and no answer without a case", () => {
  assert.ok(cases.length >= 40, `only ${cases.length} cases`);
  assert.deepEqual(names(join(examples, "out")), cases);
});

for (const name of cases) {
  const given = /** @type {Case} */ (read(join(examples, name)));
  test(`${name.replace(/\.json$/, "")}: ${given.about}`, () => {
    const expected = join(examples, "out", name);
    assert.ok(existsSync(expected), "no answer is written");
    assert.deepEqual(plain(answer(given)), read(expected));
    // Text, its bytes and the value it says are one input.
    if (given.call === "check" && given.text === undefined) {
      const bytes = new TextEncoder().encode(JSON.stringify(given.input));
      assert.deepEqual(plain(answer({ ...given, input: bytes })), read(expected), "as bytes");
    }
  });
}
