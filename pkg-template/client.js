// @ts-check
// Clients of the providers: a loop around `exchange`, which decides everything. Here are only the network, the timers
// and the caller's callbacks.
import { ChekError, exchange, parseReceipt, totals } from "./index.js";

export { ChekError, ReceiptError } from "./index.js";

/** @typedef {import("./index.js").ExchangeAccount} Account */
/** @typedef {import("./index.js").ExchangeEvent} Event */
/** @typedef {import("./index.js").Provider} Provider */

/** What a call takes beside its arguments. */
const OPTIONS = ["timeoutMs", "deadlineMs", "maxRetries", "lang", "signal", "onRetry", "onState", "onStatus", "check"];
/** The longest a timer goes. */
const LONGEST = 2 ** 31 - 1;
/** The longest answer that is read, in characters: as long as any input. */
const MAX_BODY = 4 << 20;

class Client {
  /** @type {Account} */
  #account;
  /** @type {any} */
  #options;
  /** @type {any} */
  #jws;

  /**
   * @param {Account} account
   * @param {any} options
   */
  constructor(account, options) {
    if (!account.baseUrl && (!account.secret || account.provider === "paykeeper")) {
      throw new ChekError("bad_argument", "credentials are missing, or the baseUrl of a server that adds them");
    }
    this.#account = account;
    this.#options = options;
    this.#jws = options.jws;
  }

  /** The account's INN, shop number and the like: what of it goes into bodies. @protected */
  get _account() {
    const { login, inn } = this.#account;
    return { login, inn };
  }

  /**
   * @param {string} text
   * @param {any} [options]
   */
  resume(text, options) {
    if (typeof text !== "string") throw new ChekError("bad_argument", "resume takes a text that onState gave");
    return this.#run(text, { ...this.#options, ...options });
  }

