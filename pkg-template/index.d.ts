import type {
  CloudKassirVersion,
  Ffd,
  Fiscal,
  IssueCode,
  Item,
  Lang,
  Money,
  Operation,
  Payments,
  Provider,
  Receipt,
  Severity,
  Vat,
} from "./types.js";

export type * from "./types.js";

/** One finding. */
export interface Issue {
  /** Which rule it is of; `issueCodes` has them all. */
  code: IssueCode;
  severity: Severity;
  /** Where: `["items", 0, "price"]`. */
  path: (string | number)[];
  /** What is wrong. */
  message: string;
  /** How it could be put right. */
  hint?: string;
  /** What the message was made of, to word it otherwise. */
  params?: Record<string, string>;
  /** The FFD tag it is about. */
  tag?: number;
}

/** How to check; everything may be left out. */
export interface CheckOptions {
  /** `"read"` is for receipts that are fiscal already: what real ones have wrong is a warning. Default `"build"`. */
  mode?: "build" | "read" | undefined;
  /** Adds the rules of the one who is going to take the receipt. */
  provider?: Provider | undefined;
  /** The provider's version; default: its newest. */
  version?: CloudKassirVersion | undefined;
  /** The date that the rules in force are taken of; default: today in Moscow. */
  at?: string | undefined;
  /** The language of messages and hints. */
  lang?: Lang | undefined;
  /** Other severities than a rule's own; faults of shape stay errors. */
  severity?: Partial<Record<IssueCode, Severity | "off">> | undefined;
  /** How many findings to return at most. Default 100. */
  maxIssues?: number | undefined;
}

/** What a check found; `ok` says that no issue is an error. */
export type Check =
  | {
      ok: true;
      /** Made when it is first read. */
      receipt: Receipt;
      /** Warnings. */
      issues: Issue[];
      /** How many more findings there were than `maxIssues`. */
      omitted?: number;
    }
  | { ok: false; receipt?: undefined; issues: Issue[]; omitted?: number };

/**
 * Checks a receipt in full: every finding at once, in the model's order. Takes a plain object, JSON text or its UTF-8
 * bytes, and never throws, whatever it is given.
 */
export function checkReceipt(input: unknown, options?: CheckOptions): Check;

/** The receipt, complete and exact; throws a `ReceiptError` with all issues where it is wrong. */
export function parseReceipt(input: unknown, options?: CheckOptions): Receipt;

/** `checkReceipt` as a Standard Schema (1.1), for form libraries; its `libraryOptions` are `CheckOptions`. */
export const receiptSchema: {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "chek54";
    readonly validate: (
      value: unknown,
      options?: { readonly libraryOptions?: Record<string, unknown> | undefined } | undefined,
    ) =>
      | { readonly value: Receipt; readonly issues?: undefined }
      | { readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[] };
    readonly types?: { readonly input: unknown; readonly output: Receipt } | undefined;
  };
};

/** An amount as callers may give it: text, or a number, which counts as its shortest decimal text. */
export type Decimal = string | number;

/** A receipt as callers may give it: amounts as text or numbers, without what has a default, null for nothing. */
export type ReceiptInput = Input<Receipt>;

type Defaulted = "ffd" | "payments" | "amount" | "method" | "object";
type Amount = "price" | "quantity" | "amount" | "excise" | "total" | keyof Payments;
type Input<T> = T extends readonly (infer U)[]
  ? readonly Input<U>[]
  : T extends object
    ? { [K in keyof T as K extends Defaulted ? never : K]: Given<T, K> } & {
        [K in keyof T as K extends Defaulted ? K : never]?: Given<T, K> | null | undefined;
      }
    : T;
type Given<T, K extends keyof T> =
  | (K extends Amount ? Decimal : Input<NonNullable<T[K]>>)
  | (undefined extends T[K] ? null | undefined : never);

/** What is taken off a price: `"10%"`, roubles, or either by name. A discount of 100 % makes a line free. */
export type Discount = Decimal | { percent: Decimal } | { amount: Decimal };

/** An item as callers may give it. */
export type ItemInput = Input<Item>;

/** A line of an order, and a discount of its own. */
export type OrderItem = ItemInput & { discount?: Discount | null | undefined };

/**
 * An order at list prices. The fields of a receipt are taken over; its `payments` are what is paid besides `paid`
 * (`prepaid`, `credit`, `provision`: a gift card is set off, it is no discount) and how the rest is paid (`cash`; default
 * `electronic`).
 */
export interface Order extends Omit<ReceiptInput, "items" | "correction" | "fiscal"> {
  /** At list prices. An `amount` that is given is what the line costs before `discount`. */
  items: readonly OrderItem[];
  /** Falls on the items, not on the delivery. A coupon for free delivery is a discount of the delivery itself. */
  discount?: Discount | null | undefined;
  /** Becomes the last item. */
  delivery?: OrderItem | null | undefined;
  /**
   * What was really paid now, roubles. The difference to the order falls on the items and, only if they cannot carry it,
   * on the delivery. Above the order's total it may be by the kopecks of rounding alone, one for each piece.
   */
  paid?: Decimal | null | undefined;
}

/** Options of {@link buildReceipt}: those of the check that the receipt has to pass, and how it is priced. */
export interface BuildOptions extends CheckOptions {
  /** Price x quantity, rounded half-up, is the amount exactly; lines are split for it. Default for Paybox. */
  exactPrices?: boolean | undefined;
  /** Prices stay what they are, only amounts fall. CloudKassir takes that. */
  listPrices?: boolean | undefined;
}

/** What was done to a line of an order: `listed - own - shared - settled` is `amount`. Roubles. */
export interface OrderLine {
  /** Which item of the order; null is the delivery. */
  item: number | null;
  /** What it costs without discounts. */
  listed: Money;
  /** Its own discount. */
  own: Money;
  /** Its share of the order's discount. */
  shared: Money;
  /** Its share of the difference to `paid`; below zero where more was paid. */
  settled: Money;
  /** What is paid for it. Tag 1043. */
  amount: Money;
  /** Its items in the receipt: several where no single price gives the amount. */
  items: number[];
}

/**
 * Makes the receipt of an order: discounts and what was really paid are spread over the lines by largest remainder, so
 * that it closes to the kopeck. No line goes below 0.01 (where prices have to fit: a kopeck for each piece); what is free
 * stays free. Prices are net, within a kopeck of the amount on every line, and a line is split only where it must be.
 *
 * @throws ReceiptError with all that is wrong: the order's shape, `discount_too_large`, `payments_mismatch`, and what
 *   {@link checkReceipt} finds in the result, at the places of the order.
 */
