// types.d.ts

/**
 * Acting for somebody else, with the data that the kind of agent asks for. Tag 1223.
 */
export interface Agent {
    /**
     * What kind of agent. Tag 1222 at an item, 1057 for the receipt.
     */
    kind: AgentKind;
    /**
     * Operation of the bank paying agent, up to 24 characters. Tag 1044.
     */
    operation?: string;
    /**
     * Phones of the paying agent. Tag 1073.
     */
    phones?: string[];
    /**
     * Phones of the operator that receives payments. Tag 1074.
     */
    receiverPhones?: string[];
    /**
     * The operator that transfers the money.
     */
    transfer?: TransferOperator;
}

/**
 * What kind of agent sells, FFD tags 1057 (receipt) and 1222 (item). Order ЕД-7-20/662@. The code is the bit's
 * value, CloudKassir's number that of the bit.
 */
export type AgentKind = "bankPayingAgent" | "bankPayingSubagent" | "payingAgent" | "payingSubagent" | "attorney" | "commissionAgent" | "agent";

/**
 * Who rang it up.
 */
export interface Cashier {
    /**
     * Position and name, up to 64 characters. Tag 1021.
     */
    name?: string;
    /**
     * INN of the cashier. Tag 1203.
     */
    inn?: string;
}

/**
 * One cashless payment. Tag 1235, since 2025-09-01.
 */
export interface Cashless {
    /**
     * Its sum, roubles. Tag 1082.
     */
    amount: Money;
    /**
     * Sign of the way it was paid, 0..255. Tag 1236.
     */
    method: number;
    /**
     * Identifiers of the payment, up to 256 characters. Tag 1237.
     */
    id: string;
    /**
     * More about it, up to 256 characters. Tag 1238.
     */
    info?: string;
}

/**
 * A version of CloudKassir's documents. Where they disagree, each is followed as it is.
 */
export type CloudKassirVersion = "3.0" | "3.3.7" | "3.4.5";

/**
 * Why a receipt corrects: tags 1173 and 1174.
 */
export interface Correction {
    /**
     * On one's own, or by order of the tax authority. Tag 1173.
     */
    kind: CorrectionKind;
    /**
     * The day of the settlement that is corrected. Tag 1178.
     */
    date: string;
    /**
     * Number of the order, up to 32 characters. Required by order, and in FFD 1.05. Tag 1179.
     */
    number?: string;
    /**
     * The one VAT rate of a correction in FFD 1.05, which has no items. Tags 1102..1107.
     */
    vat?: Vat;
}

/**
 * Why a correction is made, FFD tag 1173. Order ЕД-7-20/662@. Paybox makes no corrections.
 */
export type CorrectionKind = "self" | "order";

/**
 * The buyer. Tag 1256 in FFD 1.2, single tags before.
 */
export interface Customer {
    /**
     * Where the receipt is sent to; up to 64 characters. Tag 1008.
     */
    email?: string;
    /**
     * Where a link to the receipt is sent to: `+79991234567`. Tag 1008.
     */
    phone?: string;
    /**
     * Organisation, or full name with the passport's series and number; up to 256 characters. Tag 1227.
     */
    name?: string;
    /**
     * INN of the buyer. Tag 1228.
     */
    inn?: string;
    /**
     * Date of birth. FFD 1.2. Tag 1243.
     */
    birthday?: string;
    /**
     * Citizenship, three digits of OKSM. FFD 1.2. Tag 1244.
     */
    citizenship?: string;
    /**
     * Kind of the identity document, two digits: `vocabulary("documentKind")`. FFD 1.2. Tag 1245.
     */
    documentKind?: string;
    /**
     * Series and number of the identity document, up to 64 characters. FFD 1.2. Tag 1246.
     */
    document?: string;
    /**
     * Address of the buyer, up to 256 characters. FFD 1.2. Tag 1254.
     */
    address?: string;
}

