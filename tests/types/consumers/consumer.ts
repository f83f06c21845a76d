// Compiled as a user's code would be, as a module and as CommonJS. Lines marked @ts-expect-error have to be errors.
import {
  type Check,
  type CheckOptions,
  ChekError,
  type Issue,
  type IssueCode,
  type Order,
  type Receipt,
  type ReceiptInput,
  ReceiptError,
  buildReceipt,
  captureReceipts,
  checkReceipt,
  correctReceipt,
  decode,
  describeOrder,
  diffReceipts,
  encode,
  explain,
  inn,
  issueCodes,
  notificationReply,
  parseNotification,
  parseReceipt,
  payboxFlow,
  payKeeperQuery,
  receiptSchema,
  refundReceipt,
  settleReceipt,
  splitReceipt,
  totals,
  sign,
  verifyNotification,
  vocabulary,
} from "chek54";
import type { StandardSchemaV1 } from "@standard-schema/spec";

const options: CheckOptions = { mode: "read", provider: "cloudkassir", severity: { contact_required: "off" } };
const checked: Check = checkReceipt({}, options);
if (checked.ok) {
  const receipt: Receipt = checked.receipt;
  receipt.operation satisfies "income" | "incomeReturn" | "expense" | "expenseReturn";
} else {
  // @ts-expect-error a refused receipt is not there
  const receipt: Receipt = checked.receipt;
}
const issue: Issue | undefined = checked.issues[0];
const code: IssueCode | undefined = issue?.code;
code satisfies string | undefined;
issue?.path satisfies (string | number)[] | undefined;

// @ts-expect-error no such mode
checkReceipt("", { mode: "write" });
// @ts-expect-error no such code
checkReceipt("", { severity: { nonsense: "off" } });
// @ts-expect-error options are an object
checkReceipt("", "read");

const name: string = parseReceipt("{}").items[0]!.name;
// @ts-expect-error money is a string
const price: number = parseReceipt("{}").items[0]!.price;

const { path, body, losses } = encode(parseReceipt(new Uint8Array()), "cloudkassir", { inn: name });
[path, body.CustomerReceipt, losses] satisfies [string, unknown, Issue[]];
const order: ReceiptInput = {
  operation: "income",
  items: [{ name, price: 99.9, quantity: "2", vat: "vat22", mark: { code: "01" } }],
  customer: { email: null },
  seller: { inn: "7708806062" },
};
encode(order, "cloudkassir");
encode("{}", "cloudkassir", {});
// @ts-expect-error a rate that there is not
({ ...order, items: [{ name, price: 1, quantity: 1, vat: "vat21" }] }) satisfies ReceiptInput;
// @ts-expect-error an operation is missing
({ items: [] }) satisfies ReceiptInput;
// @ts-expect-error a field that there is not
({ ...order, total: 1 }) satisfies ReceiptInput;
// @ts-expect-error no such provider
encode(order, "nobody", { inn: "" });
decode(body, "cloudkassir", { version: "3.3.7" }).receipt satisfies Partial<Receipt>;
const [difference] = diffReceipts(order, decode(body, "fns").receipt, { lang: "en" });
difference?.severity satisfies "error" | "warning" | "info" | undefined;
diffReceipts(parseReceipt("{}"), "{}");
// @ts-expect-error no such kind
difference?.kind === "different";

const paybox = encode(order, "paybox", { form: "separate", paymentId: 1, offset: true });
// @ts-expect-error the form has to be said
encode(order, "paybox", {});
const signature: string = sign("paybox", { body: paybox.body, script: paybox.path, secret: "" });
verifyNotification("paybox", { body: signature, script: "", secret: "" }) satisfies boolean;
parseNotification("paybox", { body: "" }).dedupeKey satisfies string;
notificationReply("paybox", { script: "", secret: "" }).headers satisfies Record<string, string>;
payboxFlow("cancel", { mode: "separately" })[0]?.receipt satisfies string | null | undefined;

vocabulary("vat").map((row) => [row.name, row.code, row.ru, row.en, row.since]);
issueCodes()[0]?.code satisfies IssueCode | undefined;
inn("7707083893").kind satisfies "organization" | "person" | null;

const schema: StandardSchemaV1<unknown, Receipt> = receiptSchema;
schema["~standard"].vendor satisfies string;
type Output = StandardSchemaV1.InferOutput<typeof receiptSchema>;
const output: Output = parseReceipt("");
output satisfies Receipt;

try {
  parseReceipt(null);
} catch (error) {
  if (error instanceof ReceiptError) error.issues satisfies Issue[];
  if (error instanceof ChekError) error.code satisfies string;
}
price satisfies number;

const cart: Order = {
  operation: "income",
  items: [{ name: "x", price: 100, quantity: "2.5", vat: "vat22", discount: "10%" }],
  discount: { amount: "5" },
  delivery: { name: "y", price: "300", quantity: 1, vat: "none", discount: { percent: 50 } },
  paid: 400,
  payments: { provision: "10" },
};
// @ts-expect-error a discount is no list
cart.discount = [1];
const built: Receipt = buildReceipt(cart, { exactPrices: true, provider: "paybox" });
// @ts-expect-error no such option
buildReceipt(cart, { exact: true });
describeOrder(cart).lines[0]!.items satisfies number[];
totals(built).vat[0]!.sumByLines satisfies string;
const earlier: Receipt[] = splitReceipt(built, { maxItems: 50 });
refundReceipt(built, { lines: [{ item: 0, quantity: "1.5" }], earlier }) satisfies Receipt;
// @ts-expect-error a line is named
refundReceipt(built, { lines: [{ quantity: 1 }] });
captureReceipts(built, cart.items) satisfies [Receipt, Receipt];
settleReceipt([built, JSON.stringify(built)], { at: "2026-01-01", items: built.items }) satisfies Receipt;
correctReceipt(null, built, { kind: "self", date: "2026-01-01" }) satisfies Receipt[];
// @ts-expect-error a correction has a date
correctReceipt(built, null, { kind: "self" });
const fields: Record<string, string> = encode(order, "paykeeper", { paymentId: 2211, opaque: { items: [null] } }).body;
// @ts-expect-error an option of another provider
encode(order, "paykeeper", { inn: "" });
payKeeperQuery("bydate", { receiptType: "sale", sumType: ["sum_cash"] }).query satisfies string;
// @ts-expect-error a word that the filter does not have
payKeeperQuery("bydate", { receiptType: "income", sumType: "sum_cash" });
const headers = { "content-hmac": ["x"], host: undefined };
const authentic: boolean = verifyNotification("cloudkassir", { body: "", headers, secret: "s" });
// @ts-expect-error what a framework has parsed has another signature
verifyNotification("cloudkassir", { body: fields, headers, secret: "s" });
sign("paykeeper", { body: fields, secret: "s" }) satisfies string;
parseNotification("paykeeper", { body: fields }).dedupeKey satisfies string;
const final: boolean | undefined = explain("paykeeper", "timeout", { list: "status" })?.final;