export function buildReceipt(order: Order | string | Uint8Array, options?: BuildOptions): Receipt;

/** The same, and what was done to each line. */
export function describeOrder(
  order: Order | string | Uint8Array,
  options?: BuildOptions,
): {
  receipt: Receipt;
  lines: OrderLine[];
  /** What the check of the receipt warns of, at the places of the order. */
  issues: Issue[];
};

/** What a receipt adds up to, roubles. */
export interface Totals {
  /** The sum of the items. Tag 1020. */
  total: Money;
  /** Line by line: what it costs (tag 1043) and the VAT in it (tag 1200). */
  items: { amount: Money; vat: Money }[];
  /**
   * Rate by rate, those that occur. `base`: the amounts at this rate, VAT included, which both sums are taken of. `sum`:
   * the VAT, rounded once over the base. `sumByLines`: rounded line by line and added up. Registers do the one or the
   * other; both are right.
   */
  vat: { vat: Vat; base: Money; sum: Money; sumByLines: Money }[];
  /** How it was paid. */
  payments: Payments;
  /** How many items there are. */
  count: number;
}

/** Adds a receipt up. @throws ReceiptError when it is not well-shaped. */
export function totals(receipt: ReceiptInput | string | Uint8Array): Totals;

/**
 * Splits a receipt into parts of at most `maxItems` items (default 100), in their order: items, payments of every kind
 * (cash without its change) and VAT by lines add up. The same receipt splits the same way again, so each part can have its own request id.
 *
 * @throws ReceiptError `total_not_positive` where a part would hold free items only.
 */
export function splitReceipt(
  receipt: ReceiptInput | string | Uint8Array,
  options?: { maxItems?: number | undefined; lang?: Lang | undefined },
): Receipt[];

/** What is given back. Without `lines` and `amount`: all that is left. */
export interface RefundOptions {
  /**
   * The lines that come back: `item` counts from 0; a `quantity`, or an `amount` of roubles, or neither for all that is
   * left of the line. Roubles without a quantity are a price reduction, for the goods stay; roubles with one have to be
   * what so many are worth, to the kopeck: a fee that is withheld is a sale of its own.
   */
  lines?: readonly { item: number; quantity?: Decimal | undefined; amount?: Decimal | undefined }[] | undefined;
  /** So many roubles in all, spread over the lines: a price reduction, unless it is all that is left. */
  amount?: Decimal | undefined;
  /** How it is paid back. Default: as the sale was, in proportion to what is left of each kind. */
  payments?: Input<Payments> | undefined;
  /** The refunds of this sale that were made before, in any order. */
  earlier?: readonly (ReceiptInput | string | Uint8Array)[] | undefined;
  /** The language of the findings. */
  lang?: Lang | undefined;
}

/**
 * Makes the receipt that gives back a sale or a part of it: the opposite operation, the VAT rates of the sale whatever
 * today's are, its agents and, where goods come back, their marks. With `earlier` any sequence of refunds ends exactly at
 * the sale, to the kopeck. A price reduction has the quantity that the buyer keeps, at the difference of the price: so
 * earlier ones are told from returns. Of goods alike in all but price it is counted where most is left.
 *
 * @throws ReceiptError `exceeds_original`, `nothing_left`, `not_of_original`, `payments_mismatch`, `total_not_positive`.
 */
export function refundReceipt(receipt: ReceiptInput | string | Uint8Array, options?: RefundOptions): Receipt;

/**
 * The two receipts of a partial capture where the hold already had one: the return of all of it, then the income of what
 * was sold. Paybox in the mode "receipt apart from the payment" wants both, in the mode "with the payment" the second
 * alone. CloudKassir makes one receipt at confirmation: there this function has no place.
 *
 * @throws ReceiptError `exceeds_original` when more was sold than held.
 */
export function captureReceipts(
  hold: ReceiptInput | string | Uint8Array,
  items: readonly ItemInput[],
  options?: { lang?: Lang | undefined },
): [Receipt, Receipt];

/** How a prepayment is set off. */
export interface SettleOptions {
  /** What is handed over, at its full price. Default: what was prepaid, at what was prepaid for it; after an advance it has to be given. */
  items?: readonly ItemInput[] | undefined;
  /** How the total is paid. Default: the prepayments set off, the rest electronic. */
  payments?: Input<Payments> | undefined;
  /** The day the goods are handed over, whose VAT rates count. Default: today in Moscow. */
  at?: string | undefined;
  /** The language of the findings. */
  lang?: Lang | undefined;
}

/**
 * Makes the receipt of the final settlement after one or several prepayments: items settled in full at the plain rates
 * of the day (20/120 of 2025 becomes 22 % in 2026), the prepayments set off (tag 1215), the rest electronic. What was
 * prepaid above the total stays for a later receipt.
 *
 * @throws ReceiptError `required` for items after an advance, `invalid_value` for what is no prepayment,
 *   `exceeds_original` for setting off more than was prepaid, `payments_mismatch`.
 */
export function settleReceipt(
  prepaid: ReceiptInput | string | Uint8Array | readonly (ReceiptInput | string | Uint8Array)[],
  options?: SettleOptions,
): Receipt;

/**
 * Makes the receipts that put a settlement right, in the order in which they are sent. `wrong` null: the register was not
 * used, so a correction receipt (FFD 1.05: one for each VAT rate, of sums without items). `wrong` given: in FFD 1.05 its
 * ordinary return and the right receipt; in 1.1 and 1.2 a correction with the opposite operation and one that is right.
 * `right` null: what was wrong is only undone. `requisite` (tag 1192) is the fiscal sign of the wrong receipt.
 *
 * @throws ReceiptError `required`, `not_in_ffd` for a return in FFD 1.05.
 */
export function correctReceipt(
  wrong: ReceiptInput | string | Uint8Array | null,
  right: ReceiptInput | string | Uint8Array | null,
  options: { kind: "self" | "order"; date: string; number?: string | undefined; lang?: Lang | undefined },
): Receipt[];

