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
 */
export function decode(
  payload: unknown,
  from: "cloudkassir" | "fns",
  options?: { ffd?: Ffd | undefined; version?: CloudKassirVersion | undefined; lang?: Lang | undefined },
): Decoded;

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