  /**
   * @protected
   * @param {string} method
   * @param {object} given arguments of the method
   * @param {any} [options]
   * @param {any} [beside] what the call has beside its arguments: receipt, encode, invoiceId..
   * @returns {Promise<any>}
   */
  async _call(method, given, options, beside) {
    const all = { ...this.#options, ...options };
    const { timeoutMs, deadlineMs, maxRetries, lang } = all;
    const { provider } = this.#account;
    const call = { provider, method, arguments: given, timeoutMs, deadlineMs, maxRetries, lang, ...beside };
    if (call.receipt !== undefined) call.receipt = checked(call.receipt, provider, call.encode?.version, all);
    return this.#run({ call }, all);
  }

  /**
   * Of a call that waits, the time given is that of the whole; ten minutes where there is none.
   * @protected
   * @param {string} method
   * @param {any} id
   * @param {any} [options]
   */
  _wait(method, id, options = {}) {
    const { timeoutMs, deadlineMs, ...rest } = options;
    return this._call(method, { id }, { ...rest, deadlineMs: timeoutMs ?? deadlineMs });
  }

  /**
   * @param {any} state
   * @param {any} options
   */
  async #run(state, { signal, onState, onRetry, onStatus, fetch }) {
    /** @type {Event} */
    let event = { kind: "start" };
    let why = "";
    for (;;) {
      // What has come is not thrown away.
      if (signal?.aborted && (event.kind === "start" || event.kind === "waited")) event = { kind: "aborted" };
      const made = exchange(state, this.#account, event);
      const { step } = made;
      if ("done" in step) return step.done;
      if ("failed" in step) throw failure(step.failed, why);
      if (onState) await onState(made.state);
      if (signal?.aborted) {
        // Nothing was sent: the state before is the one that knows it.
        if ("wait" in step) state = made.state;
        event = { kind: "aborted" };
        continue;
      }
      state = made.state;
      if ("send" in step) {
        const { send } = step;
        const jws = this.#jws;
        if (typeof jws === "function" && send.url.includes("/v5/")) {
          const { method, url, body } = send;
          send.headers["x-jws-signature"] = await jws({ method, url, body });
        }
        [event, why] = await attempt(send, fetch, signal);
        continue;
      }
      const { ms, retry, status } = step.wait;
      if (retry) onRetry?.({ ...retry, waitMs: ms, requestId: made.requestId });
      if (status) onStatus?.(status);
      event = await pause(ms, signal);
    }
  }
}

/**
 * The receipt that is sent: right by the provider's rules, unless the caller does not want to know.
 * @param {any} receipt
 * @param {Provider} provider
 * @param {any} version
 * @param {any} options
 */
function checked(receipt, provider, version, { check = true, lang }) {
  if (check !== false) return parseReceipt(receipt, { lang, ...(check === true ? {} : check), provider, version });
  const isBytes = ArrayBuffer.isView(receipt) || receipt instanceof ArrayBuffer;
  return isBytes ? new TextDecoder().decode(receipt) : receipt;
}

/**
 * One request: what happened, and the system's word for it.
 * @param {any} send
 * @param {any} given the caller's fetch
 * @param {AbortSignal} [signal]
 * @returns {Promise<[Event, string]>}
 */
async function attempt({ method, url, headers, body, timeout }, given, signal) {
  const fetch = given ?? globalThis.fetch;
  const controller = new AbortController();
  /** @type {"timeout" | "aborted" | undefined} */
  let ended;
  /** @type {(kind: "timeout" | "aborted") => void} */
  let end = () => {};
  // Not every fetch that is given minds its signal.
  const over = new Promise((_, reject) => {
    end = (kind) => {
      ended ??= kind;
      controller.abort();
      reject(new Error(kind));
    };
  });
  over.catch(() => {});
  const abort = () => end("aborted");
  signal?.addEventListener("abort", abort, { once: true });
  const timer = setTimeout(() => end("timeout"), Math.min(timeout, LONGEST));
  try {
    // Credentials follow no redirect.
    const init = { method, headers, body, signal: controller.signal, redirect: "manual" };
    const response = await Promise.race([fetch(url, init), over]);
    const text = await Promise.race([response.text(), over]);
    const status = response.type === "opaqueredirect" ? 302 : response.status;
    const retryAfter = response.headers?.get("retry-after");
    return [{ kind: "answered", status, retryAfter, body: text.length > MAX_BODY ? "" : text }, ""];
  } catch (error) {
    if (ended) return [{ kind: ended }, ""];
    const { code = "" } = /** @type {any} */ (error)?.cause ?? error ?? {};
    const why = /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : "";
    return [{ kind: UNSENT.includes(why) ? "refused" : "network" }, why];
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** Node's words for a connection that never was. */
const UNSENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "EHOSTUNREACH", "ENETUNREACH"];

/**
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @returns {Promise<Event>}
 */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const end = (/** @type {"waited" | "aborted"} */ kind) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      resolve({ kind });
    };
    const abort = () => end("aborted");
    const timer = setTimeout(() => end("waited"), Math.min(ms, LONGEST));
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** @param {any} failed @param {string} why */
function failure({ code, message, ...fields }, why) {
  return Object.assign(new ChekError(code, why ? `${message} (${why})` : message), fields);
}

/**
 * Options of a call apart from what it is about.
 * @param {any} given
 * @returns {[any, any]}
 */
function apart(given = {}) {
  const entries = Object.entries(given ?? {});
  const own = entries.filter(([name]) => OPTIONS.includes(name));
  const rest = entries.filter(([name, value]) => !OPTIONS.includes(name) && value !== undefined);
  return [Object.fromEntries(own), Object.fromEntries(rest)];
}

/** @param {any} options */
function base({ baseUrl, inn, jws }) {
  return { baseUrl, inn, jws: typeof jws === "string" ? jws : undefined };
}

/** @param {unknown} text @param {string} name */
function word(text, name) {
  if (text !== undefined && typeof text !== "string") throw new ChekError("bad_argument", `${name} is a string`);
  return text;
}

export class CloudKassir extends Client {
  constructor(/** @type {any} */ { publicId, apiSecret, ...options } = {}) {
    const [login, secret] = [word(publicId, "publicId"), word(apiSecret, "apiSecret")];
    super({ provider: "cloudkassir", login, secret, ...base(options) }, options);
  }

  /** @param {any} [options] */
  test(options) {
    return this._call("test", {}, options);
  }

  /** @param {any} receipt @param {any} [options] */
  createReceipt(receipt, options) {
    const [own, { requestId, part, ...encode }] = apart(options);
    return this._call("createReceipt", {}, own, { receipt, requestId, part, encode: { inn: this._account.inn, ...encode } });
  }

  /** @param {any} receipt @param {any} [options] */
  createCorrection(receipt, options) {
    const [own, { requestId, part, invoiceId, ...encode }] = apart(options);
    const all = { inn: this._account.inn, ...encode };
    return this._call("createCorrection", {}, own, { receipt, requestId, part, invoiceId, encode: all });
  }