/** What a CloudKassir body holds beside the receipt. */
export interface CloudKassirOptions {
  /** The version of the protocol. Default `"3.4.5"`. */
  version?: CloudKassirVersion | undefined;
  /** The INN of the organisation whose cash register prints; else the receipt's `seller.inn`. */
  inn?: string | undefined;
  /** The order's number in the shop. */
  invoiceId?: string | undefined;
  /** The customer's number in the shop. */
  accountId?: string | undefined;
  /** The cash register that is to print: a correction by the documents up to 3.3.7 names it. */
  deviceNumber?: string | undefined;
  /** The language of losses. */
  lang?: Lang | undefined;
}

/** What a PayKeeper form holds beside the receipt. */
export interface PayKeeperOptions {
  /** The payment in PayKeeper that the receipt is of; sent empty where there is none. */
  paymentId?: string | number | undefined;
  /** The refund within the payment, 1, 2..; sent empty where there is none. */
  refundId?: string | number | undefined;
  /**
   * The receipt's own key, at least 6 characters, best of `a-z A-Z 0-9 _ -`; a part of the address of its page.
   * PayKeeper refuses a second receipt of the same payment, refund, `postSale`, type and key.
   */
  receiptKey?: string | undefined;
  /** Whether it is the receipt of final settlement; not sent with returns. */
  postSale?: boolean | undefined;
  /** What PayKeeper does not publish the form of, sent as it is. */
  opaque?: PayKeeperOpaque | undefined;
  /** The language of losses. */
  lang?: Lang | undefined;
}

/**
 * PayKeeper's own JSON, for the tables 12.2..12.5 that its page names and does not print: agents, suppliers, industry
 * requisites, properties of the receipt. What is not given here and has no field of its own is told as a loss.
 */
export interface PayKeeperOpaque {
  /** The object of `receipt_properties`. */
  receiptProperties?: Record<string, unknown> | undefined;
  /**
   * By the item's index, what goes into its position of the cart: `agent`, `supplier`, `industry_attribute`,
   * `measure`, `item_id`.. What the receipt says itself cannot be said again.
   */
  items?: readonly (Record<string, unknown> | null)[] | undefined;
}

/** Which Paybox request a receipt goes into. */
export type PayboxForm = "payment" | "capture" | "refund" | "separate";

/** What a Paybox (FreedomPay) body holds beside the receipt. */
export interface PayboxOptions {
  /**
   * `"payment"`: `pg_receipt` of `init_payment.php`; `"capture"`: of a partial capture, `do_capture.php`; `"refund"`:
   * of a partial refund, `revoke.php`; `"separate"`: a receipt by itself, `POST /v5/receipts`. Full captures, full
   * refunds and cancellations take no receipt: `payboxFlow` says what to send when.
   */
  form: PayboxForm;
  /** The shop's number at Paybox. */
  merchantId?: string | number | undefined;
  /** The payment that is captured or refunded, or that the separate receipt is of. */
  paymentId?: string | number | undefined;
  /** The refund or cancellation that the separate receipt of a return is of. */
  refundId?: string | number | undefined;
  /** Whether a separate receipt offsets an earlier prepayment. */
  offset?: boolean | undefined;
  /** The sum paid, captured or refunded: it has to be the receipt's total, and goes into the body. */
  amount?: Decimal | undefined;
  /** The language of losses. */
  lang?: Lang | undefined;
}

/** A request, and what of the receipt it could not carry. */
export interface Encoded {
  /** Below the provider's base address. */
  path: string;
  /** What to send. */
  body: Record<string, unknown>;
  /** What the provider's form has no place for. */
  losses: Issue[];
}

/** Puts a receipt into a provider's form. Runs no rules: only a receipt that cannot be read is a `ReceiptError`. */
export function encode(
  receipt: ReceiptInput | string | ArrayBufferView | ArrayBuffer,
  provider: "cloudkassir",
  options?: CloudKassirOptions,
): Encoded;
/**
 * The form of PayKeeper's `/change/receipt/print/`: every field a string, `cart` and `receipt_properties` JSON text. Its
 * `token` is the caller's to add.
 */
export function encode(
  receipt: ReceiptInput | string | ArrayBufferView | ArrayBuffer,
  provider: "paykeeper",
  options?: PayKeeperOptions,
): Encoded & { body: Record<string, string> };
/**
 * A Paybox request: `pg_receipt` within a payment, or the body of `v5/receipts`. Paybox has published no names for VAT of
 * 5, 7 and 22%, and makes no receipts of expense, correction or cash: these are a `ReceiptError`, as is a sum that is not
 * price x quantity.
 */
export function encode(
  receipt: ReceiptInput | string | ArrayBufferView | ArrayBuffer,
  provider: "paybox",
  options: PayboxOptions,
): Encoded;

/** What a provider's body says. */
export interface Decoded {
  /** As much of a receipt as there is; of a list, the first. */
  receipt: Partial<Receipt>;
  /** All receipts, where the payload is a list. */
  receipts?: Partial<Receipt>[];
  /** What stands around each of them. */
  envelopes?: Record<string, unknown>[];
  /** What stands around the receipt: numbers of order and document, status, error. */
  envelope: Record<string, unknown>;
  /** What the model has no place for. */
  extra: { path: (string | number)[]; value: unknown }[];
  /** What was odd. */
  issues: Issue[];
}

/**
 * Reads a provider's body, answer or export: an object, JSON text or its UTF-8 bytes.
 *
 * `"fns"`: a receipt as the tax service (FNS) and the operators of fiscal data (OFD) export it in JSON, in any of its
 * dialects since 2018, wrapped (`ticket.document.receipt`, `data.json`) or not, or a list of such. The envelope has
 * `code` (the kind of document: 3, 4, 31, 41), `vat` (the document's VAT sums as `{ vat, sum }[]`; of `vat0` and `none`
 * they are turnovers) and `vatMethod`, which way of rounding gives those sums: `"byLines"`, `"bySum"`, `"both"`,
 * `"neither"`, or `"mixed"` where rates differ in it.
 *
 * `"tlv"`: the bytes of a fiscal document, or of the tags in it; a string is their hex or base64. `extra` then has the tags
 * that the receipt would not become again: unknown ones, the register's own, sums that it worked out otherwise.
 *
 * `"qr"`: the text of a receipt's QR code, alone or in an address: operation and fiscal marks, as far as they can be read.
 */
