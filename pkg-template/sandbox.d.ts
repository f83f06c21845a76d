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
