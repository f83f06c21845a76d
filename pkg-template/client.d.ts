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