export function decode(
  payload: unknown,
  from: "cloudkassir" | "fns" | "tlv" | "qr",
  options?: { ffd?: Ffd | undefined; version?: CloudKassirVersion | undefined; lang?: Lang | undefined },
): Decoded;
/** The same of Paybox: JSON, XML and form text; requests, receipts, answers and notifications. */
export function decode(
  payload: unknown,
  from: "paybox",
  options?: { ffd?: Ffd | undefined; lang?: Lang | undefined },
): Decoded;
/**
 * The same of PayKeeper: form text as well; counts stand in `envelope.counts`, an empty answer is an empty receipt.
 * `envelope.final` says whether the status stays, `envelope.receiptPage` where the buyer sees the receipt.
 */
export function decode(
  payload: unknown,
  from: "paykeeper",
  options?: { ffd?: Ffd | undefined; lang?: Lang | undefined },
): Decoded;

/** What a provider is asked: GET of the path with the query behind a `?`. */
export interface PayKeeperRequest {
  /** Below the server's address. */
  path: string;
  /** Without its `?`. */
  query: string;
}

/** Receipts of a period, with their counts (8.1). The document requires `receiptType` and `sumType`. */
export interface PayKeeperByDate {
  /** YYYY-MM-DD. */
  start?: string;
  /** YYYY-MM-DD. */
  end?: string;
  status?: PayKeeperStatus | readonly PayKeeperStatus[];
  receiptType: PayKeeperReceiptType | readonly PayKeeperReceiptType[];
  sumType: PayKeeperSumType | readonly PayKeeperSumType[];
  /** Default `"request_datetime"`. */
  sort?: "payment_id" | "refund_id" | "request_datetime" | "obtain_datetime" | "status";
  /** Default `"DESC"`. */
  direction?: "ASC" | "DESC";
  /** How many to pass over. Default 0. */
  from?: number;
  /** How many to return. Default 10. */
  limit?: number;
}

/** What became of a receipt; `explain("paykeeper", status)` says more. */
export type PayKeeperStatus = "created" | "sending" | "rejected" | "request_sent" | "success" | "timeout" | "failed";
export type PayKeeperReceiptType = "sale" | "refund" | "correction";
export type PayKeeperSumType = "sum_cashless" | "sum_cash" | "sum_advance" | "sum_credit";

/**
 * The request that asks PayKeeper for receipts, named as the document's paths are; what cannot be asked is a `ChekError`
 * with code `bad_argument`. The answers are read by `decode(answer, "paykeeper")`.
 */
export function payKeeperQuery(kind: "bydate", params: PayKeeperByDate): PayKeeperRequest;
/** Counts of a period, YYYY-MM-DD (8.2). */
export function payKeeperQuery(kind: "bydatecount", params: { start: string; end: string }): PayKeeperRequest;
/** Receipts of a payment (8.3). */
export function payKeeperQuery(kind: "bypaymentid", params: { paymentId: string | number }): PayKeeperRequest;
/** One receipt (8.4). */
export function payKeeperQuery(kind: "byid", params: { id: string | number }): PayKeeperRequest;
/** Receipts whose id, payment or contact has the text in it (8.5). */
export function payKeeperQuery(
  kind: "search",
  params: { start: string; end: string; query: string | number },
): PayKeeperRequest;
/** The page that shows the receipt to the buyer (8.4). */
export function payKeeperQuery(
  kind: "page",
  params: { receiptKey: string; id: string | number },
): PayKeeperRequest;

/** The lists of codes that providers have; each numbers its own. */
export type CodeList =
  | "error"
  | "warning"
  | "receiptWarning"
  | "registerWarning"
  | "status"
  | "registerStatus"
  | "transactionStatus"
  | (string & {});

/** What a provider's code means. */
export interface Explanation {
  code: number | string;
  list: CodeList;
  /** What the provider says it means. */
  message: string;
  /**
   * Where something has to change: in what was sent, at the cash register, in the account with the provider; or
   * nowhere, as it passes or all is well.
   */
  kind: "data" | "register" | "account" | "temporary";
  /** Whether a program may send the same again by itself. */
  retry: boolean;
  /** Of a status: whether it stays. */
  final?: boolean;
  /** What to do. */
  hint: string;
}

/**
 * Explains a code or a status; null where the provider's documents do not have it. A number is of `list`, by default
 * `"error"` (CloudKassir's error 2 is not its warning 2); a word is looked for in every list unless one is named.
 */
export function explain(
  provider: Provider,
  code: number | string,
  options?: { list?: CodeList | undefined; lang?: Lang | undefined },
): Explanation | null;

/** `Headers`, `FormData`, `URLSearchParams`, `Map`: whatever has pairs of names and values. */
export interface Pairs {
  entries(): Iterable<readonly [string, unknown]>;
}
/** Headers as `Headers`, an object (Node's has lists for repeated ones), or anything with `entries()`. */
export type HeaderFields = Record<string, string | readonly string[] | undefined> | Pairs;

/** A body as it came: its text or its bytes. */
export type RawBody = string | ArrayBufferView | ArrayBuffer;
/** A body as it came, or its fields: an object, `FormData`, `URLSearchParams`. */
export type FormBody = RawBody | Record<string, unknown> | Pairs;
/** The query of a GET, with or without its `?`; or `URLSearchParams`. */
export type RawQuery = string | Pairs;

/**
 * Whether a notification is CloudKassir's own: `X-Content-HMAC` or `Content-HMAC` is there and right. Wants the body as it
 * came; one that a framework has parsed is a `ChekError` with code `bad_argument`, as is an empty secret. What takes
 * time does not depend on the signature.
 */
export function verifyNotification(
  provider: "cloudkassir",
  delivery: {
    body?: RawBody | null | undefined;
    query?: RawQuery | null | undefined;
    headers: HeaderFields;
    /** The API Secret of the account. */
    secret: string;
    contentType?: string | null | undefined;
  },
): boolean;
/** Whether a callback is PayKeeper's own: `sign` is right. */
export function verifyNotification(
  provider: "paykeeper",
  delivery: {
    body: FormBody;
    /** The secret word of POST notifications. */
    secret: string;
  },
): boolean;
/** Whether the `pg_sig` of a Paybox notification, answer or request is right. */
export function verifyNotification(provider: "paybox", delivery: PayboxDelivery): boolean;

/** Of whichever provider: with all that any of them wants. */
export function verifyNotification(
  provider: Provider,
  delivery: {
    body?: RawBody | null | undefined;
    query?: RawQuery | null | undefined;
    contentType?: string | null | undefined;
    headers: HeaderFields;
    script: string;
    secret: string;
  },
): boolean;

