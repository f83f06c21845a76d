// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { compiled, instances, memorySize, next } from "./instances.js";
import { at, goodReceipt } from "./receipt.js";
import { ChekError, checkReceipt, encode, parseReceipt } from "../../pkg/index.js";

test("importing the package starts nothing", () => {
  assert.equal(instances.length, 0);
});

test("a trap is a ChekError, and the next call works in a new instance of the same module", () => {
  assert.ok(checkReceipt(goodReceipt(), { at }).ok);
  for (const error of [new WebAssembly.RuntimeError("unreachable"), new RangeError("stack"), new Error("thrown")]) {
    const before = instances.length;
    next.error = error;
    assert.throws(
      () => checkReceipt(goodReceipt(), { at }),
      (thrown) => thrown instanceof ChekError && thrown.code === "bug" && thrown.cause === error,
    );
    assert.ok(checkReceipt(goodReceipt(), { at }).ok);
    assert.equal(instances.length, before + 1);
  }
  assert.equal(compiled, 1);
});

test("20,000 refusals leave the memory of wasm as it was", () => {
  const wrong = [
    "{",
    '{"operation":1,"items":[{"name":[],"price":"x"}],"oops":null}',
    { ...goodReceipt(), operation: NaN, customer: { email: () => "a@example.com" } },
    new Uint8Array([0xff, 0xfe]),
    "[".repeat(1000),
  ];
  const refuse = (/** @type {number} */ times) => {
    for (let turn = 0; turn < times; turn++) {
      const input = wrong[turn % wrong.length];
      if (turn % 2) assert.equal(checkReceipt(input, { at }).ok, false);
      else assert.throws(() => (turn % 4 ? parseReceipt(input) : encode(input, "cloudkassir", { inn: "7707083893" })));
    }
  };
  refuse(1000);
  const before = memorySize();
  refuse(20_000);
  assert.equal(memorySize(), before);
  assert.ok(checkReceipt(goodReceipt(), { at }).ok);
});