/**
 * The version of the fiscal document format, FFD tag 1209. Order ЕД-7-20/662@.
 */
export type Ffd = "1.05" | "1.1" | "1.2";

/**
 * What the register made of a receipt. Identifiers are texts: leading zeros stay.
 */
export interface Fiscal {
    /**
     * Number of the fiscal storage, 16 digits. Tag 1041.
     */
    fn: string;
    /**
     * Number of the fiscal document. Tag 1040.
     */
    fd: string;
    /**
     * Fiscal sign, up to ten digits. Tag 1077.
     */
    fp: string;
    /**
     * Registration number of the register. Tag 1037.
     */
    rnm?: string;
    /**
     * Factory number of the register. Tag 1013.
     */
    serial?: string;
    /**
     * Number of the shift. Tag 1038.
     */
    shift?: number;
    /**
     * Number of the receipt in the shift. Tag 1042.
     */
    number?: number;
    /**
     * The register's wall clock, YYYY-MM-DDTHH:MM:SS. Tag 1012.
     */
    dateTime: string;
    /**
     * Total of the receipt, roubles. Tag 1020.
     */
    total: Money;
    /**
     * Name of the fiscal data operator. Tag 1046.
     */
    ofd?: string;
    /**
     * Where a copy of the receipt is shown.
     */
    url?: string;
    /**
     * Text of the QR code: `t=..&s=..&fn=..&i=..&fp=..&n=..`. Tag 1196.
     */
    qr?: string;
    /**
     * The provider's id of the receipt.
     */
    id?: string;
}

/**
 * Industry requisite. FFD 1.2. Tag 1260 at an item, 1261 for the receipt.
 */
export interface IndustryRequisite {
    /**
     * The federal body, `001`..`072`: `vocabulary("industryBody")`. Tag 1262.
     */
    code: string;
    /**
     * Date of its document: YYYY-MM-DD or DD.MM.YYYY. Tag 1263.
     */
    documentDate: string;
    /**
     * Number of its document, up to 32 characters. Tag 1264.
     */
    documentNumber: string;
    /**
     * The value that the document asks for, up to 256 characters. Tag 1265.
     */
    value: string;
}

/**
 * What a text says as an INN.
 */
export interface Inn {
    /**
     * Right length, digits only, check digits agree, not all zeros.
     */
    valid: boolean;
    /**
     * By the length; `null` where the text cannot be an INN at all.
     */
    kind: InnKind | null;
}

/**
 * Whose number it is, by its length.
 */
export type InnKind = "organization" | "person";

/**
 * What kind of finding.
 */
export type IssueCode = "invalid_json" | "invalid_xml" | "too_large" | "too_deep" | "invalid_option" | "required" | "invalid_type" | "invalid_value" | "invalid_scale" | "unknown_field" | "duplicate_field" | "out_of_range" | "too_long" | "empty_text" | "invalid_format" | "invalid_checksum" | "not_encodable" | "amount_mismatch" | "amount_inexact" | "payments_mismatch" | "cashless_mismatch" | "total_not_positive" | "total_rounded_down" | "vat_not_in_force" | "vat_not_calculated" | "taxation_not_in_force" | "not_in_ffd" | "unsupported_by_provider" | "unpublished_name" | "too_many_items" | "value_truncated" | "agent_data_required" | "supplier_required" | "mark_required" | "mark_unexpected" | "mark_invalid" | "duplicate_mark" | "contact_required" | "site_required" | "unit_required" | "unit_mismatch";

/**
 * One line of a receipt. Tag 1059.
 */
