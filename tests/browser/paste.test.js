// @ts-check
// What the demo page makes of a pasted text, and of a link.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { encode, formatQr } from "../../pkg/index.js";
import { root } from "../../scripts/setup.js";
import { MOST_PACKED, pack, unpack } from "../../www/link.js";
import { open, recognise } from "../../www/paste.js";

/** What no one could tell: it holds no name that is its form's alone, or is no receipt at all. */
const UNTOLD = [
  ...["decode-scalar", "decode-wrong-source", "empty-object", "fns-list-odd", "fns-not-a-receipt", "not-a-receipt"],
  ...["notification-cloudkassir-unreadable", "notification-paykeeper-empty", "order-no-object", "paybox-nothing"],
  ...["paybox-scalar", "paykeeper-decode-broken", "paykeeper-decode-empty", "paykeeper-decode-printed"],
  ...["paykeeper-decode-rejected", "qr-decode-none", "tlv-decode-not-bytes"],
];

/** The text of an example and whose it is. @param {any} example */
function given({ call, text, input, args, with: source = "cloudkassir" }) {
  if (call === "decode") return { text: text ?? JSON.stringify(input), source };
  if (call === "check" || call === "build") return { text: text ?? JSON.stringify(input), source: "order" };
  if (call !== "parseNotification") return undefined;
  const [provider, { body, query }] = args;
  const sent = body ?? query;
  return sent === undefined ? undefined : { text: typeof sent === "string" ? sent : JSON.stringify(sent), source: provider };
}

test("every example is recognised, or is one that nobody could tell", () => {
  /** @type {string[]} */
  const untold = [];
  let count = 0;
  for (const file of readdirSync(join(root, "examples")).filter((name) => name.endsWith(".json"))) {
    const name = file.replace(".json", "");
    const one = given(JSON.parse(readFileSync(join(root, "examples", file), "utf8")));
    if (!one) continue;
    count += 1;
    const recognised = recognise(`\ufeff ${one.text}\n`);
    if (recognised?.source !== one.source) untold.push(name);
    else if (recognised.source !== "order") {
      const { receipt, envelope, issues } = open(one.text, recognised, "en");
      assert.ok(Object.keys({ ...receipt, ...envelope }).length || issues.length, name);
    }
  }
  assert.deepEqual(untold.sort(), UNTOLD.sort());
  assert.ok(count > 200);
});

test("what this library writes is read by its own page", () => {
  const item = { name: "A", price: "10.00", quantity: "1", vat: /** @type {const} */ ("vat10") };
  const receipt = { operation: /** @type {const} */ ("income"), taxation: /** @type {const} */ ("osn"), items: [item] };
  const bodies = {
    cloudkassir: encode(receipt, "cloudkassir", { inn: "7708806062" }).body,
    paybox: encode(receipt, "paybox", { form: "payment" }).body,
    paykeeper: encode(receipt, "paykeeper", { paymentId: "1" }).body,
  };
  for (const [source, body] of Object.entries(bodies)) {
    const recognised = recognise(JSON.stringify(body, null, 2));
    assert.equal(recognised?.source, source);
    assert.equal(open(JSON.stringify(body), /** @type {any} */ (recognised), "en").receipt.items?.[0].price, "10.00");
  }
  const form = String(new URLSearchParams(/** @type {Record<string, string>} */ (bodies.paykeeper)));
  assert.deepEqual(recognise(form), { source: "paykeeper", notification: false });
  const qr = formatQr({ dateTime: "2026-11-21T12:00:00", total: "10", fn: "9999078900001234", fd: 1, fp: 2, operation: "income" });
  assert.deepEqual(recognise(`https://example.com/check?${qr}`), { source: "qr", notification: false });
});

test("what is nothing is not taken for something", () => {
  for (const text of ["", "  ", "hello", "hello=world", "https://example.com/?a=1", "12345", "[]", "{}", "deadbeef", "не чек"]) {
    assert.equal(recognise(text), undefined, text);
  }
});

test("a link holds the order; a broken one says nothing", async () => {
  const text = JSON.stringify({ operation: "income", items: [{ name: "Кофе ☕", price: "150.00" }] });
  const packed = (await pack(text)) ?? "";
  assert.match(packed, /^1\.[\w-]+$/);
  assert.ok(packed.length < 120, `${packed.length} signs`);
  assert.equal(await unpack(packed), text);
  for (const broken of ["", "1.", "2.abc", packed.slice(0, -4), `${packed}x!`, "1.AAAA", "1.%%%"]) {
    assert.equal(await unpack(broken), undefined, broken);
  }
  // What does not compress is too long; what unpacks into millions of signs is no order.
  let noise = "";
  for (let index = 0, state = 1; index < 30_000; index++) noise += String.fromCharCode(32 + (state = (state * 48271) % 2147483647) % 90);
  assert.equal(await pack(noise), undefined);
  const bomb = (await pack("x".repeat(3_000_000))) ?? "";
  assert.ok(bomb.length < MOST_PACKED);
  assert.equal(await unpack(bomb), undefined);
});
