// @ts-check
// Sending to a sandbox that is in this very page: the client at work, what it asks and waits for, and what goes wrong.

import { ChekError, ReceiptError, explain, notificationReply, verifyNotification } from "../pkg/index.js";
import { CloudKassir, PayKeeper, Paybox } from "../pkg/client.js";
import { createSandbox } from "../pkg/sandbox.js";
import { element, icon } from "./element.js";
import { layOut } from "./json.js";
import { issueList } from "./requests.js";
import { paper } from "./slip.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").Provider} Provider */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */
/** @typedef {Receipt & { fiscal: NonNullable<Receipt["fiscal"]> }} FiscalReceipt */
/** @typedef {import("../pkg/sandbox.js").SandboxFault} Fault */
/** @typedef {import("../pkg/sandbox.js").SandboxNotification} Notification */
/** @typedef {import("./requests.js").Numbers} Numbers */
/** @typedef {keyof import("./words.js").Words["faults"]} FaultName */
/** @typedef {{ receipt: Receipt | undefined, at: string, numbers: Numbers }} Hand */
/** @typedef {"asked" | "fine" | "warning" | "error" | "waits"} StepKind */

/** The sandbox's clock goes so many times as fast: registers take their time. */
const SPEED = 8;
/** How long one answer is waited for, in milliseconds. */
const PATIENCE = 2500;
/** After how long a register that was away is back, in milliseconds of the visitor's. */
const AWAY = 2500;
/** How often a payment is asked about. */
const PAYS = 1000;
const PUMP = 100;
const SECRET = "demo";
const HOST = "https://sandbox.example";

/** @type {Record<Provider, string>} */
const NAMES = { cloudkassir: "CloudKassir", paybox: "Paybox", paykeeper: "PayKeeper" };
/** @type {FaultName[]} */
const FAULTS = ["lostAnswer", "serverError", "tooManyRequests", "hang", "registerOffline"];
/** Where receipts go. */
const PRINTING = /^\/(kkt\/(correction-)?receipt|init_payment\.php|v5\/receipts|change\/receipt\/print\/)$/;
const FINAL_PAYMENT = ["ok", "partial", "failed", "revoked", "refunded"];

