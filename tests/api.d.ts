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
export type IssueCode = "invalid_json" | "invalid_xml" | "too_large" | "too_deep" | "invalid_tlv" | "invalid_option" | "required" | "invalid_type" | "invalid_value" | "invalid_scale" | "unknown_field" | "duplicate_field" | "out_of_range" | "too_long" | "empty_text" | "invalid_format" | "invalid_checksum" | "not_encodable" | "amount_mismatch" | "amount_inexact" | "payments_mismatch" | "cashless_mismatch" | "total_not_positive" | "total_rounded_down" | "vat_not_in_force" | "rnm_mismatch" | "vat_mismatch" | "vat_not_calculated" | "taxation_not_in_force" | "not_in_ffd" | "unsupported_by_provider" | "unpublished_name" | "too_many_items" | "value_truncated" | "agent_data_required" | "supplier_required" | "discount_too_large" | "exceeds_original" | "nothing_left" | "not_of_original" | "mark_required" | "mark_unexpected" | "mark_invalid" | "mark_separator" | "duplicate_mark" | "contact_required" | "site_required" | "unit_required" | "unit_mismatch";

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
 * What comes back of a line: a quantity, or roubles of it, or all that is left.
 */
export interface RefundLine {
    /**
     * Which item of the sale, counted from 0.
     */
    item: number;
    /**
     * How many come back; their share of the amount is paid unless `amount` says otherwise.
     */
    quantity?: Quantity;
    /**
     * How many roubles. Without a quantity it is a price reduction, unless it is all that is left; with one it is what
     * so many are worth, to the kopeck: a fee that is withheld is a sale of its own.
     */
    amount?: Money;
}

/**
 * What is given back. Without lines and amount: all that is left.
 */
