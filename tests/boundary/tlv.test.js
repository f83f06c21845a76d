// @ts-check
// Bytes at the door: buffers of every kind, hex and base64 are one input; what is none is a ChekError.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as chek54 from "../../pkg/index.js";

/** @type {any} */
const receipt = { operation: "income", items: [{ name: "Чай №1", price: "100.00", quantity: 2, vat: "vat22" }] };

test("a receipt's bytes are those of its tags, and come back from every kind of buffer", () => {
  const bytes = chek54.encodeTlv(receipt);
  assert.ok(bytes instanceof Uint8Array);
  const tags = chek54.receiptTags(receipt);
  assert.deepEqual(chek54.encodeTlv(tags), bytes);
  assert.deepEqual(chek54.encodeTlv(JSON.stringify(receipt)), bytes);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const text = Buffer.from(bytes);
  for (const input of [bytes, text, bytes.buffer, new DataView(bytes.buffer), shifted.subarray(3), text.toString("hex"), text.toString("base64")]) {
    assert.deepEqual(chek54.decodeTlv(input), tags);
    assert.deepEqual(chek54.decode(input, "tlv").receipt, chek54.decode(bytes, "tlv").receipt);
  }
  assert.deepEqual(chek54.decode(bytes, "tlv").extra, []);
  assert.equal(chek54.decode(bytes, "tlv").receipt.items?.[0]?.amount, "200.00");
});

test("tags of the dictionary", () => {
  assert.deepEqual(chek54.tag(1020), {
    tag: 1020,
    name: { ru: "Сумма расчета, указанного в чеке (БСО)", en: "Total of the receipt" },
    key: "totalSum",
    type: "VLN",
    length: 6,
    fixed: false,
    parents: [3, 4, 31, 41],
    ffd: ["1.05", "1.1", "1.2"],
    repeats: false,
  });
  assert.equal(chek54.tag(1125)?.since, "2025-09-01");
  for (const none of [0, 1003, 65_536, -1, 1.5, Number.NaN, "1020", null, undefined]) {
    assert.equal(chek54.tag(/** @type {any} */ (none)), null);
  }
  const numbers = (/** @type {any} */ options) => chek54.tags(options).map(({ tag }) => tag);
  assert.equal(numbers(undefined).length, 233);
  const newest = numbers({ ffd: "1.2", document: "receipt" });
  assert.ok(newest.includes(2108) && newest.includes(1120) && !newest.includes(1162) && !newest.includes(1057));
  assert.deepEqual(numbers({ ffd: "1.2", document: 3 }), newest);
  const oldest = numbers({ ffd: "1.05", document: "receipt" });
  assert.ok(oldest.includes(1162) && oldest.includes(1057) && !oldest.includes(1256) && !oldest.includes(2108));
  assert.equal(chek54.tags({ ffd: "1.2", document: 3 }).find(({ tag }) => tag === 1020)?.requirement, "required");
});

test("what is no input of these is a ReceiptError or a ChekError", () => {
  const cyclic = /** @type {any} */ ([]);
  cyclic.push(cyclic);
  const hostile = [null, undefined, 1, "", "{", "zz", () => 1, Symbol("x"), 10n, cyclic, { tag: 1 }, new Uint8Array([1, 2, 3]), [{ tag: 1054, value: Number.NaN }]];
  for (const input of /** @type {any[]} */ (hostile)) {
    for (const call of [chek54.receiptTags, chek54.encodeTlv, chek54.decodeTlv]) {
      try {
        call(input);
        // Nothing is no tags.
        assert.ok(call === chek54.decodeTlv && input === "", `${call.name}(${String(input)})`);
      } catch (error) {
        const known = error instanceof chek54.ReceiptError || (error instanceof chek54.ChekError && error.code === "bad_argument");
        assert.ok(known, `${call.name}: ${error}`);
      }
    }
  }
  for (const options of /** @type {any[]} */ ([{ ffd: "2" }, { document: {} }, { document: "x" }, { other: 1 }, 5])) {
    assert.throws(() => chek54.tags(options), chek54.ChekError);
  }
});
