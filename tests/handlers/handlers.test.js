// @ts-check
// The handlers of docs/handlers.md, as they stand there, in the frameworks they are for, over HTTP.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../../scripts/setup.js";
import { verifyNotification } from "../../pkg/index.js";
import { startWorker } from "../hosts/workspace.js";

const page = readFileSync(join(root, "docs/handlers.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "chek54-handlers-"));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "node_modules/@hono"), { recursive: true });
symlinkSync(join(root, "pkg"), join(folder, "node_modules/chek54"));
for (const name of ["express", "fastify", "hono", "@hono/node-server"]) {
  symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
}
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
for (const [, code, name] of page.matchAll(/```js\n(\/\/ (\w+\.js)\n[^]*?)```/g)) writeFileSync(join(folder, name), code);

/** @param {string} name @returns {Promise<any>} */
const written = (name) => import(pathToFileURL(join(folder, name)).href);

const secrets = { cloudkassir: "Ключ API", paykeeper: "слово", paybox: "key" };

/** @typedef {{ provider: string, readable: boolean, notification: any, raw: string }} Row */
/** What a handler is tried with: its address, the rows it has saved, and a table that is away until it is called back. */
/** @typedef {{ url: string, rows: () => Promise<Row[]>, away: () => Promise<() => unknown>, close: () => unknown }} Started */

/** A table in memory. */
function shop() {
  /** @type {Map<string, Row>} */
  const table = new Map();
  let failing = false;
  return {
    secrets,
    async save(/** @type {Row & { key: string }} */ { key, ...row }) {
      if (failing) throw new Error("the database is away");
      if (!table.has(key)) table.set(key, row);
    },
    mayBePaid: async (/** @type {any} */ { envelope }) => envelope.orderId === "1042",
    rows: async () => [...table.values()],
    async away() {
      failing = true;
      return () => (failing = false);
    },
  };
}

/** @param {import("node:http").Server} server */
async function listening(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = () => (server.close(), server.closeAllConnections());
  return { url: `http://127.0.0.1:${port}`, close };
}

/** @type {Record<string, () => Promise<Started>>} */
const handlers = {
  async "node:http"() {
    const own = shop();
    return { ...own, ...(await listening((await written("node.js")).server(own))) };
  },
  async "Express 5"() {
    const [own, http] = [shop(), await import("node:http")];
    const app = (await written("express.js")).app(own);
    // The rest of the shop has its own parser.
    app.post("/orders", (/** @type {any} */ request, /** @type {any} */ response) => response.json(request.body));
    return { ...own, ...(await listening(http.createServer(app))) };
  },
  async "Fastify 5"() {
    const own = shop();
    const app = (await written("fastify.js")).app(own);
    app.post("/orders", async (/** @type {any} */ request) => request.body);
    return { ...own, url: await app.listen({ port: 0, host: "127.0.0.1" }), close: () => app.close() };
  },
  async Hono() {
    const [own, { createAdaptorServer }] = [shop(), await import("@hono/node-server")];
    const app = (await written("hono.js")).app(own);
    app.post("/orders", async (/** @type {any} */ c) => c.json(await c.req.json()));
    return { ...own, ...(await listening(/** @type {any} */ (createAdaptorServer(app)))) };
  },
  "worker, in workerd": worker,
};

async function worker() {
  const miniflare = await startWorker(folder, {
    d1Databases: { DB: "shop" },
    bindings: {
      CLOUDKASSIR_API_SECRET: secrets.cloudkassir,
      PAYKEEPER_SECRET: secrets.paykeeper,
      PAYBOX_SECRET: secrets.paybox,
    },
  });
  const database = await miniflare.getD1Database("DB");
  const table = /create table .*(?=;)/.exec(page)?.[0] ?? "";
  await database.exec(table);
  await database.exec("create table orders (id text); insert into orders values ('1042')");
  const row = (/** @type {any} */ { provider, readable, said, raw }) =>
    ({ provider, readable: readable === 1, notification: JSON.parse(said), raw });
  return {
    url: String(await miniflare.ready).replace(/\/$/, ""),
    rows: async () => (await database.prepare("select * from notifications order by rowid").all()).results.map(row),
    async away() {
      await database.exec("alter table notifications rename to elsewhere");
      return () => database.exec("alter table elsewhere rename to notifications");
    },
    close: () => miniflare.dispose(),
  };
}

/** @param {string} key @param {string | Buffer} message */
const hmac = (key, message) => createHmac("sha256", key).update(message);
const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** A form as CloudKassir sends it: small hex digits, `+` for a space, `%2b` for a plus. @param {Record<string, string>} fields */
const formText = (fields) => String(new URLSearchParams(fields)).replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());

/** @param {string} body @param {{ decoded?: boolean }} [options] */
function signed(body, { decoded = false } = {}) {
  const message = decoded ? decodeURIComponent(body.replaceAll("+", " ")) : body;
  return { [decoded ? "X-Content-HMAC" : "Content-HMAC"]: hmac(secrets.cloudkassir, message).digest("base64") };
}

const receipt = {
  Email: "buyer+tea@example.com",
  Items: [{ Label: "Чай «Улун» + мёд, 50% скидка & co", Price: 149.9, Quantity: 2, Amount: 299.8, Vat: 10 }],
  Amounts: { Electronic: 299.8 },
};
const said = {
  Id: "4c335bb5ee56455f916db6e95c0d196e",
  DocumentNumber: "1323",
  SessionNumber: "1",
  Number: "12223",
  FiscalSign: "1016954666",
  DeviceNumber: "00000000000000000001",
  RegNumber: "0000000370021655",
  FiscalNumber: "9999078900005430",
  Inn: "7708806062",
  Type: "Income",
  Ofd: "Первый ОФД",
  Url: "https://example.com/receipt?a=1&b=2",
  Amount: "299.80",
  DateTime: "2026-03-05 15:50:00",
  InvoiceId: "1042",
  CashierName: "Анна + Мария",
};
const text = formText({ ...said, Receipt: JSON.stringify(receipt) });

/** What Paybox signs with: the values in the order of their names. @param {Record<string, string>} fields @param {string} script */
function payboxSign(fields, script) {
  const values = Object.keys(fields).sort().map((name) => fields[name]);
  return createHash("md5").update([script, ...values, secrets.paybox].join(";")).digest("hex");
}

for (const [name, start] of Object.entries(handlers)) {
  describe(name, () => {
    /** @type {Started} */
    let handler;
    before(async () => {
      handler = await start();
    });
    after(() => handler?.close());

    /** @param {string} path @param {RequestInit} [init] */
    async function send(path, init) {
      const response = await fetch(`${handler.url}/notifications/${path}`, init);
      return { status: response.status, type: response.headers.get("content-type") ?? "", body: await response.text() };
    }
    const post = (/** @type {string} */ path, /** @type {string} */ body, /** @type {Record<string, string>} */ headers) =>
      send(path, { method: "POST", body, headers: { ...FORM, ...headers } });

    /** The rows that a step adds. @param {() => Promise<unknown>} step */
    async function added(step) {
      const { length } = await handler.rows();
      await step();
      return (await handler.rows()).slice(length);
    }

    /** @param {{ status: number, type: string, body: string }} answer */
    function assertCode0({ status, type, body }) {
      assert.equal(status, 200);
      assert.match(type, /^application\/json/);
      assert.deepEqual(JSON.parse(body), { code: 0 });
    }

    test("CloudKassir's form, either header, repeated", async () => {
      const rows = await added(async () => {
        assertCode0(await post("cloudkassir", text, signed(text)));
        assertCode0(await post("cloudkassir", text, signed(text, { decoded: true })));
        const together = await Promise.all([1, 2, 3].map(() => post("cloudkassir", text, signed(text))));
        together.forEach(assertCode0);
        // Whether or not the type is said.
        assertCode0(await send("cloudkassir", { method: "POST", body: Buffer.from(text), headers: signed(text) }));
        for (const odd of ["garbage", "a/b/c", "text/html;;", "application/x-www-form-urlencoded;charset"]) {
          assertCode0(await post("cloudkassir", text, { ...signed(text), "content-type": odd }));
        }
      });
      assert.equal(rows.length, 1);
      const [{ provider, readable, notification, raw }] = rows;
      assert.deepEqual([provider, readable, notification.kind, notification.id], ["cloudkassir", true, "receipt", said.Id]);
      assert.equal(notification.receipt.items[0].name, receipt.Items[0].Label);
      assert.equal(notification.receipt.customer.email, receipt.Email);
      assert.equal(notification.receipt.cashier.name, said.CashierName);
      assert.equal(notification.receipt.fiscal.fp, said.FiscalSign);
      assert.equal(raw, text);
    });

    test("CloudKassir's GET", async () => {
      const query = formText({ ...said, Id: "by-get", Receipt: JSON.stringify(receipt) });
      const rows = await added(async () => {
        assertCode0(await send(`cloudkassir?${query}`, { headers: signed(query, { decoded: true }) }));
        assertCode0(await send(`cloudkassir?${query}`, { headers: signed(query) }));
        assert.equal((await send(`cloudkassir?${query}&x=1`, { headers: signed(query) })).status, 403);
      });
      assert.deepEqual(rows.map(({ notification }) => notification.id), ["by-get"]);
      assert.equal(rows[0].notification.receipt.items[0].name, receipt.Items[0].Label);
      assert.equal(rows[0].raw, `?${query}`);
    });

    test("CloudKassir's JSON", async () => {
      const body = JSON.stringify({ ...said, Id: "by-json", Amount: 299.8, Receipt: receipt }, null, 2);
      const json = { "content-type": "application/json" };
      const rows = await added(async () => {
        assertCode0(await post("cloudkassir", body, { ...json, ...signed(body) }));
        // The same values written otherwise are not what was signed.
        const compact = JSON.stringify(JSON.parse(body));
        assert.equal((await post("cloudkassir", compact, { ...json, ...signed(body) })).status, 403);
      });
      assert.deepEqual(rows.map(({ notification }) => notification.id), ["by-json"]);
      assert.equal(rows[0].notification.receipt.items[0].name, receipt.Items[0].Label);
    });

    test("what is forged is 403, and nothing is kept", async () => {
      const other = { "Content-HMAC": hmac("other", text).digest("base64") };
      const rows = await added(async () => {
        const answers = await Promise.all([
          post("cloudkassir", text, other),
          post("cloudkassir", text.replace("299.80", "999.80"), signed(text)),
          post("cloudkassir", text, {}),
          post("cloudkassir", "", signed(text)),
          post("paykeeper", "id=1&status=success&sign=0", {}),
          post("paykeeper", JSON.stringify(Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [at, ""]))), {}),
          post("paybox", "pg_order_id=1042&pg_result=1&pg_sig=0", {}),
        ]);
        assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([403]));
        assert.ok(answers.every(({ body }) => body === ""));
      });
      assert.deepEqual(rows, []);
    });

    test("authentic and cut off: kept, acknowledged, and not taken for the whole one", async () => {
      const fields = { ...said, Id: "cut-off", Receipt: JSON.stringify(receipt) };
      const whole = formText(fields);
      const cut = formText({ ...fields, Receipt: fields.Receipt.slice(0, 40) });
      const rows = await added(async () => {
        for (const body of [cut, cut, whole, cut, whole]) assertCode0(await post("cloudkassir", body, signed(body)));
        const none = '{"Id":"brok';
        assertCode0(await post("cloudkassir", none, { ...signed(none), "content-type": "application/json" }));
      });
      assert.deepEqual(rows.map(({ readable }) => readable), [false, true, false]);
      assert.equal(rows[0].raw, cut);
      assert.equal(rows[0].notification.receipt.fiscal.fp, said.FiscalSign);
      assert.deepEqual(rows[2].notification.id, null);
    });

    test("PayKeeper's callback", async () => {
      const fields = { id: "77", payment_id: "2211", status: "success", error: "", fpd: "1016954666", place: "Кафе «Ё» + co" };
      const values = Object.keys(fields).sort().map((key) => fields[/** @type {"id"} */ (key)]);
      const sign = hmac(secrets.paykeeper, values.join(";")).digest("hex");
      const body = formText({ ...fields, sign });
      const rows = await added(async () => {
        const answer = await post("paykeeper", body, {});
        assert.deepEqual([answer.status, answer.body], [200, "OK"]);
        assert.equal((await post("paykeeper", body, {})).status, 200);
        assert.equal((await post("paykeeper", body.replace("success", "failed"), {})).status, 403);
      });
      assert.equal(rows.length, 1);
      const { kind, id, status } = rows[0].notification;
      assert.deepEqual([kind, id, status], ["receipt", "77", "success"]);
    });

    test("Paybox: the result, its repetition with another salt, a question; answers are signed", async () => {
      /** @param {Record<string, string>} fields */
      const told = async (fields) => {
        const answer = await post("paybox", formText({ ...fields, pg_sig: payboxSign(fields, "paybox") }), {});
        assert.equal(answer.status, 200);
        assert.match(answer.type, /xml/);
        assert.ok(verifyNotification("paybox", { body: answer.body, script: "paybox", secret: secrets.paybox }));
        const tag = (/** @type {string} */ name) => new RegExp(`<${name}>(.*)</${name}>`).exec(answer.body)?.[1] ?? "";
        const own = { pg_salt: tag("pg_salt"), pg_status: tag("pg_status") };
        assert.equal(tag("pg_sig"), payboxSign(own, "paybox"));
        return tag("pg_status");
      };
      const rows = await added(async () => {
        const result = { pg_order_id: "1042", pg_payment_id: "771889578", pg_amount: "299.80", pg_result: "1", pg_description: "Чай + мёд" };
        assert.equal(await told({ ...result, pg_salt: "a" }), "ok");
        assert.equal(await told({ ...result, pg_salt: "b" }), "ok");
        assert.equal(await told({ pg_order_id: "1042", pg_payment_id: "5", pg_amount: "299.80", pg_salt: "c" }), "ok");
        assert.equal(await told({ pg_order_id: "1043", pg_payment_id: "6", pg_amount: "299.80", pg_salt: "d" }), "rejected");
      });
      const all = rows.map(({ notification: { kind, id, status } }) => [kind, id, status]);
      assert.deepEqual(all, [["payment", "771889578", "ok"]]);
    });

    test("a table that is away is no answer, so that it comes again", async (context) => {
      context.mock.method(console, "error", () => {});
      const body = formText({ ...said, Id: "again" });
      const rows = await added(async () => {
        const back = await handler.away();
        const failed = await post("cloudkassir", body, signed(body));
        assert.equal(failed.status, 500);
        // Whoever called has no business with what the shop's database said.
        if (!/worker|Express/.test(name)) assert.doesNotMatch(failed.body, /database|away/);
        await back();
        assertCode0(await post("cloudkassir", body, signed(body)));
      });
      assert.equal(rows.length, 1);
    });

    test("what nobody sends", async () => {
      const rows = await added(async () => {
        assert.equal((await post("nobody", text, signed(text))).status, 404);
        assert.equal((await post("constructor", text, signed(text))).status, 404);
        const long = `a=${"x".repeat(5 << 20)}`;
        const refused = await post("cloudkassir", long, signed(long)).then(({ status }) => status, () => 413);
        assert.ok([413, 403].includes(refused), `${refused}`);
        await brokenOff(handler.url, text);
      });
      assert.deepEqual(rows, []);
      if (name.includes("worker") || name === "node:http") return;
      const headers = { "content-type": "application/json" };
      const order = await fetch(`${handler.url}/orders`, { method: "POST", body: '{"id":1}', headers });
      assert.deepEqual(await order.json(), { id: 1 });
    });
  });
}

/** A sender that hangs up within its body. @param {string} url @param {string} body */
async function brokenOff(url, body) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const [header, mac] = Object.entries(signed(body))[0];
  socket.on("error", () => {});
  const head = `POST /notifications/cloudkassir HTTP/1.1\r\nHost: x\r\n${header}: ${mac}\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(head + body.slice(0, 100), () => socket.destroy());
  await once(socket, "close");
}

test("the page has a file for each of them", () => {
  const names = [...page.matchAll(/```js\n\/\/ (\w+\.js)/g)].map(([, file]) => file);
  assert.deepEqual(names, ["receive.js", "node.js", "express.js", "fastify.js", "hono.js", "worker.js"]);
});