export interface Item {
    /**
     * What is sold, up to 128 characters. Tag 1030.
     */
    name: string;
    /**
     * Price of one after discounts, roubles, at most two decimals. Tag 1079.
     */
    price: Money;
    /**
     * How many, above zero, at most six decimals. Tag 1023.
     */
    quantity: Quantity;
    /**
     * Sum of the line after discounts, roubles. Default: price x quantity, half-up. Tag 1043.
     */
    amount: Money;
    /**
     * VAT rate; `none` is not the same as `vat0`. Tag 1199.
     */
    vat: Vat;
    /**
     * Sign of the method of settlement. Default: fullPayment. Tag 1214.
     */
    method: PaymentMethod;
    /**
     * Sign of the subject of settlement. Default: commodity. Tag 1212.
     */
    object: PaymentObject;
    /**
     * Measure of the quantity. FFD 1.2; default there: piece for whole quantities. Tag 2108.
     */
    unit?: Unit;
    /**
     * Unit of measure in words, up to 16 characters. FFD 1.05 and 1.1. Tag 1197.
     */
    unitName?: string;
    /**
     * Excise duty included in the price, roubles. Tag 1229.
     */
    excise?: Money;
    /**
     * Country of origin, three digits of OKSM. Tag 1230.
     */
    countryCode?: string;
    /**
     * Number of the customs declaration, up to 32 characters. Tag 1231.
     */
    customsDeclaration?: string;
    /**
     * Text printed with the line (CloudKassir's AdditionalPositionInfo). No tag.
     */
    info?: string;
    /**
     * Additional requisite of the line, up to 64 characters. Tag 1191.
     */
    requisite?: string;
    /**
     * Industry requisites of the line. FFD 1.2. Tag 1260.
     */
    industryRequisites?: IndustryRequisite[];
    /**
     * Marking of the goods. Tags 1162 (FFD 1.05, 1.1), 1163 and 2000 (FFD 1.2).
     */
    mark?: Mark;
    /**
     * Sold as an agent of somebody. Tags 1222, 1223.
     */
    agent?: Agent;
    /**
     * Whose goods are sold. Tag 1224.
     */
    supplier?: Supplier;
}

/**
 * The language of texts for people.
 */
export type Lang = "ru" | "en";

/**
 * The marking of goods ("Chestny ZNAK" and its forerunners).
 */
export interface Mark {
    /**
     * The whole scan, group separators (U+001D) kept. Becomes tag 1163 and 2000 (FFD 1.2) or 1162 (before).
     */
    code?: string;
    /**
     * A ready product code in hex, up to 32 bytes. FFD 1.05 and 1.1. Tag 1162.
     */
    hex?: string;
    /**
     * A part of a marked whole. FFD 1.2. Tag 1291.
     */
    part?: MarkPart;
    /**
     * Planned status of the goods: 1..6 or 255. FFD 1.2. Tag 2003.
     */
    status?: number;
}

/**
 * A part of a marked whole. Tag 1291.
 */
export interface MarkPart {
    /**
     * How many of the parts are sold. Tag 1293.
     */
    numerator: number;
    /**
     * How many parts the whole has. Tag 1294.
     */
    denominator: number;
}

/** Roubles as text with two decimals: `"100.00"`. */
export type Money = string;

/**
 * What the settlement is, FFD tag 1054. Order ЕД-7-20/662@. CloudKassir's words are those of a receipt; its
 * correction receipts carry the FFD code. Paybox makes no receipts of expense.
 */
export type Operation = "income" | "incomeReturn" | "expense" | "expenseReturn";

/**
 * Operational requisite of a receipt. FFD 1.2. Tag 1270.
 */
export interface OperationRequisite {
    /**
     * Identifier of the operation, 0..255. Tag 1271.
     */
    id: number;
    /**
     * Date and time of the operation. Tag 1273.
     */
    date: string;
    /**
     * Data of the operation, up to 64 characters. Tag 1272.
     */
    data: string;
}

/**
 * How the settlement is made, FFD tag 1214. Order ЕД-7-20/662@.
 */
export type PaymentMethod = "fullPrepayment" | "prepayment" | "advance" | "fullPayment" | "partialPayment" | "credit" | "creditPayment";

/**
 * What is settled for, FFD tag 1212. Order ЕД-7-20/662@. From `cashWithdrawal` on FFD 1.2 alone.
 */
