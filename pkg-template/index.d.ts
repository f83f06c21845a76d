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
 * Reads a provider's body, answer or export: an object, JSON text or its UTF-8 bytes. `"tlv"`: the bytes of a fiscal
 * document, or of the tags in it; a string is their hex or base64. `extra` then has the tags that the receipt would not
 * become again: unknown ones, the register's own, sums that it worked out otherwise.
 */
export function decode(
  payload: unknown,
  from: "cloudkassir" | "tlv",
  options?: { ffd?: Ffd | undefined; version?: CloudKassirVersion | undefined; lang?: Lang | undefined },
): Decoded;

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
