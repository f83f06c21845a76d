// @ts-check
// Signatures beside node:crypto, and notifications in every form that frameworks have them in.

import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { test } from "node:test";
import {
  ChekError,
  explain,
  notificationReply,
  notificationSources,
  parseNotification,
  payKeeperQuery,
  sign,
  verifyNotification,
} from "../pkg/index.js";

const secret = "Секрет-1";
const hmac = (/** @type {string | Buffer} */ message) => createHmac("sha256", secret).update(message);

/** What a form's text says, byte by byte. @param {string} text */
const decoded = (text) =>
  Buffer.from(
    text.replaceAll("+", " ").replaceAll(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  );

/** Fields with every kind of value that PHP or a browser would send. */
function fields() {
  const values = ["", " ", "Чай «Улун» & Co", "a+b=c;d%", '{"type":"ffd_error"}', randomBytes(6).toString("base64")];
  const keys = ["id", "payment_id", "cart", "error", "status", "Z", "fop_url", "_"];
  return Object.fromEntries(keys.map((key, index) => [key, values[(index + randomBytes(1)[0]) % values.length]]));
}

test("CloudKassir's headers are those of node:crypto, and either is enough", () => {
  for (let turn = 0; turn < 50; turn++) {
    const body = String(new URLSearchParams(fields()));
    const expected = {
      "Content-HMAC": hmac(body).digest("base64"),
      "X-Content-HMAC": hmac(decoded(body)).digest("base64"),
    };
    assert.deepEqual(sign("cloudkassir", { body, secret }), expected);
    assert.deepEqual(sign("cloudkassir", { query: `?${body}`, secret }), expected);
    for (const [name, mac] of Object.entries(expected)) {
      for (const headers of [{ [name.toLowerCase()]: mac }, new Headers({ [name]: mac }), new Map([[name, mac]])]) {
        for (const given of [body, Buffer.from(body), new TextEncoder().encode(body).buffer]) {
          assert.equal(verifyNotification("cloudkassir", { body: given, headers, secret }), true);
          assert.equal(verifyNotification("cloudkassir", { body: given, headers, secret: "other" }), false);
        }
        assert.equal(verifyNotification("cloudkassir", { query: new URLSearchParams(body), headers, secret }), true);
        assert.equal(verifyNotification("cloudkassir", { body: `${body}&x=`, headers, secret }), false);
      }
      const cut = { [name]: mac.slice(0, -1) };
      assert.equal(verifyNotification("cloudkassir", { body, headers: cut, secret }), false);
    }
  }
});

test("a JSON body is signed as it is, whatever signs it has", () => {
  const body = '\uFEFF{"AccountId":"user+42 %41"}';
  const mac = hmac(body).digest("base64");
  assert.deepEqual(sign("cloudkassir", { body, secret }), { "Content-HMAC": mac, "X-Content-HMAC": mac });
});

test("PayKeeper's sign is that of node:crypto over the sorted values", () => {
  for (let turn = 0; turn < 50; turn++) {
    const body = fields();
    const joined = Object.keys(body).sort().map((key) => body[key]).join(";");
    const expected = hmac(joined).digest("hex");
    assert.equal(sign("paykeeper", { body, secret }), expected);
    const signed = { ...body, sign: expected };
    const text = String(new URLSearchParams(signed));
    const form = new FormData();
    for (const [key, value] of Object.entries(signed)) form.append(key, value);
    for (const given of [signed, text, Buffer.from(text), new URLSearchParams(signed), form, JSON.stringify(signed)]) {
      assert.equal(verifyNotification("paykeeper", { body: given, secret }), true);
      assert.equal(verifyNotification("paykeeper", { body: given, secret: "other" }), false);
    }
    assert.equal(verifyNotification("paykeeper", { body: { ...signed, more: "" }, secret }), false);
  }
});

test("a delivery that comes again has the same key, in whatever form it comes", () => {
  const body = { Id: "4c335bb5", FiscalSign: "1016954666", DocumentNumber: "1323", Type: "Income" };
  const text = String(new URLSearchParams(body));
  const keys = [
    parseNotification("cloudkassir", { body: text }),
    parseNotification("cloudkassir", { body: Buffer.from(text) }),
    parseNotification("cloudkassir", { query: `?${text}` }),
    parseNotification("cloudkassir", { body: JSON.stringify(body), contentType: "application/json" }),
    parseNotification("cloudkassir", { body }),
  ].map(({ dedupeKey }) => dedupeKey);
  assert.equal(new Set(keys).size, 1);
  const other = parseNotification("cloudkassir", { body: { ...body, Id: "5" } });
  assert.notEqual(other.dedupeKey, keys[0]);
  // One that cannot be read is another than one of the same receipt that can.
  const cut = `${text}&Receipt=%7B%22Items`;
  const broken = [parseNotification("cloudkassir", { body: cut }), parseNotification("cloudkassir", { query: cut })];
  assert.equal(broken[0].id, body.Id);
  assert.equal(broken[0].dedupeKey, broken[1].dedupeKey);
  assert.notEqual(broken[0].dedupeKey, keys[0]);
  // Paybox makes salt and signature anew for every delivery.
  const paid = (/** @type {string} */ salt) => parseNotification("paybox", { body: `pg_result=1&pg_salt=${salt}` }).dedupeKey;
  assert.equal(paid("a"), paid("b"));
  const unreadable = ["{", "{{", ""].map((broken) => parseNotification("cloudkassir", { body: broken }));
  assert.equal(new Set(unreadable.map(({ dedupeKey }) => dedupeKey)).size, 3);
  assert.ok(unreadable.every(({ issues }) => issues.some(({ severity }) => severity === "error")));
});

test("what cannot be verified is a ChekError; whatever came over the wire is none", () => {
  const any = /** @type {any} */ (null);
  const bad = (/** @type {() => unknown} */ call) =>
    assert.throws(call, (error) => error instanceof ChekError && error.code === "bad_argument");
  bad(() => verifyNotification("cloudkassir", { body: any ?? { Id: "1" }, headers: {}, secret }));
  bad(() => verifyNotification("cloudkassir", { body: "a=1", headers: {}, secret: "" }));
  bad(() => verifyNotification("paykeeper", { body: "a=1", secret: any }));
  bad(() => verifyNotification("paykeeper", any));
  bad(() => verifyNotification(any, { body: "a=1", secret }));
  bad(() => parseNotification("paykeeper", { body: any ?? 7 }));
  bad(() => payKeeperQuery("byid", any));
  bad(() => explain("cloudkassir", any));
  const long = `a=${"x".repeat(5 << 20)}`;
  const many = JSON.stringify(Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [at, ""])));
  for (const body of [long, Buffer.from(long), new Uint8Array([0xff, 0x3d, 0xfe]), "a".repeat(100_000), "&=&=%", "\0", many]) {
    assert.equal(verifyNotification("paykeeper", { body, secret }), false);
    assert.equal(verifyNotification("cloudkassir", { body, headers: { "content-hmac": "x" }, secret }), false);
    assert.equal(typeof parseNotification("cloudkassir", { body }).dedupeKey, "string");
    assert.equal(typeof parseNotification("paykeeper", { body }).dedupeKey, "string");
  }
});

test("answers and sources are plain data of one's own", () => {
  assert.deepEqual(JSON.parse(notificationReply("cloudkassir").body), { code: 0 });
  notificationSources("cloudkassir").push("0.0.0.0/0");
  assert.ok(!notificationSources("cloudkassir").includes("0.0.0.0/0"));
});