export type PaymentObject = "commodity" | "excise" | "job" | "service" | "gamblingBet" | "gamblingPrize" | "lottery" | "lotteryPrize" | "intellectualActivity" | "payment" | "agentCommission" | "payout" | "another" | "propertyRight" | "nonOperatingGain" | "otherContribution" | "tradeFee" | "resortFee" | "deposit" | "expense" | "pensionInsuranceIp" | "pensionInsurance" | "medicalInsuranceIp" | "medicalInsurance" | "socialInsurance" | "casinoPayment" | "cashWithdrawal" | "exciseUnmarked" | "exciseMarked" | "commodityUnmarked" | "commodityMarked";

/**
 * How a receipt was paid, roubles. The parts make up its total.
 */
export interface Payments {
    /**
     * In cash. Tag 1031.
     */
    cash?: Money;
    /**
     * Cashless. Tag 1081.
     */
    electronic?: Money;
    /**
     * Set off against an earlier prepayment or advance. Tag 1215.
     */
    prepaid?: Money;
    /**
     * To be paid later. Tag 1216.
     */
    credit?: Money;
    /**
     * By counter-provision: certificates, barter. Tag 1217.
     */
    provision?: Money;
}

/**
 * Where it was settled.
 */
export interface Place {
    /**
     * Address, up to 256 characters. Tag 1009.
     */
    address?: string;
    /**
     * Place of settlement; for the internet the address of the site; up to 256 characters. Tag 1187.
     */
    site?: string;
}

/**
 * A provider system.
 */
export type Provider = "cloudkassir" | "paybox" | "paykeeper";

/** Text with up to six decimals and no trailing zeros: `"2.5"`. */
export type Quantity = string;

/**
 * A receipt (document 3), a strict reporting form (4), or with `correction` a correction receipt (31).
 */
export interface Receipt {
    /**
     * Version of the fiscal document format. Default: 1.2. Tag 1209.
     */
    ffd: Ffd;
    /**
     * Sign of settlement. Tag 1054.
     */
    operation: Operation;
    /**
     * Tax system applied; may be left out where the register has one system only. Tag 1055.
     */
    taxation?: Taxation;
    /**
     * The lines. At least one, but for a correction in FFD 1.05, which may have none. Tag 1059.
     */
    items: Item[];
    /**
     * How it was paid. Default: the total, electronically.
     */
    payments: Payments;
    /**
     * The buyer.
     */
    customer?: Customer;
    /**
     * The organisation that issues the receipt.
     */
    seller?: Seller;
    /**
     * Who rang it up.
     */
    cashier?: Cashier;
    /**
     * Where it was settled.
     */
    place?: Place;
    /**
     * Whether it is a strict reporting form (БСО) rather than a cash receipt.
     */
    bso?: boolean;
    /**
     * The seller as an agent, for the whole receipt; in FFD 1.2 agents stand at their items. Tag 1057.
     */
    agent?: Agent;
    /**
     * Whether it was settled over the internet. Tag 1125, since 2025-09-01.
     */
    internet?: boolean;
    /**
     * Time zone of the place of settlement, 1 (UTC+2) to 11 (UTC+12). Tag 1011, since 2025-09-01.
     */
    timeZone?: number;
    /**
     * The cashless payments one by one. Tags 1234, 1235, since 2025-09-01.
     */
    cashless?: Cashless[];
    /**
     * Additional requisite of the receipt, up to 16 characters. Tag 1192.
     */
    requisite?: string;
    /**
     * Lines of text for the whole receipt (CloudKassir's AdditionalReceiptInfos). No tag.
     */
    infos?: string[];
    /**
     * Additional requisite of the user. Tag 1084.
     */
    userRequisite?: UserRequisite;
    /**
     * Operational requisite. FFD 1.2. Tag 1270.
     */
    operationRequisite?: OperationRequisite;
    /**
     * Industry requisites of the receipt. FFD 1.2. Tag 1261.
     */
    industryRequisites?: IndustryRequisite[];
    /**
     * The supplier, for the whole receipt; in FFD 1.2 suppliers stand at their items.
     */
    supplier?: ReceiptSupplier;
    /**
     * What makes it a correction receipt.
     */
    correction?: Correction;
    /**
     * What the register made of it, once it is fiscal.
     */
    fiscal?: Fiscal;
}