/** A message from or to Paybox, and what it is signed with. */
export interface PayboxDelivery {
  /** As it came (form, XML or JSON), or its fields. */
  body?: FormBody | null | undefined;
  /** The query of a GET, where there is no body. */
  query?: RawQuery | null | undefined;
  /** The script that is called, or its whole address: `init_payment.php`, the last part of your Result URL. */
  script: string;
  /** The secret key of the shop. */
  secret: string;
}

/** The headers that CloudKassir would send: for tests, and for whoever passes notifications on. */
export function sign(
  provider: "cloudkassir",
  delivery: {
    body?: RawBody | null | undefined;
    query?: RawQuery | null | undefined;
    secret: string;
    contentType?: string | null | undefined;
  },
): { "Content-HMAC": string; "X-Content-HMAC": string };
/** The `sign` that PayKeeper would send. A `sign` among the fields is passed over. */
export function sign(provider: "paykeeper", delivery: { body: FormBody; secret: string }): string;
/** The `pg_sig` of a message: md5 over script;values;secret, nested values flattened. A `pg_sig` in it is passed over. */
export function sign(provider: "paybox", delivery: PayboxDelivery): string;

/** What a notification says. */
export interface ProviderNotification {
  /**
   * - `"receipt"`;
   * - `"kkt"`: CloudKassir's, about a register; its documents do not print it, so all it has stands in `extra`;
   * - `"payment"`, `"refund"`: Paybox's; `"check"`: its question whether an order may be paid.
   */
  kind: "receipt" | "kkt" | "payment" | "refund" | "check" | "unknown";
  /** The provider's id of the receipt, payment or refund. */
  id: string | null;
  /** The status of the receipt; of a Paybox payment `"ok"` or `"failed"`. */
  status?: string;
  /**
   * The same for every delivery of one notification, and for no other, nor for one of the same receipt that can be read
   * where this one cannot.
   */
  dedupeKey: string;
  /** What stands around the receipt: order, payment, error. CloudKassir's `dateTime` there is UTC. */
  envelope: Record<string, unknown>;
  /** The receipt; `fiscal.dateTime` is the register's own clock. */
  receipt: Partial<Receipt>;
  /** What neither has a place for. */
  extra: { path: (string | number)[]; value: unknown }[];
  /** What was odd, or kept it from being read. */
  issues: Issue[];
}

/** Reads a notification, whatever came; see first that it is authentic. */
export function parseNotification(
  provider: Provider,
  delivery: {
    body?: FormBody | null | undefined;
    query?: RawQuery | null | undefined;
    /** Tells JSON from a form; without it the first character does. */
    contentType?: string | null | undefined;
    /** Not looked at. */
    headers?: HeaderFields | undefined;
    /** Not looked at. */
    script?: string | undefined;
    /** The language of issues. */
    lang?: Lang | undefined;
  },
): ProviderNotification;

/** The answer that says "received": anything else makes CloudKassir send the notification again. */
export function notificationReply(
  provider: "cloudkassir" | "paykeeper",
  options?: { script?: string | undefined; secret?: string | undefined },
): NotificationReply;
/** The answer that Paybox waits for: signed XML. */
export function notificationReply(
  provider: "paybox",
  options: {
    /** The script that Paybox called: the last part of your address, or all of it. */
    script: string;
    /** The secret key of the shop. */
    secret: string;
    /** `"rejected"` has a payment taken back, where `pg_can_reject` is 1. Default `"ok"`. */
    status?: "ok" | "rejected" | "error" | undefined;
    /** Why; of a rejected payment the buyer sees it. */
    description?: string | undefined;
    /** Random characters; default: sixteen of `crypto.getRandomValues`. */
    salt?: string | undefined;
  },
): NotificationReply;

/** Of whichever provider: with all that Paybox wants, of which the others use nothing. */
export function notificationReply(
  provider: Provider,
  options: { script: string; secret: string; status?: "ok" | "rejected" | "error" | undefined },
): NotificationReply;

