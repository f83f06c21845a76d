// @ts-check
// Many receipts at once over HTTP, through a sandbox that loses answers, fails and hangs: nothing may be lost or doubled.
//
//   npm run load                     5,000 receipts through 64 parallel calls
//   node benches/load.js 500 16

import { createServer } from "node:http";
import { notificationReply, parseNotification, verifyNotification } from "../pkg/index.js";
import { CloudKassir, PayKeeper } from "../pkg/client.js";
import { startSandbox } from "../pkg/sandbox.js";

const SECRET = "load-secret";
const FAULTS = [
  { kind: /** @type {const} */ ("lostAnswer"), chance: 3 },
  { kind: /** @type {const} */ ("serverError"), chance: 3 },
  { kind: /** @type {const} */ ("brokenBody"), chance: 2 },
  { kind: /** @type {const} */ ("hang"), chance: 1 },
];
/** One attempt: a hang has to end some time. */
const call = { timeoutMs: 5_000, maxRetries: 10 };

/** The shop's end of notifications: what was believed, by its key. */
async function shop() {
  /** @type {Map<string, string>} the total by the key */
  const told = new Map();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const provider = "x-content-hmac" in request.headers ? "cloudkassir" : "paykeeper";
    if (!verifyNotification(provider, { body, headers: request.headers, secret: SECRET })) {
      return void response.writeHead(403).end();
    }
    const { dedupeKey, receipt } = parseNotification(provider, { body });
    told.set(dedupeKey, receipt.fiscal?.total ?? "");
    const { status, headers, body: answer } = notificationReply(provider);
    response.writeHead(status, headers).end(answer);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { told, url: `http://127.0.0.1:${port}/notification`, close: () => server.close() };
}

/**
 * Does something for each number below a count, so many at a time.
 * @param {number} count
 * @param {number} parallel
 * @param {(number: number) => Promise<unknown>} work
 */
async function each(count, parallel, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

/** No two have the same total. @param {number} number */
const order = (number) => ({
  operation: /** @type {const} */ ("income"),
  taxation: /** @type {const} */ ("osn"),
  items: [{ name: `Товар ${number}`, price: ((number + 100) / 100).toFixed(2), quantity: 1, vat: /** @type {const} */ ("vat22") }],
  customer: { email: "buyer@example.com" },
});

/**
 * Sends receipts and waits for each of them; throws where one is lost, doubled or another. Every fifth is PayKeeper's,
 * whose receipts take longer, unless only CloudKassir's are wanted. One notification in a hundred is up to two minutes
 * late: `patience` is how long they are waited for.
 * @param {{ count: number, parallel: number, patience?: number, keeperToo?: boolean }} size
 */
export async function load({ count, parallel, patience = 150_000, keeperToo = true }) {
  const { told, url: webhookUrl, close } = await shop();
  const sandbox = await startSandbox({ webhookUrl, faults: FAULTS, credentials: { apiSecret: SECRET, secret: SECRET } });
  let retries = 0;
  const onRetry = () => void retries++;
  const kassir = new CloudKassir({ publicId: "pk", apiSecret: SECRET, inn: "7708806062", baseUrl: sandbox.url, ...call, onRetry });
  const keeper = new PayKeeper({ user: "demo", password: "demo", baseUrl: sandbox.url, ...call, onRetry });
  const isKeeper = (/** @type {number} */ number) => keeperToo && number % 5 === 4;
  /** @type {(string | number)[]} */
  const ids = [];
  try {
    const start = performance.now();
    await each(count, parallel, async (number) => {
      const made = isKeeper(number)
        ? keeper.printReceipt(order(number), { receiptKey: `order-${number}` })
        : kassir.createReceipt(order(number), { invoiceId: `order-${number}` });
      ids[number] = (await made).id;
    });
    const sent = performance.now() - start;
    await each(count, parallel, async (number) => {
      const id = String(ids[number]);
      const { fiscal } = isKeeper(number) ? await keeper.waitForReceipt(id) : await kassir.waitForReceipt(id);
      const { price } = order(number).items[0];
      if (fiscal?.total !== price) throw new Error(`order ${number}: ${fiscal?.total} in place of ${price}`);
    });
    const whole = performance.now() - start;

    const totals = sandbox.receipts.map(({ total }) => total);
    if (totals.length !== count || new Set(totals).size !== count) {
      throw new Error(`${totals.length} receipts, ${new Set(totals).size} of them different, where ${count} were asked for`);
    }
    for (const end = performance.now() + patience; told.size < count && performance.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const believed = [...told.values()];
    const wrong = believed.filter((total, at) => !totals.includes(total) || believed.indexOf(total) !== at);
    if (wrong.length) throw new Error(`notifications of what there is not: ${wrong}`);
    return { retries, requests: sandbox.requests.length, notified: told.size, sent, whole };
  } finally {
    await sandbox.close();
    close();
  }
}

if (process.argv[1]?.endsWith("benches/load.js")) {
  const [count = 5000, parallel = 64] = process.argv.slice(2).map(Number);
  const { retries, requests, notified, sent, whole } = await load({ count, parallel });
  const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`;
  console.log(
    `${count} receipts through ${parallel} parallel calls: taken in ${seconds(sent)}, all known in ${seconds(whole)}; ` +
      `${requests} requests, ${retries} of them repeated; ${notified} notifications believed; nothing lost, nothing doubled`,
  );
}