  /** @param {any} id @param {any} [options] */
  receiptStatus(id, options) {
    return this._call("receiptStatus", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  getReceipt(id, options) {
    return this._call("getReceipt", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  waitForReceipt(id, options) {
    return this._wait("waitForReceipt", id, options);
  }

  /** @param {any} id @param {any} [options] */
  correctionStatus(id, options) {
    return this._call("correctionStatus", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  getCorrection(id, options) {
    return this._call("getCorrection", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  waitForCorrection(id, options) {
    return this._wait("waitForCorrection", id, options);
  }

  /** @param {any} register @param {any} [options] */
  fiscalize(register, options) {
    return this._call("fiscalize", register, options);
  }

  /** @param {any} register @param {any} [options] */
  setState(register, options) {
    return this._call("setState", register, options);
  }

  /** @param {any} register @param {any} [options] */
  getState(register, options) {
    return this._call("getState", register, options);
  }

  /** @param {any} [options] */
  warnings(options) {
    return this._call("warnings", {}, options);
  }

  /** @param {any} code @param {any} [options] */
  validateMarkCode(code, options) {
    return this._call("validateMarkCode", { code }, options);
  }

  /** @param {any} codes @param {any} [options] */
  validateMarkCodes(codes, options) {
    return this._call("validateMarkCodes", { codes }, options);
  }
}

export class Paybox extends Client {
  constructor(/** @type {any} */ { merchantId, secret, ...options } = {}) {
    const login = typeof merchantId === "number" ? String(merchantId) : word(merchantId, "merchantId");
    super({ provider: "paybox", login, secret: word(secret, "secret"), ...base(options) }, options);
  }

  /** @param {any} payment @param {any} [options] */
  initPayment(payment, options) {
    return this.#pay("initPayment", "payment", payment, options);
  }

  /** @param {any} payment @param {any} [options] */
  capture(payment, options) {
    return this.#pay("capture", "capture", payment, options);
  }

  /** @param {any} payment @param {any} [options] */
  refund(payment, options) {
    return this.#pay("refund", "refund", payment, options);
  }

  /** @param {any} payment @param {any} [options] */
  cancel(payment, options) {
    return this._call("cancel", payment, options);
  }

  /** @param {any} payment @param {any} [options] */
  status(payment, options) {
    const given = typeof payment === "object" ? payment : { paymentId: payment };
    return this._call("status", given, options);
  }

  /** @param {any} receipt @param {any} [options] */
  createReceipt(receipt, options) {
    const [own, encode] = apart(options);
    const all = { form: "separate", merchantId: this._account.login, ...encode };
    return this._call("createReceipt", {}, own, { receipt, encode: all });
  }

  /** @param {any} id @param {any} [options] */
  getReceipt(id, options) {
    return this._call("getReceipt", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  waitForReceipt(id, options) {
    return this._wait("waitForReceipt", id, options);
  }

  /** @param {any} [options] */
  receipts(options) {
    return this._call("receipts", {}, options);
  }

  /**
   * @param {string} method
   * @param {string} form
   * @param {any} payment
   * @param {any} options
   */
  async #pay(method, form, { receipt, ...given }, options) {
    if (receipt === undefined || receipt === null) return this._call(method, given, options);
    given.amount ??= totals(receipt).total;
    const encode = { form, merchantId: this._account.login, amount: given.amount, paymentId: given.paymentId };
    return this._call(method, given, options, { receipt, encode });
  }
}

export class PayKeeper extends Client {
  constructor(/** @type {any} */ { user, password, ...options } = {}) {
    const [login, secret] = [word(user, "user"), word(password, "password")];
    super({ provider: "paykeeper", login, secret, ...base(options) }, options);
  }

  /** @param {any} receipt @param {any} [options] */
  printReceipt(receipt, options) {
    const [own, { part, requestId, ...encode }] = apart(options);
    return this._call("printReceipt", {}, own, { receipt, part, requestId, encode });
  }

  /** @param {any} id @param {any} [options] */
  receiptById(id, options) {
    return this._call("receiptById", { id }, options);
  }

  /** @param {any} paymentId @param {any} [options] */
  receiptsByPayment(paymentId, options) {
    return this._call("receiptsByPayment", { paymentId }, options);
  }

  /** @param {any} query @param {any} [options] */
  receiptsByDate(query, options) {
    return this._call("receiptsByDate", query, options);
  }

  /** @param {any} query @param {any} [options] */
  countByDate(query, options) {
    return this._call("countByDate", query, options);
  }

  /** @param {any} query @param {any} [options] */
  search(query, options) {
    return this._call("search", query, options);
  }

  /** @param {any} id @param {any} [options] */
  waitForReceipt(id, options) {
    return this._wait("waitForReceipt", id, options);
  }
}