/** What to answer. */
export interface NotificationReply {
  /** The HTTP status. */
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The networks that notifications come from, as the provider publishes them; empty where it publishes none. */
export function notificationSources(provider: Provider): string[];

/** What happens to a Paybox payment: of two stages it is `twoStage`, then a capture or `cancel`. */
export type PayboxScenario =
  | "oneStage"
  | "twoStage"
  | "fullCapture"
  | "partialCapture"
  | "cancel"
  | "fullRefund"
  | "partialRefund"
  | "refundAfterPartialCapture"
  | "offset";

/** One request of a scenario. */
export interface PayboxStep {
  /** Below the provider's base address. */
  path: string;
  /** The form of the receipt that goes along; null: none may be sent. */
  receipt: PayboxForm | null;
  /** What that receipt is. */
  operation?: Receipt["operation"];
  /** Whether it is sent with `offset: true`. */
  offset?: true;
  /** A field of the request and its value: the name of a field that an earlier answer had, or a number. */
  set?: Record<string, string>;
  /** The field of the answer that a later step needs. */
  keep?: string;
  /** The field of the answer and what it has to be before you go on; ask again until then. */
  until?: Record<string, string>;
  /** What it is for. */
  note: string;
}

/** What to send to Paybox, in order, and where no receipt goes. */
export function payboxFlow(
  scenario: PayboxScenario,
  options: {
    /** How the shop's receipts are set up at Paybox: within the payment, or separately. */
    mode: "withPayment" | "separately";
    /** The language of notes. */
    lang?: Lang | undefined;
  },
): PayboxStep[];

/** One difference between the receipt that was sent and the one that became fiscal. */
export interface Difference {
  /**
   * - `"changed"`: both have it, with different values;
   * - `"missing"`: sent, and not in the fiscal receipt;
   * - `"unexpected"`: in the fiscal receipt, not sent, and nothing that a register adds;
   * - `"added"`: the register or the provider adds it: fiscal marks, shop, cashier, place, version of the format;
   * - `"rounded"`: the kopecks of the total were dropped, as the law allows;
   * - `"reworded"`: another word for the same value: a calculated VAT rate for the plain one.
   */
  kind: "changed" | "missing" | "unexpected" | "added" | "rounded" | "reworded";
  /**
   * `"error"` for what was sold, its sums, rates, signs, agents and marks, and how it was paid; `"warning"` for words,
   * buyer and place; `"info"` for what is as it should be.
   */
  severity: Severity | "info";
  /** Where in the receipt that was sent; where only the fiscal one has it, there. */
  path: (string | number)[];
  /** Where in the fiscal receipt, if that is another place: lines have moved. */
  fiscalPath?: (string | number)[];
  /** The FFD tag it is about. */
  tag?: number;
  /** What was sent: sums and quantities as text, terms by name; a line as a whole where it is missing. */
  sent?: unknown;
  /** What the fiscal receipt has, likewise. */
  fiscal?: unknown;
  /** What differs, in words. */
  message: string;
}

/**
 * Compares the receipt that was sent with the one that became fiscal (`decode(payload, "fns").receipt`, or a provider's
 * answer): every difference, in the model's order, none where they say the same. Values are compared, not wording: a
 * phone with or without its plus, an INN with spaces behind it, characters that registers cannot hold. What was left
 * out of `sent` counts as its default. Lines are matched by what they say, so that one more or less does not make all
 * others differ. A receipt that cannot be read is a `ReceiptError`, whose paths begin with `"sent"` or `"fiscal"`.
 */
export function diffReceipts(
  sent: ReceiptInput | string | ArrayBufferView | ArrayBuffer,
  fiscal: Partial<ReceiptInput> | string | ArrayBufferView | ArrayBuffer,
  options?: { lang?: Lang | undefined },
): Difference[];

/** A tag of a fiscal document. */
export interface TagNode {
  tag: number;
  /** What the format calls it; of an unknown tag its number. */
  name: string;
  /**
   * As the document has it: kopecks, codes, bits and seconds (of the register's own clock) as numbers, texts without
   * padding; bytes, and values of unknown tags, in hex, `0x` before it where the tag holds no bytes; a number beyond 15
   * digits as text. null: it holds `children`.
   */
  value: number | string | null;
  /** What it says, for people: `"100.00"`, `"НДС 22%"`, `"2026-01-05 12:30:00"`; empty where it holds `children`. */
  text: string;
  /** The tags within (STLV). */
  children?: TagNode[];
}

/** A tag to be encoded: name and text need not be there. */
export interface TagInput {
  tag: number;
  /** As in `TagNode`; a fiscal sign (1077) also as it is printed. */
  value?: number | string | boolean | null | undefined;
  children?: readonly TagInput[] | undefined;
}

/**
 * What the fiscal document of a receipt holds, in the order of the format's tables, the sums that are worked out among
 * it. What the register adds (its numbers, clock and fiscal sign) is there when the receipt has `fiscal`. Tags that are
 * only printed (1196) are not. Where both an e-mail and a phone are given, 1008 is the e-mail. Runs no rules: only a
 * receipt that cannot be read is a `ReceiptError`.
 */
export function receiptTags(
  receipt: ReceiptInput | string | ArrayBufferView | ArrayBuffer,
  options?: { lang?: Lang | undefined },
): TagNode[];

/** A correction as CloudKassir has it: the documents' answer does not say when it was printed. */
export interface FiscalCorrection extends Omit<Receipt, "fiscal"> {
  fiscal: Omit<Fiscal, "dateTime"> & Partial<Pick<Fiscal, "dateTime">>;
}

/** How a receipt is shown. */
export interface PreviewOptions {
  /**
   * `"text"`: lines as a register prints them. `"svg"`: a picture of the slip, a document of its own that may also stand
   * in a page. `"html"`: an `article` to be put into a page, with a style sheet that reaches nothing else.
   */
  as: "text" | "svg" | "html";
  /** Characters a line of text and SVG: 32 for paper of 58 mm, 42 (default) and 48 for 80 mm. */
  width?: 32 | 42 | 48 | undefined;
  /** The language of labels and of the words of codes. Default Russian. */
  lang?: Lang | undefined;
  /** Colours of SVG and HTML; `"auto"` follows the reader's own. Default light. */
  theme?: "light" | "dark" | "auto" | undefined;
}

/**
 * A receipt as people see it: what its register prints, in that order, or is to print. Without `fiscal` it says across
 * itself that it is not fiscal; with it, it has the marks and the QR code. SVG and HTML are safe to insert in a page
 * whatever the names contain. Runs no rules: only a receipt that cannot be read is a `ReceiptError`.
 */
export function preview(
  receipt: ReceiptInput | FiscalCorrection | string | ArrayBufferView | ArrayBuffer,
  options: PreviewOptions,
): string;

/**
 * The bytes (TLV) of tags, or of a receipt's. A text that CP866 cannot hold, or a value that its tag has no room for, is
 * a `ChekError` with code `bad_argument`.
 */
export function encodeTlv(
  input: readonly TagInput[] | ReceiptInput | string | ArrayBufferView | ArrayBuffer,
): Uint8Array<ArrayBuffer>;

/**
 * The tags of bytes, as registers really write them; a string is their hex or base64. Unknown tags stay, in hex. Bytes
 * that are no tags (a length that lies, nesting beyond 16 levels, more than 1 MiB) are a `ChekError` with code
 * `bad_argument`.
 */
export function decodeTlv(
  bytes: ArrayBufferView | ArrayBuffer | string,
  options?: { lang?: Lang | undefined },
): TagNode[];

/** A tag of the dictionary. */
export interface TagInfo {
  /** Its number; up to 84 a form of document: 3 is a receipt. */
  tag: number;
  name: { ru: string; en: string };
  /** Its name in the JSON of the tax service (that of 1174 begins with a Cyrillic letter); null where it has none. */
  key: string | null;
  type:
    | "string"
    | "bytes"
    | "byte"
    | "bool"
    | "bits"
    | "uint16"
    | "uint32"
    | "unixtime"
    | "VLN"
    | "FVLN"
    | "STLV";
  /** How many bytes its value has, or may have; null where it is not known. */
  length: number | null;
  /** Whether it always has as many. */
  fixed: boolean;
  /** The documents and tags that it stands in. */
  parents: number[];
  /** The versions that have it. */
  ffd: Ffd[];
  /** Whether it can stand more than once in one place. */
  repeats: boolean;
  /** The first day of its present meaning. */
  since?: string;
  /** Whether it has to be in the document that was asked for. */
  requirement?: "required" | "conditional" | "optional";
}

/** A tag by its number; null where FFD 1.05 to 1.2 have no such tag. */
export function tag(number: number): TagInfo | null;

/** The forms of fiscal documents by name. */
export type FiscalDocument =
  | "receipt"
  | "bso"
  | "correction"
  | "correctionBso"
  | "registration"
  | "registrationChange"
  | "shiftOpening"
  | "state"
  | "shiftClosing"
  | "storageClosing"
  | "confirmation"
  | "markRequest"
  | "markNotification"
  | "markResponse"
  | "markAcknowledgement";

/**
 * The tags of a version and of a document (its name, or its number: 3, 31), or of all. Those of a document come in its
 * order, each before what stands in it, with `requirement`; where no version is given, by the newest that has it there.
 */
export function tags(options?: {
  ffd?: Ffd | undefined;
  document?: FiscalDocument | number | undefined;
}): TagInfo[];

/**
 * What kind of marking code: GS1 with a serial (tag 1305) or without (1304), the short code of tobacco packs (1306), furs
 * (1307), strip stamps of EGAIS 2.0 and 3.0 (1308, 1309), bar codes (1301..1303), or none that is known (1300).
 */
export type MarkKind =
  | "gs1m"
  | "gs1"
  | "short"
  | "fur"
  | "egais2"
  | "egais3"
  | "ean8"
  | "ean13"
  | "itf14"
  | "unknown";

/** What a scan says. */
export interface ParsedMark {
  /** The product's number, all its digits: 14, of EAN-13 13, of EAN-8 8. */
  gtin: string | null;
  /** The number of the single thing; of furs and strip stamps, what stands of the code in tag 1163. */
  serial: string | null;
  /** The fields of a GS1 code: application identifier (`"01"`, `"21"`, `"91"`, `"8005"`) and value. */
  ai: Record<string, string>;
  kind: MarkKind;
  /**
   * What is odd: `mark_separator` where group separators were lost (with `params.places` where they are put back),
   * `mark_invalid` for a wrong check digit of the product's number (a warning), foreign characters, unknown fields.
   */
  issues: Issue[];
  /** Tag 1162 (FFD 1.05 and 1.1): two bytes for the kind, six for the product, the serial; in hex. */
  tag1162Hex: string;
  /** What stands in tag 1163 (FFD 1.2): one of the tags 1300..1309, and its value. */
  tag1163: { tag: number; value: string };
  /**
   * The code as registers want it (tag 2000, CloudKassir's RawMarkCode), to be given as `mark.code`: without the
   * scanner's prefix, with lost separators put back where only one place can be theirs.
   */
  raw: string;
}

/**
 * Takes a marking code apart: the scan as it came, with or without the scanner's prefix (`]d2`), with group separators
 * (U+001D), without them, or with what programs print for them (`␝`, `<GS>`, brackets around identifiers). Any text is
 * answered; what is not right about it stands in `issues`.
 *
 * @throws {ChekError} `bad_argument` where it is no string.
 */
export function parseMark(text: string, options?: { lang?: Lang | null | undefined } | null): ParsedMark;

/** The fields of a receipt's QR code as they stand. */
export interface QrFields {
  /** Time, `YYYYMMDDTHHMM` or with seconds. */
  t: string;
  /** Total. */
  s: string;
  /** Number of the fiscal storage. */
  fn: string;
  /** Number of the fiscal document. */
  i: string;
  /** Fiscal sign. */
  fp: string;
  /** Sign of settlement, 1..4. */
  n: string;
}

/** What a receipt's QR code says. */
export interface ParsedQr extends QrFields {
  /** The register's wall clock, `YYYY-MM-DDTHH:MM:SS`. */
  dateTime: string;
  total: Money;
  operation: Operation;
}

/**
 * Reads the text of a receipt's QR code: its fields in any order and case, alone or in the address of a page.
 * `decode(text, "qr")` makes a receipt of it, and of what can be read where something is wrong.
 *
 * @throws {ReceiptError} with everything that is missing or malformed, at the paths `["t"]`, `["s"]`, `["fn"]`..
 */
export function parseQr(text: string, options?: { lang?: Lang | null | undefined } | null): ParsedQr;

/** The parts of a QR code by their names in the model. */
export interface QrParts {
  /** Without seconds, so is `t`. */
  dateTime: string;
  total: Decimal;
  fn: string;
  fd: string | number;
  fp: string | number;
  operation: Operation;
}

/**
 * Writes the text of a receipt's QR code, `t=20181205T185000&s=99.00&fn=..&i=..&fp=..&n=1`: of what `parseQr` says (of two
 * names for one part that of the code counts), of its parts, or of a fiscal receipt.
 *
 * @throws {ReceiptError} with the parts that are missing or that no code can hold.
 */
export function formatQr(
  parts: QrFields | QrParts | { operation: Operation; fiscal: Omit<QrParts, "operation"> },
): string;

/** How a QR code is drawn. */
export interface QrSvgOptions {
  /** Width and height in pixels; without it, as large as what it stands in. */
  size?: number | null | undefined;
  /** The quiet zone around it, in modules. Default: 4, the standard's. */
  margin?: number | null | undefined;
  /** How much of it may be lost: 7, 15, 25 or 30 percent. More, where that makes it no larger. Default: M. */
  ecc?: "L" | "M" | "Q" | "H" | null | undefined;
  /** Of the modules: a colour of CSS, `currentColor` among them. Default: `#000`. */
  color?: string | null | undefined;
  /** Behind them; `none` leaves it clear. Default: `#fff`. */
  background?: string | null | undefined;
  /** What it is, for those who do not see it; without it the picture is hidden from them. */
  title?: string | null | undefined;
}

/**
 * Draws any text as a QR code: an SVG element, its modules one path on edges of pixels. Nothing in it can run, whatever
 * text and title hold.
 *
 * @throws {ChekError} `bad_argument` for a text longer than a code holds, and for options that are none.
 */
export function qrSvg(text: string, options?: QrSvgOptions | null): string;

/** A word of one of the closed lists. */
export interface VocabularyRow {
  /** The word in this library. */
  name: string;
  /** The value in the fiscal document; null where there is none. */
  code: number | string | null;
  ru: string;
  en: string;
  /** The first day in force. */
  since?: string;
  /** The last day in force. */
  until?: string;
  /** The versions that know it; absent: all. */
  ffd?: Ffd[];
  /** What CloudKassir calls it. */
  cloudkassir?: number | string | null;
  /** What Paybox calls it. */
  paybox?: number | string;
  /** What PayKeeper calls it. */
  paykeeper?: number | string;
}

/** A closed list of the fiscal format; an unknown one is a `ChekError` with code `bad_argument`. */
export function vocabulary(list: string): VocabularyRow[];

/** The names that `vocabulary` takes. */
export function vocabularyLists(): string[];

/** A kind of finding. */
export interface IssueCodeRow {
  code: IssueCode;
  severity: Severity;
  /** About the shape: its severity stays, whatever the options say. */
  fixed: boolean;
  ru: string;
  en: string;
  /** Where the rule comes from. */
  source: string;
}

/** Every code a finding can have. */
export function issueCodes(): IssueCodeRow[];

/** Whether a text is an INN with right check digits, and whose. */
export function inn(text: string): { valid: boolean; kind: "organization" | "person" | null };

/** What was given is wrong. */
export class ReceiptError extends Error {
  constructor(issues: Issue[], omitted?: number);
  /** Every finding. */
  issues: Issue[];
}

/** Anything else that a call can end in. */
export class ChekError extends Error {
  constructor(code: string, message: string, options?: ErrorOptions);
  /**
   * `bad_argument`, `not_started` (no WebAssembly) or `bug`; of a call of a provider (`chek54/client`) one of
   * {@link ExchangeErrorCode}, with what stands below.
   */
  code: string;
  /** Whom was called. */
  provider?: Provider;
  /** Which method: `createReceipt`. */
  method?: string;
  /** The last HTTP status. */
  status?: number;
  /** The request id that was sent; PayKeeper's receipt key. */
  requestId?: string;
  /** The provider's own code: `explain` knows it. */
  providerCode?: string;
  /** The provider's own words. */
  providerMessage?: string;
  /** Whether the same call may end otherwise; of `unknown_outcome`: whether making it again under the same id is safe. */
  retryable?: boolean;
  /** Of `unknown_outcome`, what the last failure was. */
  reason?: ExchangeErrorCode;
  /** Of `unknown_outcome`, what settles it. */
  next?: ExchangeNext;
}

/**
 * How a call of a provider can end:
 * - `rejected`: the provider refused, nothing was carried out;
 * - `auth`: the credentials are wrong or missing;
 * - `rate_limited`: too many requests, the attempts are spent or the pause asked for is over five minutes;
 * - `server`, `network`, `timeout`: nothing was carried out, the attempts or the time are spent;
 * - `aborted`: the signal, before anything was sent that could have been carried out;
 * - `unknown_outcome`: it may have been carried out or not: `next` says what settles it;
 * - `bad_answer`: the answer cannot be read, or is a redirect.
 */
export type ExchangeErrorCode =
  | "rejected"
  | "auth"
  | "rate_limited"
  | "server"
  | "network"
  | "timeout"
  | "aborted"
  | "unknown_outcome"
  | "bad_answer";

/** What settles an outcome that is not known; `message` says it for people. */
export type ExchangeNext = { message: string } & (
  | {
      /** Make the same call with `{ requestId, until }` before that time (RFC 3339): the answer is the first one's. */
      kind: "sameRequest";
      requestId: string;
      until: string;
      invoiceId?: string;
    }
  | { /** Await the notification of this order, or look into the account. */ kind: "notification"; invoiceId?: string; requestId?: string }
  | { /** Look into the account: of corrections there are no notifications. */ kind: "account"; invoiceId?: string; requestId?: string }
  | { /** Ask for the register's state. */ kind: "registerState"; deviceNumber: string; fiscalNumber: string }
  | {
      /** Look for the receipt of this key among those of the days given, or of the payment. */
      kind: "receiptKey";
      receiptKey: string;
      paymentId?: string;
      start: string;
      end: string;
    }
  | { /** Ask for the payment's status. */ kind: "paymentStatus"; paymentId?: string; orderId?: string }
  | { /** Look at the receipts of the payment or refund. */ kind: "paymentReceipts"; paymentId?: string; refundId?: string }
  | { /** Ask for the receipt's status again later. */ kind: "receiptStatus"; id: string }
);

/** A call of a provider, as {@link exchange} begins it. `chek54/client` makes these. */
export interface ExchangeCall {
  provider: Provider;
  /** As the methods of `chek54/client` are named: `createReceipt`, `receiptsByDate`. */
  method: string;
  arguments?: object;
  /** The receipt, checked; with the options of `encode` for it. */
  receipt?: ReceiptInput | string;
  encode?: object;
  invoiceId?: string;
  part?: string;
  requestId?: string;
  /** Until when the request id is known to be good, where the call was made before: `next.until`. */
  until?: string;
  timeoutMs?: number;
  deadlineMs?: number;
  maxRetries?: number;
  lang?: Lang;
}

/** Who calls. Given at every step, and in none of the texts and values that come back. */
export interface ExchangeAccount {
  provider: Provider;
  login?: string;
  secret?: string;
  /** PayKeeper has no default. */
  baseUrl?: string;
  inn?: string;
  jws?: string;
}

/** What happened: the beginning, an answer, a failure, the end of a pause, the caller's giving up. */
export type ExchangeEvent =
  | { kind: "start" | "waited" | "aborted" | "network" | "timeout" }
  | { /** The time of the whole was over before the step was begun. */ kind: "expired" }
  | { /** Nothing was sent, certainly. */ kind: "refused" }
  | { kind: "answered"; status: number; body: string; retryAfter?: string | null };

/** What there is to do. */
export interface ExchangeStep {
  /** What to give to the next step; as it stands after the first `send`, a call goes on from it after a crash. */
  state: string;
  requestId?: string;
  /** How many milliseconds the whole may still take; absent where nothing limits it. */
  left?: number;
  step:
    | { send: { method: "GET" | "POST"; url: string; headers: Record<string, string>; body?: string; timeout: number } }
    | { wait: { ms: number; retry?: { attempt: number; code: ExchangeErrorCode }; status?: any } }
    | { done: any }
    | { failed: { code: ExchangeErrorCode; message: string; [field: string]: any } };
}

/**
 * One step of a call of a provider, without I/O: what `chek54/client` is a loop around, for who wants another loop (a queue
 * of jobs, an HTTP library of one's own, a simulated clock). Begin with `{ call }` and `{ kind: "start" }`; then give
 * back the state and what happened, until there is `done` or `failed`. `send` wants no redirects followed and the body
 * read within `timeout` milliseconds.
 *
 * The clock and the random bytes are the host's, unless given: `now` in milliseconds since 1970, `random` as 32 hex digits.
 *
 * @throws {ReceiptError} the receipt cannot be put into the provider's form
 * @throws {ChekError} `bad_argument`: no such method or argument, a text that is no state
 */
export function exchange(
  state: { call: ExchangeCall } | string,
  account: ExchangeAccount,
  event: ExchangeEvent,
  chance?: { now?: number; random?: string },
): ExchangeStep;