export class Sending {
  #root;
  #open;
  /** @type {Hand} */
  #hand = { receipt: undefined, at: "", numbers: { inn: "", merchantId: "" } };
  /** @type {Lang} */
  #lang = "ru";
  /** @type {Provider} */
  #provider = "cloudkassir";
  /** @type {Set<FaultName>} */
  #faults = new Set();
  #sandbox = createSandbox({
    ...{ clock: clock(), seed: 54, credentials: { secret: SECRET } },
    onNotification: (notification) => this.#notified(notification),
  });
  /** @type {AbortController | undefined} */
  #running;
  #start = 0;
  #send = element("button", { type: "button", className: "button button-main" });
  #progress = element("progress");
  #steps = element("ol", { className: "steps-list" });
  #outcome = element("div", { className: "sent" });
  #none = element("p", { className: "empty" });
  /** How many requests of this sending had the receipt in them. */
  #asked = 0;
  /** @type {Notification[]} those of this sending */
  #notifications = [];

  /** @param {HTMLElement} root @param {(receipt: FiscalReceipt) => void} open */
  constructor(root, open) {
    this.#root = root;
    this.#open = open;
    this.#send.addEventListener("click", () => (this.#running ? this.#running.abort() : this.#go()));
  }

  /** @param {Hand} hand @param {Lang} lang */
  show(hand, lang) {
    this.#hand = hand;
    const fresh = this.#root.childElementCount === 0 || lang !== this.#lang;
    this.#lang = lang;
    if (fresh) this.#layOut();
    const said = words[lang];
    this.#send.textContent = this.#running ? said.stopSending : said.sendTo(NAMES[this.#provider]);
    this.#send.disabled = !hand.receipt && !this.#running;
    this.#none.textContent = hand.receipt ? "" : said.nothingToSend;
    this.#progress.hidden = !this.#running;
  }

  #layOut() {
    const said = words[this.#lang];
    const providers = /** @type {Provider[]} */ (Object.keys(NAMES)).map((provider) => {
      const input = element("input", { type: "radio", name: "sending-provider", value: provider });
      input.checked = provider === this.#provider;
      input.addEventListener("change", () => {
        this.#provider = provider;
        this.show(this.#hand, this.#lang);
      });
      return element("label", { className: "radio" }, input, element("span", {}, NAMES[provider]));
    });
    const faults = FAULTS.map((name) => {
      const input = element("input", { type: "checkbox", checked: this.#faults.has(name) });
      input.addEventListener("change", () => (input.checked ? this.#faults.add(name) : this.#faults.delete(name)));
      return element("label", { className: "radio" }, input, element("span", {}, said.faults[name]));
    });
    this.#steps.setAttribute("aria-label", said.sendingSteps);
    this.#progress.setAttribute("aria-label", said.sendingGoesOn);
    this.#root.replaceChildren(
      element(
        "div",
        { className: "sending-setup" },
        element("p", { className: "dialog-about" }, said.sendingAbout),
        element("fieldset", { className: "choice" }, element("legend", {}, said.sendingWhere), ...providers),
        element("fieldset", { className: "choice" }, element("legend", {}, said.sendingFaults), ...faults),
        this.#send,
        this.#none,
        this.#progress,
      ),
      element("div", { className: "sending-course", role: "log", aria: { label: said.sendingSteps } }, this.#steps),
      this.#outcome,
    );
  }

  async #go() {
    const { receipt, at } = this.#hand;
    if (!receipt) return;
    const said = words[this.#lang];
    const provider = this.#provider;
    const running = new AbortController();
    this.#running = running;
    this.#start = performance.now();
    this.#notifications = [];
    this.#asked = 0;
    this.#steps.replaceChildren();
    this.#outcome.replaceChildren();
    this.show(this.#hand, this.#lang);
    const before = this.#sandbox.receipts.length;
    const pump = setInterval(() => void this.#sandbox.advance(0), PUMP);
    this.#arm(provider, !!receipt.correction);
    const { fiscal: _, ...unissued } = /** @type {FiscalReceipt} */ (receipt);
    const check = { lang: this.#lang, ...(at ? { at } : {}) };
    try {
      const made = await this.#call(provider, unissued, { check, signal: running.signal });
      this.#step("fine", said.becameFiscal);
      await this.#awaited(provider);
      this.#show(made, this.#sandbox.receipts.length - before);
    } catch (error) {
      this.#fail(error);
    } finally {
      clearInterval(pump);
      this.#running = undefined;
      this.show(this.#hand, this.#lang);
    }
  }

  /** What goes wrong this time, each once. @param {Provider} provider @param {boolean} correction */
  #arm(provider, correction) {
    const path = {
      cloudkassir: correction ? "kkt/correction-receipt" : "kkt/receipt",
      ...{ paybox: "init_payment.php", paykeeper: "change/receipt/print" },
    }[provider];
    const set = [...this.#faults].map((kind) => ({ kind, ...(kind === "registerOffline" ? {} : { path, times: 1 }) }));
    this.#sandbox.setFaults(set);
    if (!this.#faults.has("registerOffline")) return;
    setTimeout(() => {
      this.#sandbox.setFaults(this.#sandbox.faults.filter(({ kind }) => kind !== "registerOffline"));
      this.#step("fine", words[this.#lang].registerBack);
    }, AWAY);
  }

  /**
   * The whole way: the receipt is sent, and waited for until it is fiscal.
   * @param {Provider} provider
   * @param {Receipt} receipt
   * @param {{ check: object, signal: AbortSignal }} options
   * @returns {Promise<FiscalReceipt>}
   */
  async #call(provider, receipt, options) {
    const said = words[this.#lang];
    const { inn, invoiceId, version, merchantId, payment, paymentId, receiptKey } = this.#hand.numbers;
    const common = {
      ...{ fetch: this.#fetch, timeoutMs: PATIENCE, lang: this.#lang, baseUrl: HOST },
      onRetry: (/** @type {import("../pkg/client.js").Retry} */ { attempt, waitMs }) =>
        this.#step("waits", said.sendsAgain(attempt, seconds(waitMs, this.#lang))),
    };
    const told = (/** @type {{ status: string, warnings?: { description: string }[] }} */ { status, warnings = [] }) =>
      this.#step("waits", said.waitsFor(meaning(provider, status, this.#lang), warnings.map(({ description }) => description).join("; ")));
    const { signal } = options;
    const waiting = { signal, onStatus: told };
    if (provider === "cloudkassir") {
      const client = new CloudKassir({ ...common, publicId: "pk_demo", apiSecret: SECRET, inn: receipt.seller?.inn ?? inn });
      const sending = { ...options, invoiceId, version };
      if (receipt.correction) {
        const { id } = await client.createCorrection(receipt, sending);
        return client.waitForCorrection(id, waiting);
      }
      const { id } = await client.createReceipt(receipt, sending);
      return client.waitForReceipt(id, waiting);
    }
    if (provider === "paykeeper") {
      const client = new PayKeeper({ ...common, user: "demo", password: SECRET });
      const { id } = await client.printReceipt(receipt, { ...options, paymentId, receiptKey });
      return /** @type {Promise<FiscalReceipt>} */ (/** @type {unknown} */ (client.waitForReceipt(id, waiting)));
    }
    const client = new Paybox({ ...common, merchantId, secret: SECRET, jws: "demo" });
    let id;
    if (receipt.operation === "income" && !receipt.payments.prepaid) {
      const amount = receipt.payments.electronic ?? "0.00";
      const order = { orderId: invoiceId ?? "1", amount, description: receipt.items[0]?.name ?? "-", receipt };
      const paid = await client.initPayment(order, options);
      for (;;) {
        const { transactionStatus = "" } = await client.status(paid.paymentId ?? "", { signal });
        if (FINAL_PAYMENT.includes(transactionStatus)) break;
        this.#step("waits", said.waitsForPayment(transactionStatus));
        await new Promise((resolve) => setTimeout(resolve, PAYS));
      }
      const found = (await client.receipts({ signal })).find((each) => each.paymentId === paid.paymentId);
      if (!found) throw new ChekError("bad_answer", said.noReceiptIn);
      id = found.id;
    } else {
      const returned = receipt.operation === "incomeReturn";
      const of = returned ? { refundId: payment } : { paymentId: payment, ...(receipt.payments.prepaid ? { offset: true } : {}) };
      ({ id } = await client.createReceipt(receipt, { ...options, ...of }));
    }
    return /** @type {Promise<FiscalReceipt>} */ (/** @type {unknown} */ (client.waitForReceipt(id, waiting)));
  }

  /** What leaves the client, seen on its way. @param {string} url @param {RequestInit} init */
  #fetch = async (url, init) => {
    const said = words[this.#lang];
    const headers = new Headers(init.headers);
    const key = headers.get("x-request-id");
    const path = new URL(url).pathname;
    if (PRINTING.test(path)) this.#asked += 1;
    this.#step("asked", `${init.method} ${path}`, String(init.body ?? ""), key ? `X-Request-ID: ${key}` : "");
    try {
      const response = await this.#sandbox.fetch(url, init);
      const text = await response.clone().text();
      this.#step(response.ok ? "fine" : "warning", said.answered(response.status), text);
      return response;
    } catch (error) {
      this.#step("warning", init.signal?.aborted ? said.noAnswerInTime : said.noAnswer);
      throw error;
    }
  };

  /** @param {Notification} notification */
  #notified(notification) {
    const { provider, body, headers, url } = notification;
    const said = words[this.#lang];
    const delivery = { body, headers, script: url, secret: SECRET };
    const authentic = verifyNotification(/** @type {"cloudkassir"} */ (provider), delivery);
    this.#notifications.push(notification);
    this.#step(authentic ? "fine" : "error", authentic ? said.notifiedRightly : said.notifiedWrongly, body);
    const reply = provider === "paybox" ? notificationReply(provider, { script: url, secret: SECRET }) : notificationReply(provider);
    return { status: reply.status, body: reply.body };
  }

  /** Until the notification is here; Paybox sends none of a receipt by itself. @param {Provider} provider */
  async #awaited(provider) {
    for (let tries = 0; tries < 40 && !this.#notifications.some((one) => one.provider === provider); tries++) {
      await new Promise((resolve) => setTimeout(resolve, PUMP));
    }
  }

  /** @param {FiscalReceipt} receipt @param {number} printed how many receipts there are more than before */
  #show(receipt, printed) {
    const said = words[this.#lang];
    const { requestId, envelope, id, status, final, ...plain } = /** @type {any} */ (receipt);
    const open = element("button", { type: "button", className: "button" }, said.openThis);
    open.addEventListener("click", () => this.#open(plain));
    this.#outcome.replaceChildren(
      element("h3", {}, said.fiscalReceipt),
      element("p", { className: "told told-fine" }, icon("fine"), printed ? said.printed(this.#asked, printed) : said.printedBefore),
      paper(plain, this.#lang),
      open,
    );
  }

  /** @param {unknown} error */
  #fail(error) {
    const said = words[this.#lang];
    if (error instanceof ReceiptError) {
      this.#step("error", said.notSent);
      this.#outcome.replaceChildren(element("h3", {}, said.notSent), issueList(error.issues, this.#lang));
      return;
    }
    if (!(error instanceof ChekError)) throw error;
    const { next } = /** @type {any} */ (error);
    this.#step("error", error.message, next ? layOut(next) : "");
    this.#outcome.replaceChildren(
      element("h3", {}, error.code === "unknown_outcome" ? said.unknownOutcome : said.sendingFailed),
      element("p", { className: "told told-error" }, icon("error"), error.message),
      ...(next ? [element("p", {}, said.settledBy), element("pre", { className: "sent-next", tabIndex: 0 }, layOut(next))] : []),
    );
  }

  /** @param {StepKind} kind @param {string} text @param {string} [body] @param {string} [note] */
  #step(kind, text, body = "", note = "") {
    const time = seconds(performance.now() - this.#start, this.#lang);
    const content = element("div", {}, element("p", {}, text), ...(note ? [element("p", { className: "step-note" }, note)] : []));
    if (body) {
      const shown = element("pre", { tabIndex: 0 }, body.length > 2000 ? `${body.slice(0, 2000)} …` : body);
      content.append(element("details", {}, element("summary", {}, words[this.#lang].stepBody), shown));
    }
    const shape = kind === "asked" ? "sent" : kind;
    this.#steps.append(element("li", { className: `step step-${kind}` }, icon(shape), element("time", {}, time), content));
    this.#steps.scrollTop = this.#steps.scrollHeight;
  }
}

/** What a status means; CloudKassir's begin with a capital. @param {Provider} provider @param {string} status @param {Lang} lang */
function meaning(provider, status, lang) {
  const word = provider === "cloudkassir" ? status.replace(/^./, (first) => first.toUpperCase()) : status;
  return explain(provider, word, { lang })?.message ?? status;
}

/** @param {number} ms @param {Lang} lang */
const seconds = (ms, lang) =>
  `${(ms / 1000).toLocaleString(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}\u00a0${words[lang].second}`;

/** A clock that begins now and goes faster. */
function clock() {
  const now = Date.now();
  const start = performance.now();
  return () => now + (performance.now() - start) * SPEED;
}
