import type { CloudKassirVersion, Ffd, IssueCode, Lang, Payments, Provider, Receipt, Severity } from "./types.js";

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
 * The same for Paybox, which has published no names for VAT of 5, 7 and 22%, and makes no receipts of expense,
 * correction or cash: these are a `ReceiptError`, as is a sum that is not price x quantity.
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

/** Reads a provider's body, answer or export: an object, JSON text or its UTF-8 bytes. */
export function decode(
  payload: unknown,
  from: "cloudkassir",
  options?: { ffd?: Ffd | undefined; version?: CloudKassirVersion | undefined; lang?: Lang | undefined },
): Decoded;
/** The same of Paybox: JSON, XML and form text; requests, receipts, answers and notifications. */
export function decode(
  payload: unknown,
  from: "paybox",
  options?: { ffd?: Ffd | undefined; lang?: Lang | undefined },
): Decoded;

/** A message of Paybox's, and what it is signed with. */
export interface PayboxMessage {
  /** As it came (form, XML or JSON text, its bytes), or as an object. */
  body: unknown;
  /** The script that is called, or its whole address: `init_payment.php`, the last part of your Result URL. */
  script: string;
  /** The secret key of the shop. */
  secret: string;
}

/** The `pg_sig` of a message: md5 over script;values;secret, nested values flattened. */
export function sign(provider: "paybox", message: PayboxMessage): string;

/** Whether the `pg_sig` of a request, an answer or a notification is right; compared in constant time. */
export function verifyNotification(provider: "paybox", message: PayboxMessage): boolean;

/** What a provider told the shop by itself. */
export interface Notification extends Decoded {
  /** `"payment"`: a result; `"refund"`; `"receipt"`; `"check"`: may this order be paid? */
  kind: string;
  /** The provider's number of the payment, refund or receipt. */
  id: string | null;
  /** What became of it: of a payment `"ok"` or `"failed"`. */
  status?: string;
  /** The same for the same event, however often it is told. */
  dedupeKey: string;
}

/** Reads a notification. Verify it first. */
export function parseNotification(
  provider: "paybox",
  message: { body: unknown; contentType?: string | undefined; lang?: Lang | undefined },
): Notification;

/** What the shop is to answer. */
export interface NotificationReply {
  /** The HTTP status. */
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The answer that a provider waits for; Paybox's is signed XML. */
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

/**
 * What to send, in order, and where no receipt goes. `mode` is how the shop's receipts are set up at Paybox: within the
 * payment, or separately.
 */
export function payboxFlow(options: {
  scenario: PayboxScenario;
  mode: "withPayment" | "separately";
  /** The language of notes. */
  lang?: Lang | undefined;
}): PayboxStep[];

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
  /** `bad_argument`, `not_started` (no WebAssembly) or `bug`. */
  code: string;
}
