// @ts-check
// Codes at the door: what is no text, too long a text, or no code is a finding or a typed error.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ChekError, ReceiptError, decode, formatQr, parseMark, parseQr, qrSvg } from "../../pkg/index.js";

const cyclic = /** @type {any} */ ({});
cyclic.self = cyclic;
/** @type {any[]} */
const HOSTILE = [null, undefined, 1, NaN, {}, [], cyclic, () => 1, Symbol("x"), 10n, new Proxy({}, {}), new Uint8Array(3)];
const HUGE = "x".repeat(20_000_000);

/** @param {() => unknown} call */
function isTyped(call) {
  assert.throws(call, (error) => error instanceof ChekError || error instanceof ReceiptError);
}

test("only texts are codes", () => {
  for (const input of HOSTILE) {
    for (const call of [parseMark, parseQr, qrSvg]) isTyped(() => call(input));
    isTyped(() => formatQr(input));
  }
  for (const call of [parseMark, parseQr, qrSvg]) isTyped(() => call(HUGE));
  assert.deepEqual(parseMark("x".repeat(100_000)).issues.map(({ code }) => code), ["mark_invalid"]);
});

test("lone surrogates, zeros and control characters are answered", () => {
  for (const text of ["\ud800", "01\0", "\ufeff4607015232646", "0104600439931256\u001d\u001d21\ud83d", "\u202e"]) {
    assert.equal(typeof parseMark(text).kind, "string");
    isTyped(() => parseQr(text));
    assert.ok(decode(text, "qr").issues.length > 0);
    assert.match(qrSvg(text, { title: text }), /^<svg .*<\/svg>$/s);
  }
});

test("options that are none are told by name", () => {
  for (const options of /** @type {any[]} */ ([{ size: "big" }, { size: -1 }, { margin: 1.5 }, { ecc: "Z" }, { colour: "red" }, 5, "x", { color: "expression(1);" }])) {
    assert.throws(() => qrSvg("x", options), (error) => error instanceof ChekError && error.code === "bad_argument");
  }
  assert.match(qrSvg("x", { color: "currentColor", background: "none", margin: 0, size: 64 }), /width="64".*fill="currentColor"/);
});
