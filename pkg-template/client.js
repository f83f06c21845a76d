// @ts-check
// Clients of the providers: a loop around `exchange`, which decides everything. Here are only the network, the timers
// and the caller's callbacks.
import { ChekError, exchange, parseReceipt, totals } from "./index.js";
import { nearest } from "./spelling.js";

export { ChekError, ReceiptError } from "./index.js";

/** @typedef {import("./index.js").ExchangeAccount} Account */
/** @typedef {import("./index.js").ExchangeEvent} Event */
/** @typedef {import("./index.js").Provider} Provider */

/** @typedef {{ error?: unknown, ended?: "timeout" | "aborted", value?: any }} Outcome */

/** What an option is, by its name. @type {Record<string, [string, (value: any) => boolean]>} */
const KINDS = {
  timeoutMs: ["a whole number, 0 or more", isWhole],
  deadlineMs: ["a whole number, 0 or more", isWhole],
  maxRetries: ["a whole number, 0 or more", isWhole],
  signal: ["an AbortSignal", (value) => typeof value?.aborted === "boolean" && isFunction(value.addEventListener)],
  onRetry: ["a function", isFunction],
  onState: ["a function", isFunction],
  onStatus: ["a function", isFunction],
  fetch: ["a function", isFunction],
  check: ["a boolean or an object", (value) => typeof value === "boolean" || isObject(value)],
  lang: ["a string", isWord],
  baseUrl: ["an address, https://.. or the /path of a page's own server", isAddress],
  publicId: ["a string that is not empty", isWord],
  apiSecret: ["a string that is not empty", isWord],
  // An empty one is found with the receipt.
  inn: ["a string", (value) => typeof value === "string"],
  merchantId: ["a number or a string that is not empty", (value) => isWord(value) || isWhole(value)],
  secret: ["a string that is not empty", isWord],
  jws: ["a function or a string that is not empty", (value) => isFunction(value) || isWord(value)],
  user: ["a string that is not empty", isWord],
  password: ["a string that is not empty", isWord],
};
/** What every client takes. */
const OF_CLIENT = ["baseUrl", "fetch", "timeoutMs", "deadlineMs", "maxRetries", "lang", "onRetry"];
/** What every call takes beside its arguments. */
const OF_CALL = ["timeoutMs", "deadlineMs", "maxRetries", "lang", "signal", "onRetry", "onState"];
const OF_SENDING = [...OF_CALL, "check"];
const OF_WAITING = [...OF_CALL, "onStatus"];
/** What CloudKassir's receipts take, what is not in their bodies first. */
const OF_KASSIR = ["requestId", "until", "part", "invoiceId", "accountId", "version", "inn", "deviceNumber"];
const OF_PAYBOX = ["paymentId", "refundId", "offset"];
const OF_KEEPER = ["part", "requestId", "paymentId", "refundId", "receiptKey", "postSale", "opaque"];
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
   * @param {Provider} provider
   * @param {any} given
   * @param {string[]} credentials the names of login and secret
   * @param {string[]} others
   */
  constructor(provider, given, credentials, others) {
    const options = known("the client", given, [...credentials, ...others, ...OF_CLIENT], false);
    const { baseUrl, inn, jws } = options;
    const [login, secret] = credentials.map((name) => options[name]);
    // A shop's number is in the bodies, and is no secret.
    const isWhole = provider === "paybox" ? secret === undefined || login !== undefined : (login === undefined) === (secret === undefined);
    if (!isWhole || (!baseUrl && secret === undefined)) {
      const missing = credentials.filter((name) => options[name] === undefined);
      throw refused(`${missing.join(" and ")} missing: credentials are left out only with the baseUrl of a server that adds them`);
    }
    if (!baseUrl && provider === "paykeeper") throw refused("baseUrl is missing: https://name.server.paykeeper.ru");
    const word = typeof jws === "string" ? jws : undefined;
    this.#account = { provider, login: login === undefined ? login : String(login), secret, baseUrl, inn, jws: word };
    this.#jws = isFunction(jws) ? jws : undefined;
    this.#options = Object.fromEntries(Object.entries(options).filter(([name]) => OF_CLIENT.includes(name)));
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
  async resume(text, options) {
    if (typeof text !== "string") throw refused("resume takes a text that onState gave");
    return this.#run(text, { ...this.#options, ...known("resume", options, OF_WAITING) });
  }

  /**
   * @protected
   * @param {string} method
   * @param {object} given arguments of the method
   * @param {any} [options]
   * @param {any} [beside] what the call has beside its arguments: receipt, encode, invoiceId..
   * @param {string[]} [names] the options it may have
   * @returns {Promise<any>}
   */
  async _call(method, given, options, beside, names = OF_CALL) {
    if (!isObject(given)) throw refused(`${method} takes an object`);
    const all = { ...this.#options, ...known(method, options, names) };
    const { timeoutMs, deadlineMs, maxRetries, lang } = all;
    const { provider } = this.#account;
    const call = { provider, method, arguments: given, timeoutMs, deadlineMs, maxRetries, lang, ...beside };
    if (call.receipt !== undefined) call.receipt = checked(call.receipt, provider, call.encode?.version, all);
    return this.#run({ call }, all);
  }

  /**
   * A call that sends a receipt: `own` of its options are not for `encode`.
   * @protected
   * @param {string} method
   * @param {any} receipt
   * @param {any} options
   * @param {string[]} names
   * @param {string[]} own
   * @param {object} [encode]
   */
  async _send(method, receipt, options, names, own, encode) {
    const all = Object.entries(known(method, options, [...names, ...OF_SENDING]));
    const of = (/** @type {(name: string) => boolean} */ is) => Object.fromEntries(all.filter(([name]) => is(name)));
    const rest = of((name) => names.includes(name) && !own.includes(name));
    const beside = { receipt, ...of((name) => own.includes(name)), encode: { ...encode, ...rest } };
    return this._call(method, {}, of((name) => OF_SENDING.includes(name)), beside, OF_SENDING);
  }

  /**
   * Of a call that waits, the time given is that of the whole; ten minutes where there is none.
   * @protected
   * @param {string} method
   * @param {any} id
   * @param {any} [options]
   */
  async _wait(method, id, options) {
    const { timeoutMs, deadlineMs, ...rest } = known(method, options, OF_WAITING);
    return this._call(method, { id }, { ...rest, deadlineMs: timeoutMs ?? deadlineMs }, {}, OF_WAITING);
  }

  /**
   * @param {any} state
   * @param {any} options
   */
  async #run(state, { signal, onState, onRetry, onStatus, fetch }) {
    /** @type {Event} */
    let event = { kind: "start" };
    let why = "";
    /** @type {Outcome} Why the call is given up. */
    let over = {};
    for (;;) {
      // What has come is not thrown away.
      if (signal?.aborted && (event.kind === "start" || event.kind === "waited")) event = { kind: "aborted" };
      const made = exchange(state, this.#account, event);
      const { step } = made;
      if ("done" in step) return step.done;
      if ("failed" in step) throw failure(step.failed, why, over);
      const end = Date.now() + (made.left ?? LONGEST);
      const left = () => end - Date.now();
      if (onState) over = await within(() => onState(made.state), left(), signal);
      if (signal?.aborted) over = { ended: "aborted" };
      if (isOver(over)) {
        // Nothing was sent: the state before is the one that knows it.
        if ("wait" in step) state = made.state;
        event = givenUp(over);
        continue;
      }
      if ("send" in step) {
        const { send } = step;
        const jws = this.#jws;
        if (jws && send.url.includes("/v5/")) {
          const { method, url, body } = send;
          const start = Date.now();
          over = await within(() => jws({ method, url, body }), send.timeout, signal);
          if (!isOver(over) && !isWord(over.value)) over = { error: refused("jws gives a string that is not empty") };
          if (isOver(over)) {
            event = givenUp(over);
            continue;
          }
          send.headers["x-jws-signature"] = over.value;
          send.timeout = Math.max(send.timeout - (Date.now() - start), 1);
        }
        state = made.state;
        [event, why] = await attempt(send, fetch, signal);
        continue;
      }
      state = made.state;
      const { ms, retry, status } = step.wait;
      // Who is only told changes nothing by failing.
      if (retry && onRetry) void within(() => onRetry({ ...retry, waitMs: ms, requestId: made.requestId }), LONGEST);
      if (status && onStatus) over = await within(() => onStatus(status), left(), signal);
      event = isOver(over) ? givenUp(over) : await pause(ms, signal);
    }
  }
}

/** @param {unknown} value */
function isFunction(value) {
  return typeof value === "function";
}

/** @param {unknown} value */
function isWord(value) {
  return typeof value === "string" && value !== "";
}

/** @param {unknown} value */
function isWhole(value) {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A path of two slashes would be another host. @param {unknown} value */
function isAddress(value) {
  return typeof value === "string" && /^(https?:\/\/[^/]|\/[^/])/.test(value) && !/[\s\\?#@]/.test(value);
}

/** @param {string} message */
function refused(message) {
  return new ChekError("bad_argument", message);
}

/**
 * Options, of which each is known and what it should be; those that are not given are left out.
 * @param {string} whose
 * @param {any} given
 * @param {string[]} names
 * @param {boolean} [nullable] whether `null` is as good as nothing
 * @returns {any}
 */
function known(whose, given, names, nullable = true) {
  if (given === undefined || (given === null && nullable)) return {};
  if (!isObject(given)) throw refused(`the options of ${whose} are an object`);
  /** @type {any} */
  const options = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!names.includes(name)) {
      const meant = nearest(name, names);
      throw refused(`${whose} has no option "${name}"${meant ? `; did you mean "${meant}"?` : `: there are ${names.join(", ")}`}`);
    }
    const [what, is] = KINDS[name] ?? [];
    if (value === null && nullable) continue;
    if (is && !is(value)) throw refused(`option "${name}" is ${what}`);
    options[name] = value;
  }
  return options;
}

/** Numbers have no leading zeros. @param {string} method @param {any} given @param {string[]} names */
function spelt(method, given, names) {
  if (!isObject(given)) throw refused(`${method} takes an object`);
  for (const name of names) {
    const value = given[name];
    if (value !== undefined && value !== null && typeof value !== "string") {
      throw refused(`${method}: ${name} is a string, since numbers lose their leading zeros`);
    }
  }
  return given;
}

/**
 * `part` tells receipts of one order apart, so there has to be an order.
 * @param {any} options
 * @param {string} name the option that says the order
 */
function ordered(options, name) {
  const { [name]: order, part } = options ?? {};
  if (name === "invoiceId" && (order === "" || order === null)) throw refused("invoiceId is empty: the receipt would have a random id");
  const none = order === undefined || order === null || order === "";
  if (none && part !== undefined && part !== null) throw refused(`part does nothing without ${name}`);
}

/**
 * What a callback gives or throws, unless the time is over or the caller gives up first.
 * @param {() => unknown} work
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @returns {Promise<Outcome>}
 */
function within(work, ms, signal) {
  return new Promise((resolve) => {
    const end = (/** @type {Outcome} */ outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      resolve(outcome);
    };
    const abort = () => end({ ended: "aborted" });
    const timer = ms < LONGEST ? setTimeout(() => end({ ended: "timeout" }), Math.max(ms, 0)) : undefined;
    signal?.addEventListener("abort", abort, { once: true });
    new Promise((done) => done(work())).then((value) => end({ value }), (error) => end({ error }));
  });
}

/** @param {Outcome} outcome */
function isOver(outcome) {
  return "error" in outcome || "ended" in outcome;
}

/** The event of an outcome that is over. @param {Outcome} outcome @returns {Event} */
function givenUp({ ended }) {
  return { kind: ended === "timeout" ? "expired" : "aborted" };
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
    const status = response.type === "opaqueredirect" ? 302 : Number(response.status);
    // An answer that has none cannot be read, and the request may have been carried out.
    if (!(Number.isInteger(status) && status >= 100 && status < 600)) return [{ kind: "answered", status: 200, body: "" }, NO_STATUS];
    const retryAfter = response.headers?.get("retry-after");
    return [{ kind: "answered", status, retryAfter, body: text.length > MAX_BODY ? "" : text }, ""];
  } catch (error) {
    if (ended) return [{ kind: ended }, ""];
    const why = word(error);
    return [{ kind: UNSENT.includes(why) ? "refused" : "network" }, why];
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

const NO_STATUS = "no status";

/** The system's word for a failure. @param {any} error */
function word(error) {
  try {
    const { code } = error?.cause ?? error ?? {};
    return typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : "";
  } catch {
    return "";
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

/**
 * @param {any} failed
 * @param {string} why
 * @param {Outcome} over
 */
function failure({ code, message, ...fields }, why, over) {
  if (why === NO_STATUS) delete fields.status;
  return Object.assign(new ChekError(code, why ? `${message} (${why})` : message, "error" in over ? { cause: over.error } : {}), fields);
}

const REGISTER = ["inn", "deviceNumber", "fiscalNumber", "regNumber"];

export class CloudKassir extends Client {
  constructor(/** @type {any} */ options = {}) {
    super("cloudkassir", options, ["publicId", "apiSecret"], ["inn"]);
  }

  /** @param {any} [options] */
  async test(options) {
    return this._call("test", {}, options);
  }

  /** @param {any} receipt @param {any} [options] */
  async createReceipt(receipt, options) {
    ordered(options, "invoiceId");
    return this.#send("createReceipt", receipt, options, ["requestId", "until", "part"]);
  }

  /** @param {any} receipt @param {any} [options] */
  async createCorrection(receipt, options) {
    ordered(options, "invoiceId");
    return this.#send("createCorrection", receipt, options, ["requestId", "until", "part", "invoiceId"]);
  }

  /** @param {string} method @param {any} receipt @param {any} options @param {string[]} own */
  async #send(method, receipt, options, own) {
    const { inn } = this._account;
    return this._send(method, receipt, options, OF_KASSIR, own, { inn });
  }

  /** @param {any} id @param {any} [options] */
  async receiptStatus(id, options) {
    return this._call("receiptStatus", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  async getReceipt(id, options) {
    return this._call("getReceipt", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  async waitForReceipt(id, options) {
    return this._wait("waitForReceipt", id, options);
  }

  /** @param {any} id @param {any} [options] */
  async correctionStatus(id, options) {
    return this._call("correctionStatus", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  async getCorrection(id, options) {
    return this._call("getCorrection", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  async waitForCorrection(id, options) {
    return this._wait("waitForCorrection", id, options);
  }

  /** @param {any} register @param {any} [options] */
  async fiscalize(register, options) {
    return this._call("fiscalize", spelt("fiscalize", register, REGISTER), options);
  }

  /** @param {any} register @param {any} [options] */
  async setState(register, options) {
    return this._call("setState", spelt("setState", register, REGISTER), options);
  }

  /** @param {any} register @param {any} [options] */
  async getState(register, options) {
    return this._call("getState", spelt("getState", register, REGISTER), options);
  }

  /** @param {any} [options] */
  async warnings(options) {
    return this._call("warnings", {}, options);
  }

  /** @param {any} code @param {any} [options] */
  async validateMarkCode(code, options) {
    return this._call("validateMarkCode", { code }, options);
  }

  /** @param {any} codes @param {any} [options] */
  async validateMarkCodes(codes, options) {
    return this._call("validateMarkCodes", { codes }, options);
  }
}

export class Paybox extends Client {
  constructor(/** @type {any} */ options = {}) {
    super("paybox", options, ["merchantId", "secret"], ["jws"]);
  }

  /** @param {any} payment @param {any} [options] */
  async initPayment(payment, options) {
    return this.#pay("initPayment", "payment", payment, options);
  }

  /** @param {any} payment @param {any} [options] */
  async capture(payment, options) {
    return this.#pay("capture", "capture", payment, options);
  }

  /** @param {any} payment @param {any} [options] */
  async refund(payment, options) {
    return this.#pay("refund", "refund", payment, options);
  }

  /** @param {any} payment @param {any} [options] */
  async cancel(payment, options) {
    return this._call("cancel", payment, options);
  }

  /** @param {any} payment @param {any} [options] */
  async status(payment, options) {
    const given = typeof payment === "object" && payment ? payment : { paymentId: payment };
    return this._call("status", given, options);
  }

  /** @param {any} receipt @param {any} [options] */
  async createReceipt(receipt, options) {
    return this._send("createReceipt", receipt, options, OF_PAYBOX, [], { form: "separate", merchantId: this._account.login });
  }

  /** @param {any} id @param {any} [options] */
  async getReceipt(id, options) {
    return this._call("getReceipt", { id }, options);
  }

  /** @param {any} id @param {any} [options] */
  async waitForReceipt(id, options) {
    return this._wait("waitForReceipt", id, options);
  }

  /** @param {any} [options] */
  async receipts(options) {
    return this._call("receipts", {}, options);
  }

  /**
   * @param {string} method
   * @param {string} form
   * @param {any} payment
   * @param {any} options
   */
  async #pay(method, form, payment, options) {
    if (!isObject(payment)) throw refused(`${method} takes an object`);
    const { receipt, ...given } = payment;
    const all = known(method, options, OF_SENDING);
    if (receipt === undefined || receipt === null) return this._call(method, given, all, {}, OF_SENDING);
    given.amount ??= totals(receipt).total;
    const encode = { form, merchantId: this._account.login, amount: given.amount, paymentId: given.paymentId };
    return this._call(method, given, all, { receipt, encode }, OF_SENDING);
  }
}

export class PayKeeper extends Client {
  constructor(/** @type {any} */ options = {}) {
    super("paykeeper", options, ["user", "password"], []);
  }

  /** @param {any} receipt @param {any} [options] */
  async printReceipt(receipt, options) {
    ordered(options, "paymentId");
    return this._send("printReceipt", receipt, options, OF_KEEPER, ["part", "requestId"]);
  }

  /** @param {any} id @param {any} [options] */
  async receiptById(id, options) {
    return this._call("receiptById", { id }, options);
  }

  /** @param {any} paymentId @param {any} [options] */
  async receiptsByPayment(paymentId, options) {
    return this._call("receiptsByPayment", { paymentId }, options);
  }

  /** @param {any} query @param {any} [options] */
  async receiptsByDate(query, options) {
    return this._call("receiptsByDate", query, options);
  }

  /** @param {any} query @param {any} [options] */
  async countByDate(query, options) {
    return this._call("countByDate", query, options);
  }

  /** @param {any} query @param {any} [options] */
  async search(query, options) {
    return this._call("search", query, options);
  }

  /** @param {any} id @param {any} [options] */
  async waitForReceipt(id, options) {
    return this._wait("waitForReceipt", id, options);
  }
}