export interface RefundOptions {
    /**
     * The lines that come back.
     */
    lines?: RefundLine[];
    /**
     * So many roubles in all, over all lines: a price reduction, the goods stay; unless it is all that is left.
     */
    amount?: Money;
    /**
     * How it is paid back. Default: as the sale was paid, in proportion to what is left of each kind.
     */
    payments?: Payments;
    /**
     * The refunds of this sale that were made before.
     */
    earlier?: Receipt[];
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
 * How a prepayment is set off.
 */
export interface SettleOptions {
    /**
     * What is handed over, at its full price. Default: what was prepaid, at what was prepaid for it; after an advance,
     * which names no goods, it has to be given.
     */
    items?: Item[];
    /**
     * How the rest is paid, or all of it. Default: the prepayments set off, the rest electronic.
     */
    payments?: Payments;
    /**
     * The day the goods are handed over: the VAT rates are those of this day.
     */
    at?: string;
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

// slim.d.ts

export * from "./index.js";

/** Starts the library with the bytes of `chek54/core.wasm`, or with the module made of them. */
export function initSync(source: ArrayBuffer | ArrayBufferView | WebAssembly.Module): void;

// element.d.ts

import type { Issue, ReceiptInput } from "./index.js";

/** What `chek-error` tells: `issues` of a receipt that cannot be shown, or none where an attribute is wrong. */
export interface ChekReceiptFailure {
  error: Error;
  issues: Issue[];
}

/**
 * `<chek-receipt>`: a receipt in a page, by `preview`, in a shadow root. Importing the module defines the element.
 *
 * Attributes: `as` (`html`, the default, `svg`, `text`), `width` (32, 42, 48), `theme` (`auto`, the default, `light`,
 * `dark`), `lang` (the element's own, or that of the page; any but Russian is English). The custom properties of the HTML
 * (`--chek54-paper` and so on) reach in.
 *
 * Events, both of which bubble out of shadow roots: `chek-shown` after each picture, with `{ as }`; `chek-error` where
 * there can be none, with {@link ChekReceiptFailure}; the element is empty then.
 */
export class ChekReceipt extends HTMLElement {
  /** An object or JSON text. Set it again after changes within the object, or call `refresh`. */
  receipt: ReceiptInput | string | null | undefined;
  /** Shows the receipt anew, once for all changes of a moment. */
  refresh(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "chek-receipt": ChekReceipt;
  }
  interface HTMLElementEventMap {
    "chek-shown": CustomEvent<{ as: "html" | "svg" | "text" }>;
    "chek-error": CustomEvent<ChekReceiptFailure>;
  }
}

// client.d.ts

import type {
  CheckOptions,
  ExchangeErrorCode,
  Fiscal,
  FiscalCorrection,
  Lang,
  Money,
  Receipt,
  ReceiptInput,
  Taxation,
} from "./index.js";

export { ChekError, ReceiptError } from "./index.js";
export type { ExchangeErrorCode, ExchangeNext, FiscalCorrection, Receipt } from "./index.js";

/** A receipt as the caller has it: an object, JSON text, or the UTF-8 bytes of it. */
export type ReceiptGiven = ReceiptInput | string | Uint8Array | ArrayBuffer;

/** A receipt with the register's marks. */
export interface FiscalReceipt extends Receipt {
  fiscal: Fiscal;
}

/** How calls go: of a client, and of each of its calls, which goes first. */
export interface CallOptions {
  /** One attempt, the reading of its answer included, in milliseconds; 30000 unless given. */
  timeoutMs?: number;
  /** The whole call, in milliseconds; no limit unless given. */
  deadlineMs?: number;
  /** How many more attempts after the first; 3 unless given. */
  maxRetries?: number;
  /** The language of errors; `ru` unless given. */
  lang?: Lang;
  /** Gives the call up: `aborted`, or `unknown_outcome` where it may have been carried out. */
  signal?: AbortSignal;
  /** Told before each further attempt; what it throws changes nothing. */
  onRetry?: (retry: Retry) => void;
  /**
   * Given a text before each request and each pause; awaited. Kept somewhere lasting, `resume` goes on from it after the
   * process has ended, under the same request id. What the receipt says is in it, credentials are not. Where it throws,
   * nothing more is sent, and the call is `aborted`, or an `unknown_outcome` after a request that may have been carried
   * out; its `cause` is what was thrown.
   */
  onState?: (state: string) => unknown;
}

/** Another attempt. */
export interface Retry {
  /** 1, 2.. */
  attempt: number;
  /** Why. */
  code: ExchangeErrorCode;
  /** After how many milliseconds. */
  waitMs: number;
  /** The request id, the same as before. */
  requestId?: string;
}

/** What every client takes. */
export interface ClientOptions extends Omit<CallOptions, "signal" | "onState"> {
  /**
   * Where the provider is: a sandbox, or a server of one's own that adds the credentials, which then may be left out.
   * `https://..`, `http://..`, or in a page a path of its own server, `/api/kassir`.
   */
  baseUrl?: string;
  /** Carries the requests; the global `fetch` unless given. */
  fetch?: (url: string, init: any) => Promise<{ status: number; type?: string; headers?: any; text(): Promise<string> }>;
}

/** Calls that send a receipt. */
export interface ReceiptCallOptions extends CallOptions {
  /**
   * Whether the receipt is checked first, by the law's and the provider's rules, and with which options; `true` unless
   * given. What is wrong is a `ReceiptError`, and nothing is sent.
   */
  check?: boolean | CheckOptions;
}

/** Calls that wait. */
export interface WaitOptions extends Omit<CallOptions, "timeoutMs"> {
  /** How long to wait at all, in milliseconds; ten minutes unless given. Then it is a `timeout`. */
  timeoutMs?: number;
  /** Told each time the receipt is not final yet; awaited. Where it throws, the call is `aborted`, with the `cause`. */
  onStatus?: (status: ReceiptStatus) => void;
}

/** What becomes of a receipt. */
export interface ReceiptStatus {
  /** CloudKassir's `queued`, `processed`, `error`, `notFound`; Paybox and PayKeeper have words of their own. */
  status: string;
  /** Of `error`, the register's words. */
  message?: string;
  /** What stands in the way of a queued one; `explain("cloudkassir", code, { list: "receiptWarning" })`. */
  warnings?: { code: number; description: string }[];
}

/** A client of one account: `JSON.stringify` and `console.log` show nothing of it. */
interface Client {
  /**
   * Goes on with a call from a text that `onState` gave, in this process or in another: under the same request id where
   * it may have been carried out and the id is still good, else it is an `unknown_outcome`. The promise is that of the
   * call.
   */
  resume(state: string, options?: CallOptions & { onStatus?: (status: ReceiptStatus) => void }): Promise<any>;
}

/** Options of {@link CloudKassir}. */
export interface CloudKassirOptions extends ClientOptions {
  publicId?: string;
  /** API Secret. In a page it has no place: see docs/client.md. */
  apiSecret?: string;
  /** INN of the register's user, for receipts and methods that do not say theirs. */
  inn?: string;
}

/** A receipt of CloudKassir's that was taken into the queue. */
export interface Accepted {
  /** Its id: what to ask about and wait for. */
  id: string;
  /** `X-Request-ID` that it was sent under. */
  requestId: string;
  /** Where the buyer will see it. */
  url?: string;
  /** What the register's owner should see to. */
  warning?: string;
  warningCodes?: unknown;
  /** How many receipts it becomes, where it has more than 100 items: `id` is that of the first, the others are notified of. */
  parts?: number;
}

/** Which register. */
export interface RegisterId {
  /** Factory number of the register. */
  deviceNumber: string;
  /** Number of the fiscal storage. */
  fiscalNumber: string;
}

/** The state of a register. Further fields are as CloudKassir has them, the first letter small. */
export interface RegisterState {
  status: "online" | "offline" | "error";
  serial: string;
  fn: string;
  rnm: string;
  inn?: string;
  ofd?: string;
  model?: string;
  bso?: boolean;
  fiscal?: boolean;
  settlePlace?: string;
  calculationPlace?: string;
  firmwareVersion?: string;
  /** When the fiscal storage ends. */
  fiscalDateEnd?: string;
  /** Documents that the OFD does not have yet. */
  ofdQueueDocsCount?: number;
  /** 1: the fiscal storage is full. */
  fnOccupancy?: number;
  /** No receipts until the owner has seen to `warnings`. */
  blocked?: boolean;
  warnings: RegisterWarning[];
}

/** What is wrong with a register: `explain("cloudkassir", code, { list: "registerWarning" })`. */
export interface RegisterWarning {
  code: number;
  description: string;
  resolveAction?: string;
}

/** A marking code, as the state's system knows it. */
export interface MarkVerdict {
  valid: boolean;
  /** Why not. */
  message?: string;
  /** For `item.industryRequisites`. */
  industryRequisite?: { code: string; documentDate: string; documentNumber: string; value: string };
}

/** What CloudKassir's receipts are sent with. */
export interface CloudKassirReceiptOptions extends ReceiptCallOptions {
  /** The order: the request id is made of it, and the notification has it. An empty one is refused. */
  invoiceId?: string;
  /** The buyer's id. */
  accountId?: string;
  /** Tells equal receipts of one order apart: two refunds of the same sum. Without `invoiceId` it is refused. */
  part?: string;
  /**
   * `X-Request-ID`, 1 to 128 visible ASCII characters. Unless given, a hash of INN, order, kind, operation, part and body:
   * the same call has the same, whatever happens in between. Without an order it is random.
   */
  requestId?: string;
  /**
   * Of a call whose outcome was not known: the `until` of the error's `next`, with its `requestId`. Nothing is sent under
   * that id when it is over, for then CloudKassir might not know it any more and make a second receipt.
   */
  until?: string;
  /** The version of the documents, 3.4.5 unless given. */
  version?: "3.0" | "3.3.7" | "3.4.5";
  /** Instead of the client's. */
  inn?: string;
  /** Corrections up to 3.3.7. */
  deviceNumber?: string;
}

/**
 * CloudKassir of CloudPayments, documents 3.4.5.
 *
 * Every method rejects with a `ChekError` whose `code` is an {@link ExchangeErrorCode}, or with a `ReceiptError` before
 * anything is sent. What reads is asked again after failures; what changes something is sent again only under the same
 * `X-Request-ID` and within 55 minutes of the first time, since CloudKassir keeps results for an hour.
 */
export class CloudKassir implements Client {
  constructor(options: CloudKassirOptions);
  /** Whether the credentials are right. */
  test(options?: CallOptions): Promise<{ message: string }>;
  /** Puts a receipt into the queue. Above 100 items CloudKassir makes several of it. */
  createReceipt(receipt: ReceiptGiven, options?: CloudKassirReceiptOptions): Promise<Accepted>;
  /** What became of it. */
  receiptStatus(id: string, options?: CallOptions): Promise<ReceiptStatus & { status: "queued" | "processed" | "error" | "notFound" }>;
  /** The receipt with its fiscal marks, once it is made. */
  getReceipt(id: string, options?: CallOptions): Promise<FiscalReceipt>;
  /**
   * Asks until the receipt is made, and gives it. A receipt that the register refused is `rejected`, with its words; one
   * that is unknown for a minute, too, with the code `notFound`.
   */
  waitForReceipt(id: string, options?: WaitOptions): Promise<FiscalReceipt>;
  /** As `createReceipt`, of a receipt with `correction`. */
  createCorrection(receipt: ReceiptGiven, options?: CloudKassirReceiptOptions): Promise<Accepted>;
  correctionStatus(id: string, options?: CallOptions): Promise<ReceiptStatus & { status: "queued" | "processed" | "error" | "notFound" }>;
  getCorrection(id: string, options?: CallOptions): Promise<FiscalCorrection>;
  waitForCorrection(id: string, options?: WaitOptions): Promise<FiscalCorrection>;
  /** Registers a register with the tax service: done in minutes, told by e-mail. */
  fiscalize(
    register: RegisterId & {
      inn?: string;
      regNumber: string;
      /** The site. */
      url: string;
      /** `vocabulary("ofd")`. */
      ofd: string;
      /** The first one is that of receipts that say none. */
      taxation: Taxation[];
      merchantEmail: string;
      /** `+79999999999` */
      merchantPhone: string;
      bso?: boolean;
    },
    options?: CallOptions,
  ): Promise<{ message: string }>;
  /** Puts a register on maintenance, or back. */
  setState(register: RegisterId & { inn?: string; onMaintenance: boolean }, options?: CallOptions): Promise<{ message: string }>;
  getState(register: RegisterId, options?: CallOptions): Promise<RegisterState>;
  /** What is wrong with the account's registers. */
  warnings(options?: CallOptions): Promise<{ serial: string; warnings: RegisterWarning[] }[]>;
  validateMarkCode(code: string, options?: CallOptions): Promise<MarkVerdict>;
  /** Codes with their separators. */
  validateMarkCodes(codes: string[], options?: CallOptions): Promise<(MarkVerdict & { code: string })[]>;
  resume: Client["resume"];
}

/** Options of {@link Paybox}. */
export interface PayboxOptions extends ClientOptions {
  /** The shop's number. */
  merchantId?: string | number;
  /** The secret key, which `pg_sig` is made with. In a page it has no place. */
  secret?: string;
  /**
   * `X-JWS-Signature` of the requests to `v5/receipts`. How it is made is not published in full: it is what Paybox gave
   * you, or a function that makes it.
   */
  jws?: string | ((request: { method: string; url: string; body?: string }) => string | Promise<string>);
}

/** What Paybox tells of a payment; fields of its own are named in camelCase, without `pg_`. */
export interface PayboxPayment {
  paymentId?: string;
  redirectUrl?: string;
  transactionStatus?: string;
  revokePaymentId?: string;
  cancelPaymentId?: string;
  [field: string]: any;
}

/** A receipt as the provider has it, with its status. Fiscal marks are there once it is made. */
export interface TrackedReceipt extends Partial<Receipt> {
  id: string;
  status: string;
  /** PayKeeper: whether the status stays. */
  final?: boolean;
  /** Why it was not made. */
  error?: { code?: string | null; message?: string | null };
  paymentId?: string;
  refundId?: string;
  /** PayKeeper. */
  receiptKey?: string;
  /** All that stands around the receipt, as `decode` has it. */
  envelope: Record<string, any>;
}

/**
 * Paybox (FreedomPay), the page on receipts. Requests are signed with `pg_sig`.
 *
 * Nothing tells a second payment, capture, refund or receipt from the first, so none is sent again after a failure that
 * leaves open whether it was carried out: that is an `unknown_outcome`, and `next` says what to ask.
 */
export class Paybox implements Client {
  constructor(options: PayboxOptions);
  /**
   * Begins a payment; the buyer is sent to `redirectUrl`. Further fields go along under their own names: `pg_result_url`.
   * Sums are more than 0, in whole kopecks.
   */
  initPayment(
    payment: {
      orderId: string | number;
      amount: Money | number;
      description: string;
      receipt?: ReceiptGiven;
      /** One stage or two. */
      autoClearing?: boolean;
      [field: `pg_${string}`]: any;
    },
    options?: ReceiptCallOptions,
  ): Promise<PayboxPayment>;
  /** Takes what was held: all of it, or `amount` with the receipt of what was sold. */
  capture(
    payment: { paymentId: string | number; amount?: Money | number; receipt?: ReceiptGiven },
    options?: ReceiptCallOptions,
  ): Promise<PayboxPayment>;
  /** Returns all of a payment, or `amount` with the receipt of the return. */
  refund(
    payment: { paymentId: string | number; amount?: Money | number; receipt?: ReceiptGiven },
    options?: ReceiptCallOptions,
  ): Promise<PayboxPayment>;
  /** Lets go what was held. */
  cancel(payment: { paymentId: string | number }, options?: CallOptions): Promise<PayboxPayment>;
  /** The payment's status, by its id or by that of the order. */
  status(payment: string | number | { paymentId?: string | number; orderId?: string | number }, options?: CallOptions): Promise<PayboxPayment>;
  /** A receipt by itself: `v5/receipts`. */
  createReceipt(
    receipt: ReceiptGiven,
    options?: ReceiptCallOptions & { paymentId?: string | number; refundId?: string | number; offset?: boolean },
  ): Promise<TrackedReceipt>;
  getReceipt(id: string, options?: CallOptions): Promise<TrackedReceipt>;
  /** Asks until the receipt is registered. */
  waitForReceipt(id: string, options?: WaitOptions): Promise<TrackedReceipt>;
  /** The shop's receipts, as many as Paybox gives at once. */
  receipts(options?: CallOptions): Promise<TrackedReceipt[]>;
  resume: Client["resume"];
}

/** Options of {@link PayKeeper}. */
export interface PayKeeperOptions extends ClientOptions {
  user?: string;
  password?: string;
  /** `https://name.server.paykeeper.ru` */
  baseUrl: string;
}

/** A list of PayKeeper's: the receipts, and counts of them. */
export interface PayKeeperList {
  receipts: TrackedReceipt[];
  counts?: any;
}

/**
 * PayKeeper, section 8. Each receipt is sent with a token, which is fetched for it.
 *
 * PayKeeper refuses a second receipt of the same `receiptKey`, so a receipt is sent again under its key. A refusal after
 * a request of which nothing is known is looked into: where there is a receipt of the key, that is the answer.
 */
export class PayKeeper implements Client {
  constructor(options: PayKeeperOptions);
  /** Prints a receipt; ask what became of it two minutes later, or wait for it. */
  printReceipt(
    receipt: ReceiptGiven,
    options?: ReceiptCallOptions & {
      paymentId?: string | number;
      refundId?: string | number;
      /** At least 6 of `a-z A-Z 0-9 _ -`. Unless given, a hash of payment, part and form; without a payment random. */
      receiptKey?: string;
      postSale?: boolean;
      part?: string;
      /** The tables that PayKeeper does not publish: see `encode`. */
      opaque?: object;
    },
  ): Promise<{ id: string; receiptKey: string }>;
  /** A receipt with its status; `null` where there is none. */
  receiptById(id: string | number, options?: CallOptions): Promise<TrackedReceipt | null>;
  /** Those of final settlement and those printed by request; the first one of a payment is not among them. */
  receiptsByPayment(paymentId: string | number, options?: CallOptions): Promise<TrackedReceipt[]>;
  /** Parameters as of `payKeeperQuery("bydate")`. */
  receiptsByDate(
    query: {
      start?: string;
      end?: string;
      status?: string | string[];
      receiptType: string | string[];
      sumType: string | string[];
      sort?: string;
      direction?: "ASC" | "DESC";
      from?: number;
      /** 10 unless given. */
      limit?: number;
    },
    options?: CallOptions,
  ): Promise<PayKeeperList>;
  countByDate(query: { start: string; end: string }, options?: CallOptions): Promise<any>;
  /** Among ids, payments and contacts. */
  search(query: { start: string; end: string; query: string }, options?: CallOptions): Promise<PayKeeperList>;
  /**
   * Asks until the receipt is made. `failed` and `rejected` are `rejected`, with the kind of error as `providerCode`;
   * `timeout` is an `unknown_outcome`: it may yet turn out to be printed.
   */
  waitForReceipt(id: string | number, options?: WaitOptions): Promise<TrackedReceipt>;
  resume: Client["resume"];
}

// sandbox.d.ts

import type { Fiscal, Provider, Receipt } from "./index.js";

/**
 * Who may call. What is left out is not looked at: any are taken. Where `apiSecret` is left out, notifications of
 * CloudKassir are signed with the one that the receipt was sent with; where `secret` is, those of Paybox and PayKeeper
 * with the word `secret`.
 */
export interface SandboxCredentials {
  /** CloudKassir's Public ID. */
  publicId?: string;
  /** CloudKassir's API Secret: it signs its notifications. */
  apiSecret?: string;
  /** The shop's number at Paybox. */
  merchantId?: string | number;
  /** The secret key of Paybox, and the secret word of PayKeeper's notifications. */
  secret?: string;
  /** PayKeeper's login. */
  user?: string;
  /** PayKeeper's password. */
  password?: string;
}

/**
 * What goes wrong. Of requests:
 * - `lostRequest`: the request never arrives;
 * - `lostAnswer`: it is carried out, and the answer never arrives;
 * - `serverError`: HTTP 500, and whether it was carried out comes of the seed;
 * - `tooManyRequests`: HTTP 429 with Retry-After;
 * - `hang`: no answer, and the connection stays open; whether it was carried out comes of the seed;
 * - `brokenBody`: the answer breaks off in the middle;
 * - `slow`: the answer takes `after` milliseconds, 20 000 unless said;
 * - `refused`: CloudKassir refuses with the error `code`, 22 unless said.
 *
 * Of the register, when a receipt's turn comes:
 * - `registerOffline`, `storageFull`: the receipt waits a minute, and then fails.
 */
export type SandboxFaultKind =
  | "lostRequest"
  | "lostAnswer"
  | "serverError"
  | "tooManyRequests"
  | "hang"
  | "brokenBody"
  | "slow"
  | "refused"
  | "registerOffline"
  | "storageFull";

/** A fault: what goes wrong, where, how often. */
export interface SandboxFault {
  kind: SandboxFaultKind;
  /** Only at this method, as the provider's documents name it: `kkt/receipt`, `v5/receipts/{id}`. Default: at any. */
  path?: string;
  /** So many times and never again, 1 or more. Default: until it is switched off. */
  times?: number;
  /** In so many percent of the cases, 0 to 100, of the seed. Default: 100. */
  chance?: number;
  /** Milliseconds: of Retry-After (in whole seconds), and of how long a slow answer takes. */
  after?: number;
  /** The error code of a refusal. */
  code?: number;
}

/** An object, or `KIND[:PATH][xN]`: `"lostAnswer:kkt/receiptx2"` is twice, at that method. */
export type SandboxFaultInput = SandboxFault | (string & {});

/** A notification as it is sent. */
export interface SandboxNotification {
  provider: Provider;
  method: "POST" | "GET";
  /** Where to: the `webhookUrl`, or `https://shop.example/notification`. Paybox signs with its last part. */
  url: string;
  /** By the names as the provider writes them. */
  headers: Record<string, string>;
  /** The body: a form. */
  body: string;
  /** Which attempt it is, from 1. */
  attempt: number;
}

/** What somebody says to a notification: the body alone, or a status with it. */
export type SandboxNotificationAnswer = Response | { status?: number; body?: string } | string | void;

/** A request that came in. */
export interface SandboxRequest {
  method: string;
  url: string;
  /** As they came, what the sender logged in with too. Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** When, in milliseconds since 1970, on the sandbox's clock. */
  at: number;
  /** The status that was answered; `lost`: no answer came; `hang`: none will come. */
  outcome: number | "lost" | "hang";
}

/** A fiscal receipt that a provider of the sandbox made. */
export interface SandboxReceipt extends Receipt {
  /** What the register made of it. */
  fiscal: Fiscal;
  provider: Provider;
  /** The provider's id of it. */
  id: string;
  /** The X-Request-ID that it was asked for with. CloudKassir. */
  requestId?: string;
  /** The order: `InvoiceId` of CloudKassir, `pg_order_id` of Paybox. */
  invoiceId?: string;
  /** `AccountId` of CloudKassir. */
  accountId?: string;
  /** Paybox and PayKeeper. */
  paymentId?: string;
  /** Paybox and PayKeeper. */
  refundId?: string;
  /** PayKeeper. */
  receiptKey?: string;
  /** The total, roubles. */
  total: string;
  /** When it was asked for, in milliseconds since 1970. */
  acceptedAt: number;
  /** When it was printed, in milliseconds since 1970. */
  printedAt: number;
}

/** How a sandbox is set up. */
export interface SandboxOptions {
  credentials?: SandboxCredentials;
  /** What all chance comes of: ids, numbers, how long things take. Default: 0. */
  seed?: number | string;
  faults?: SandboxFaultInput[];
  /** Where notifications are said to go; nothing is sent there. Default: `https://shop.example/notification`. */
  webhookUrl?: string;
  /** Whether the limit of CloudKassir's test mode holds: 100 receipts in 8 hours, then error 22. Default: no. */
  testLimit?: boolean;
  /**
   * The time, in milliseconds since 1970. Left out, the sandbox has a clock of its own: it starts at the real time, and
   * stands unless `advance` is called: who waits for a receipt there moves it, `onStatus: () => sandbox.advance(60_000)`.
   * A function is asked at every call, and nothing happens between them. `"real"` is
   * the real time, and receipts are printed and notifications sent as it passes.
   */
  clock?: "real" | (() => number);
  /**
   * Takes notifications as the shop would. What it answers decides whether one is sent again, as the provider's
   * documents have it; without an answer (undefined) it counts as taken, a throw as no answer. Left out, all are taken.
   */
  onNotification?: (notification: SandboxNotification) => SandboxNotificationAnswer | Promise<SandboxNotificationAnswer>;
  /** Is told of every request that came in. */
  onRequest?: (request: SandboxRequest) => void;
}

/** The three providers in the process. */
export interface Sandbox {
  /**
   * In place of `fetch`: a request to any host, routed by its path, whatever stands before it. A lost request or answer
   * rejects with a TypeError as a failed fetch does; one that hangs ends by its AbortSignal.
   */
  fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** What came in, the oldest first. */
  readonly requests: readonly SandboxRequest[];
  /** Every fiscal receipt there is, in the order they were printed in. */
  readonly receipts: readonly SandboxReceipt[];
  /** Every notification that was sent, attempt by attempt. */
  readonly notifications: readonly SandboxNotification[];
  /**
   * Lets so many milliseconds pass: receipts are printed, payments paid, notifications sent, each at its time. Without
   * `onNotification` all of that is done when it returns; else when the promise resolves.
   */
  advance(ms?: number): Promise<void>;
  /** The sandbox's time, in milliseconds since 1970. */
  now(): number;
  /** What goes wrong from now on, in place of what did; an empty list: nothing. Gives what is set. */
  setFaults(faults: SandboxFaultInput[]): SandboxFault[];
  /** What goes wrong now, and how often still. */
  readonly faults: readonly SandboxFault[];
}

/**
 * The providers' side in the process, for tests and trials in Node and in browsers: no network, no waiting.
 *
 * @throws ChekError of code `bad_argument`: an option that there is not or that is no such value; a fault that there is
 *   not or that could never strike.
 */
export function createSandbox(options?: SandboxOptions): Sandbox;

/** How a server of the sandbox is set up. */
export interface SandboxServerOptions {
  /** Default: any that is free. */
  port?: number;
  /** Default: 127.0.0.1, so that nobody else reaches it. */
  host?: string;
  credentials?: SandboxCredentials;
  /** Where notifications are sent. Left out, none are; they are in `notifications` all the same. */
  webhookUrl?: string;
  faults?: SandboxFaultInput[];
  seed?: number | string;
  testLimit?: boolean;
  /** Is told of every request that came in. */
  onRequest?: (request: SandboxRequest) => void;
}

/** A server of the sandbox. */
export interface SandboxServer {
  /** Its address, without a slash at the end: the base address for a client. */
  readonly url: string;
  readonly requests: readonly SandboxRequest[];
  readonly receipts: readonly SandboxReceipt[];
  readonly notifications: readonly SandboxNotification[];
  setFaults(faults: SandboxFaultInput[]): SandboxFault[];
  /** Ends it, with all connections that are open. */
  close(): Promise<void>;
}

/**
 * The same over HTTP, on the real clock. Node only. Pages of any origin may call it. Beside the providers' paths there are
 * `GET /sandbox/state` (receipts, notifications, the last 100 requests without what their senders logged in with, faults) and `/sandbox/faults`: `GET` tells the faults, `POST`
 * of a JSON list sets them, `DELETE` switches them off.
 *
 * @throws ChekError of code `bad_argument`, as `createSandbox` does; and where nobody can listen at the port: it is in use.
 */
export function startSandbox(options?: SandboxServerOptions): Promise<SandboxServer>;