/**
 * The supplier of a whole receipt. FFD 1.05 and 1.1.
 */
export interface ReceiptSupplier {
    /**
     * Its phones. Tag 1171.
     */
    phones?: string[];
}

/**
 * The organisation that issues the receipt.
 */
export interface Seller {
    /**
     * Its INN. Tag 1018.
     */
    inn?: string;
    /**
     * Its name, up to 256 characters. Tag 1048.
     */
    name?: string;
    /**
     * The sender of the electronic receipt, up to 64 characters. Tag 1117.
     */
    email?: string;
    /**
     * Its phone. No tag.
     */
    phone?: string;
}

/**
 * How grave a finding is.
 */
export type Severity = "error" | "warning";

/**
 * Whose goods an agent sells. Tag 1224.
 */
export interface Supplier {
    /**
     * Its name, up to 256 characters. Tag 1225.
     */
    name?: string;
    /**
     * Its INN. Tag 1226.
     */
    inn?: string;
    /**
     * Its phones. Tag 1171.
     */
    phones?: string[];
}

/**
 * The tax system, FFD tag 1055 (as a set 1062). Order ЕД-7-20/662@. The code is the bit's value, CloudKassir's
 * number that of the bit.
 */
export type Taxation = "osn" | "usnIncome" | "usnIncomeExpense" | "envd" | "eshn" | "patent";

/**
 * The operator that transfers money for a bank paying agent.
 */
export interface TransferOperator {
    /**
     * Its name, up to 64 characters. Tag 1026.
     */
    name?: string;
    /**
     * Its INN. Tag 1016.
     */
    inn?: string;
    /**
     * Its address, up to 256 characters. Tag 1005.
     */
    address?: string;
    /**
     * Its phones. Tag 1075.
     */
    phones?: string[];
}

/**
 * The unit of the quantity, FFD tag 2108. Order ЕД-7-20/662@. A code in FFD 1.2 alone: before that the unit is
 * text, tag 1197. What PayKeeper takes is not published.
 */
export type Unit = "piece" | "gram" | "kilogram" | "ton" | "centimeter" | "decimeter" | "meter" | "squareCentimeter" | "squareDecimeter" | "squareMeter" | "milliliter" | "liter" | "cubicMeter" | "kilowattHour" | "gigacalorie" | "day" | "hour" | "minute" | "second" | "kilobyte" | "megabyte" | "gigabyte" | "terabyte" | "other";

/**
 * Additional requisite of the user. Tag 1084.
 */
export interface UserRequisite {
    /**
     * Its name, up to 64 characters. Tag 1085.
     */
    key: string;
    /**
     * Its value, up to 256 characters. Tag 1086.
     */
    value: string;
}

/**
 * The VAT rate, FFD tag 1199. Order ЕД-7-20/662@; 5% and 7% by ЕД-7-20/1038@ of 15.11.2024, 22% by
 * ЕД-7-20/1050@ of 08.12.2025. `vat12` is of Kazakhstan and has no code in FFD.
 */
export type Vat = "none" | "vat0" | "vat5" | "vat7" | "vat10" | "vat18" | "vat20" | "vat22" | "vat105" | "vat107" | "vat110" | "vat118" | "vat120" | "vat122" | "vat12";

// index.d.ts

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

// slim.d.ts

export * from "./index.js";

/** Starts the library with the bytes of `chek54/core.wasm`, or with the module made of them. */
export function initSync(source: ArrayBuffer | ArrayBufferView | WebAssembly.Module): void;
