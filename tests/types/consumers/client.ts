// The clients, as users' code has them. Lines marked @ts-expect-error have to be errors.
import { ChekError, CloudKassir, type ExchangeErrorCode, type FiscalReceipt, PayKeeper, Paybox, type TrackedReceipt } from "chek54/client";
import { type Receipt, exchange } from "chek54";

declare const receipt: Receipt;
const kassir = new CloudKassir({ publicId: "pk_1", apiSecret: "x", inn: "7708806062", fetch, maxRetries: 1, lang: "en" });
new CloudKassir({ baseUrl: "/api/kassir", onRetry: ({ attempt, code }) => void [attempt satisfies number, code satisfies string] });
// @ts-expect-error no such option
new CloudKassir({ publicId: "pk_1", apiSecret: "x", retries: 1 });
// @ts-expect-error there is no default address
new PayKeeper({ user: "u", password: "p" });

export async function use() {
  const { id, requestId, url } = await kassir.createReceipt(receipt, {
    invoiceId: "1",
    part: "2",
    signal: AbortSignal.timeout(1000),
    check: { severity: { contact_required: "off" } },
    onState: async (state) => void state.length,
  });
  [id, requestId] satisfies string[];
  url satisfies string | undefined;
  await kassir.createReceipt(JSON.stringify(receipt), { check: false });
  await kassir.createReceipt(new Uint8Array());
  // @ts-expect-error a receipt of a payment has no such option
  await kassir.createReceipt(receipt, { paymentId: "1" });
  const fiscal: FiscalReceipt = await kassir.waitForReceipt(id, { timeoutMs: 1000, onStatus: ({ status }) => status satisfies string });
  fiscal.fiscal.fp satisfies string | undefined;
  const { status } = await kassir.receiptStatus(id);
  status satisfies "queued" | "processed" | "error" | "notFound";
  const state = await kassir.getState({ deviceNumber: "1", fiscalNumber: "2" });
  state.status satisfies "online" | "offline" | "error";
  await kassir.fiscalize({
    deviceNumber: "1",
    fiscalNumber: "2",
    regNumber: "3",
    url: "a",
    ofd: "Taxcom",
    taxation: ["osn"],
    merchantEmail: "a@b.ru",
    merchantPhone: "+79999999999",
  });
  const [mark] = await kassir.validateMarkCodes(["01"]);
  mark?.valid satisfies boolean | undefined;

  const shop = new Paybox({ merchantId: 1, secret: "x", jws: async ({ url, body }) => url + (body ?? "") });
  const { paymentId, redirectUrl } = await shop.initPayment({ orderId: 1, amount: "1.00", description: "x", receipt, pg_result_url: "y" });
  [paymentId, redirectUrl] satisfies (string | undefined)[];
  await shop.refund({ paymentId: "1", amount: 5, receipt });
  const tracked: TrackedReceipt = await shop.createReceipt(receipt, { paymentId: 1, offset: true });
  tracked.fiscal?.fd satisfies string | undefined;

  const keeper = new PayKeeper({ user: "u", password: "p", baseUrl: "https://x.server.paykeeper.ru" });
  (await keeper.printReceipt(receipt, { receiptKey: "order_1" })).receiptKey satisfies string;
  const found: TrackedReceipt | null = await keeper.receiptById(1);
  found?.status satisfies string | undefined;
  await keeper.receiptsByDate({ receiptType: "sale", sumType: ["sum_cash"] });

  await kassir.resume("text", { signal: AbortSignal.abort() }).catch((error: unknown) => {
    if (!(error instanceof ChekError)) return;
    error.reason satisfies ExchangeErrorCode | undefined;
    const { next } = error;
    if (next?.kind === "sameRequest") next.until satisfies string;
    if (next?.kind === "receiptKey") next.start satisfies string;
    // @ts-expect-error of another kind
    if (next?.kind === "notification") next.until;
  });
  const { step } = exchange({ call: { provider: "cloudkassir", method: "test" } }, { provider: "cloudkassir" }, { kind: "start" });
  if ("send" in step) step.send.url satisfies string;
}
