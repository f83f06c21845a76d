// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { at, goodReceipt } from "./receipt.js";
import {
  ChekError,
  ReceiptError,
  checkReceipt,
  decode,
  encode,
  inn,
  issueCodes,
  parseReceipt,
  receiptSchema,
  vocabulary,
} from "../../pkg/index.js";

const text = JSON.stringify(goodReceipt());

test("objects, text and bytes of every kind give the same", () => {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array([0, ...bytes, 0]);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const expected = checkReceipt(goodReceipt(), { at });
  assert.ok(expected.ok);
  for (const input of [
    text,
    bytes,
    bytes.buffer,
    Buffer.from(text),
    padded.subarray(1, -1),
    new DataView(padded.buffer, 1, bytes.length),
    shared,
  ]) {
    assert.deepEqual(checkReceipt(input, { at }), expected);
  }
});

test("the receipt is made late, yet from what was checked", () => {
  const bytes = new TextEncoder().encode(text);
  const fromBytes = checkReceipt(bytes, { at });
  bytes.fill(0);
  const object = goodReceipt();
  const fromObject = checkReceipt(object, { at });
  object.items = [];
  const other = goodReceipt();
  other.items[0].name = "Чай";
  checkReceipt(other, { at });
  assert.ok(fromBytes.ok && fromObject.ok);
  assert.equal(fromBytes.receipt.items[0].name, "Кофе");
  assert.deepEqual(fromObject.receipt, fromBytes.receipt);
});

test("a result is plain data", () => {
  const result = checkReceipt(text, { at });
  assert.ok(result.ok);
  assert.deepEqual(Object.keys(result), ["ok", "receipt", "issues"]);
  const copy = JSON.parse(JSON.stringify(checkReceipt(text, { at })));
  assert.deepEqual(checkReceipt(text, { at }), copy);
  assert.deepEqual({ ...checkReceipt(text, { at }) }, copy);
  assert.deepEqual(structuredClone(checkReceipt(text, { at })), copy);
  assert.equal(inspect(checkReceipt(text, { at }), { depth: 9 }), inspect(copy, { depth: 9 }));
  assert.equal(result.receipt, result.receipt);
  const refused = checkReceipt("{}", { at });
  assert.equal("receipt" in refused, false);
});

test("parseReceipt throws every issue, with the first in its message", () => {
  const receipt = { ...goodReceipt(), operation: "gift", taxation: 7 };
  assert.throws(
    () => parseReceipt(receipt, { at }),
    (error) => {
      assert.ok(error instanceof ReceiptError);
      assert.equal(error.name, "ReceiptError");
      assert.equal(error.issues.length, 2);
      assert.match(error.message, /^operation: .+ \(\+1\)$/);
      return true;
    },
  );
  assert.equal(parseReceipt(text, { at }).items[0].amount, "150.00");
});

test("maxIssues counts what it leaves out", () => {
  const receipt = { ...goodReceipt(), a: 1, b: 2, c: 3 };
  const result = checkReceipt(receipt, { at, maxIssues: 1 });
  assert.equal(result.issues.length, 1);
  assert.equal(result.omitted, 2);
  assert.throws(() => parseReceipt(receipt, { at, maxIssues: 1 }), /\(\+2\)$/);
});

test("bad options are findings", () => {
  const bad = [{ lang: "de" }, { mode: 1 }, { at: "tomorrow" }, { maxIssues: -1 }, { colour: 1 }, "read", 5];
  for (const options of bad) {
    const result = checkReceipt(text, /** @type {any} */ (options));
    assert.equal(result.ok, false, JSON.stringify(options));
    assert.ok(result.issues.some(({ code }) => code === "invalid_option"), JSON.stringify(options));
  }
  for (const options of [undefined, null, {}, { lang: undefined }]) {
    assert.ok(checkReceipt(text, /** @type {any} */ (options)).ok, JSON.stringify(options));
  }
});

test("the date that rules go by is today's in Moscow, unless it is said", (context) => {
  const receipt = goodReceipt();
  receipt.items[0].vat = "vat20";
  const warnings = (/** @type {any} */ options) => checkReceipt(receipt, options).issues.map(({ code }) => code);
  context.mock.timers.enable({ apis: ["Date"], now: Date.parse("2025-12-31T20:59:59Z") });
  assert.deepEqual(warnings(undefined), []);
  context.mock.timers.setTime(Date.parse("2025-12-31T21:00:00Z"));
  assert.deepEqual(warnings(undefined), ["vat_not_in_force"]);
  assert.deepEqual(warnings({ lang: "en" }), ["vat_not_in_force"]);
  assert.deepEqual(warnings({ at: "2025-06-01" }), []);
});

test("receiptSchema is a Standard Schema", () => {
  const { version, vendor, validate } = receiptSchema["~standard"];
  assert.equal(version, 1);
  assert.equal(vendor, "chek54");
  const good = validate(goodReceipt());
  assert.ok(!good.issues);
  assert.equal(good.value.items[0].name, "Кофе");
  const bad = validate({ ...goodReceipt(), operation: "gift" });
  assert.ok(bad.issues);
  assert.deepEqual(Object.keys(bad.issues[0]).sort(), ["message", "path"]);
  assert.deepEqual(bad.issues[0].path, ["operation"]);
  const english = validate({ ...goodReceipt(), operation: "gift" }, { libraryOptions: { lang: "en" } });
  assert.match(english.issues?.[0].message ?? "", /^[ -~]+$/);
});

test("encode and decode", () => {
  const { path, body, losses } = encode(goodReceipt(), "cloudkassir", { inn: "7707083893", invoiceId: "1" });
  assert.equal(path, "kkt/receipt");
  assert.ok(Array.isArray(losses));
  const { receipt, envelope } = decode(body, "cloudkassir");
  assert.equal(receipt.items?.[0].name, "Кофе");
  assert.equal(envelope.invoiceId, "1");
  assert.throws(() => encode(/** @type {any} */ ({ items: 1 }), "cloudkassir", { inn: "7707083893" }), ReceiptError);
  const unknown = (/** @type {unknown} */ error) => error instanceof ChekError && error.code === "bad_argument";
  assert.throws(() => encode(goodReceipt(), /** @type {any} */ ("nobody"), { inn: "7707083893" }), unknown);
  assert.throws(() => decode({}, /** @type {any} */ ("nobody")), unknown);
});

test("vocabulary, issueCodes and inn", () => {
  assert.equal(vocabulary("operation")[0].name, "income");
  assert.throws(
    () => vocabulary("nothing"),
    (error) => error instanceof ChekError && error.code === "bad_argument" && error.message.includes("nothing"),
  );
  assert.ok(issueCodes().some(({ code }) => code === "required"));
  assert.deepEqual(inn("7707083893"), { valid: true, kind: "organization" });
  assert.deepEqual(inn(/** @type {any} */ (7707083893)), { valid: false, kind: null });
});
