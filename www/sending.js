// @ts-check
// Sending to a sandbox that is in this very page: the client at work, what it asks and waits for, and what goes wrong.

import { ChekError, ReceiptError, checkReceipt, explain, notificationReply, verifyNotification } from "../pkg/index.js";
import { CloudKassir, PayKeeper, Paybox } from "../pkg/client.js";
import { createSandbox } from "../pkg/sandbox.js";
import { element, icon } from "./element.js";
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
/** @typedef {(said: import("./words.js").Words, lang: Lang) => string} Telling in whichever language */
/** @typedef {{ kind: StepKind, ms: number, tell: Telling, body: string, note: string }} Step */
/** @typedef {{ kind: string, [detail: string]: any }} Next what settles an outcome */
/**
 * @typedef {object} Box a sandbox for one order at one provider, so that nothing of another gets in between
 * @property {import("../pkg/sandbox.js").Sandbox} sandbox
 * @property {string} text the receipt
 * @property {Course} [course] the latest
 */
/**
 * @typedef {object} Course one sending, with the questions that settled it
 * @property {Box} box
 * @property {Provider} provider
 * @property {Receipt} receipt
 * @property {Numbers} numbers
 * @property {{ lang: Lang, at?: string }} check
 * @property {number} start
 * @property {number} asked how many requests had the receipt in them
 * @property {number} before how many receipts there were
 * @property {boolean} notified
 * @property {Step[]} steps
 * @property {string} [id] of the receipt, and of its payment
 * @property {string} [paid]
 * @property {Next} [next] while it is not known what came of it
 * @property {boolean} [printed]
 * @property {(lang: Lang) => HTMLElement[]} [outcome]
 */

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
/** Errors after which what was taken in may yet be printed. */
const PASSING = ["aborted", "timeout", "network", "server", "rate_limited", "bad_answer"];
/** What is settled by making the same request again: a second receipt does not come of it. */
const REPEATED = ["sameRequest", "receiptKey"];
/** What nothing in this page answers. */
const ELSEWHERE = ["notification", "account", "registerState"];
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
  /** @type {Map<string, Box>} */
  #boxes = new Map();
  /** How many new orders there were. */
  #renewed = 0;
  /** @type {Course | undefined} the one that is shown */
  #course;
  /** @type {AbortController | undefined} */
  #running;
  #send = element("button", { type: "button", className: "button button-main" });
  #renew = element("button", { type: "button", className: "button" });
  #order = element("p", { className: "step-note" });
  #progress = element("progress");
  #steps = element("ol", { className: "steps-list" });
  #outcome = element("div", { className: "sent" });
  #none = element("p", { className: "empty" });
  #next;

  /** @param {HTMLElement} root @param {(receipt: FiscalReceipt) => void} open @param {() => Numbers} next counts the order up */
  constructor(root, open, next) {
    this.#root = root;
    this.#open = open;
    this.#next = next;
    this.#send.addEventListener("click", () => {
      if (this.#running) this.#running.abort();
      else if (this.#unsettled) void this.#settle(this.#unsettled);
      else void this.#go();
    });
    this.#renew.addEventListener("click", () => this.#newOrder());
  }

  get #key() {
    return JSON.stringify([this.#provider, this.#hand.numbers, this.#renewed]);
  }

  /** The sending of this order that it is not known of what came of it. */
  get #unsettled() {
    const course = this.#boxes.get(this.#key)?.course;
    return course?.next ? course : undefined;
  }

  #newOrder() {
    this.#renewed += 1;
    this.#hand = { ...this.#hand, numbers: this.#next() };
    this.show(this.#hand, this.#lang);
  }

  /** @param {Hand} hand @param {Lang} lang */
  show(hand, lang) {
    this.#hand = hand;
    const fresh = this.#root.childElementCount === 0 || lang !== this.#lang;
    this.#lang = lang;
    if (fresh) this.#layOut();
    const said = words[lang];
    const next = this.#unsettled?.next;
    const asks = next && (REPEATED.includes(next.kind) ? said.sameAgain : said.askStatus);
    this.#send.textContent = this.#running ? said.stopSending : (asks ?? said.sendTo(NAMES[this.#provider]));
    this.#send.disabled = !this.#running && (next ? ELSEWHERE.includes(next.kind) : !hand.receipt);
    this.#renew.textContent = said.newOrder;
    this.#renew.disabled = !!this.#running;
    const { invoiceId, paymentId, receiptKey } = hand.numbers;
    const number = this.#provider === "paykeeper" ? (receiptKey ?? paymentId) : invoiceId;
    this.#order.textContent = number ? said.orderNumber(number) : "";
    this.#none.textContent = hand.receipt || next ? "" : said.nothingToSend;
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
      input.addEventListener("change", () => {
        if (!input.checked) return this.#faults.delete(name);
        this.#faults.add(name);
        // Of what is printed already nothing is sent any more that could go wrong.
        if (!this.#running && this.#boxes.get(this.#key)?.course?.printed) this.#newOrder();
      });
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
        this.#order,
        element("div", { className: "sending-buttons" }, this.#send, this.#renew),
        this.#none,
        this.#progress,
      ),
      element("div", { className: "sending-course", role: "log", aria: { label: said.sendingSteps } }, this.#steps),
      this.#outcome,
    );
    this.#steps.replaceChildren(...(this.#course?.steps ?? []).map((step) => this.#stepShown(step)));
    this.#outcome.replaceChildren(...(this.#course?.outcome?.(this.#lang) ?? []));
  }

  async #go() {
    const provider = this.#provider;
    // Paybox takes each request for another payment: once more is another order.
    if (provider === "paybox" && this.#boxes.get(this.#key)?.course?.printed) this.#newOrder();
    const { receipt, at, numbers } = this.#hand;
    if (!receipt) return;
    const { fiscal: _, ...unissued } = /** @type {FiscalReceipt} */ (receipt);
    const box = this.#boxOf(provider, JSON.stringify(unissued));
    /** @type {Course} */
    const course = {
      ...{ box, provider, receipt: unissued, numbers, check: { lang: this.#lang, ...(at ? { at } : {}) } },
      ...{ start: performance.now(), asked: 0, before: box.sandbox.receipts.length, notified: false, steps: [] },
    };
    box.course = course;
    this.#course = course;
    this.#steps.replaceChildren();
    this.#arm(course);
    await this.#run(course, (options) => this.#call(course, options));
  }

  /** Asks what came of it. @param {Course} course */
  async #settle(course) {
    const { next } = course;
    if (!next) return;
    this.#course = course;
    this.#layOut();
    await this.#run(course, (options) => this.#ask(course, next, options));
  }

  /** @param {Course} course @param {(options: { check: object, signal: AbortSignal }) => Promise<FiscalReceipt | undefined>} act */
  async #run(course, act) {
    const { box, check } = course;
    const running = new AbortController();
    this.#running = running;
    this.#outcome.replaceChildren();
    this.show(this.#hand, this.#lang);
    const pump = setInterval(() => void box.sandbox.advance(0), PUMP);
    try {
      const made = await act({ check: { ...check, lang: this.#lang }, signal: running.signal });
      course.next = undefined;
      if (made) {
        course.printed = true;
        this.#step(course, "fine", (said) => said.becameFiscal);
        const printed = box.sandbox.receipts.length - course.before;
        // Of corrections there are no notifications.
        if (printed && !course.receipt.correction) await this.#awaited(course);
        this.#end(course, (lang) => this.#made(made, course.asked, printed, lang));
      } else {
        this.#step(course, "fine", (said) => said.notCarriedOut);
        this.#end(course, (lang) => [
          element("h3", {}, words[lang].sendingFailed),
          element("p", { className: "told told-fine" }, icon("fine"), words[lang].notCarriedOut),
        ]);
      }
    } catch (error) {
      this.#fail(course, error);
    } finally {
      clearInterval(pump);
      this.#running = undefined;
      this.show(this.#hand, this.#lang);
    }
  }

  /**
   * The sandbox of the order at hand. Another receipt under the same number begins anew, but at PayKeeper, which knows
   * receipts by their key alone.
   * @param {Provider} provider
   * @param {string} text
   */
  #boxOf(provider, text) {
    const known = this.#boxes.get(this.#key);
    if (known && (known.text === text || provider === "paykeeper")) return known;
    /** @type {Box} */
    const box = {
      text,
      sandbox: createSandbox({
        ...{ clock: clock(), seed: 54, credentials: { secret: SECRET } },
        onNotification: (notification) => this.#notified(box.course, notification),
      }),
    };
    this.#boxes.set(this.#key, box);
    return box;
  }

  /** @param {Course} course @param {(lang: Lang) => HTMLElement[]} outcome */
  #end(course, outcome) {
    course.outcome = outcome;
    if (course === this.#course) this.#outcome.replaceChildren(...outcome(this.#lang));
  }

  /** What goes wrong this time, each once. @param {Course} course */
  #arm(course) {
    const path = {
      cloudkassir: course.receipt.correction ? "kkt/correction-receipt" : "kkt/receipt",
      ...{ paybox: "init_payment.php", paykeeper: "change/receipt/print" },
    }[course.provider];
    const { sandbox } = course.box;
    sandbox.setFaults([...this.#faults].map((kind) => ({ kind, ...(kind === "registerOffline" ? {} : { path, times: 1 }) })));
    if (!this.#faults.has("registerOffline")) return;
    setTimeout(() => {
      sandbox.setFaults(sandbox.faults.filter(({ kind }) => kind !== "registerOffline"));
      this.#step(course, "fine", (said) => said.registerBack);
    }, AWAY);
  }

  /** What the clients of a sending have in common. @param {Course} course */
  #common(course) {
    return {
      fetch: (/** @type {string} */ url, /** @type {RequestInit} */ init) => this.#fetch(course, url, init),
      ...{ timeoutMs: PATIENCE, lang: this.#lang, baseUrl: HOST },
      onRetry: (/** @type {import("../pkg/client.js").Retry} */ { attempt, waitMs }) =>
        this.#step(course, "waits", (said, lang) => said.sendsAgain(attempt, seconds(waitMs, lang))),
    };
  }

  /** @param {Course} course */
  #cloudKassir(course) {
    const inn = course.receipt.seller?.inn ?? course.numbers.inn;
    return new CloudKassir({ ...this.#common(course), publicId: "pk_demo", apiSecret: SECRET, inn });
  }

  /** @param {Course} course */
  #payKeeper(course) {
    return new PayKeeper({ ...this.#common(course), user: "demo", password: SECRET });
  }

  /** @param {Course} course */
  #paybox(course) {
    // The sandbox takes any shop's number.
    const merchantId = course.numbers.merchantId || "1";
    return new Paybox({ ...this.#common(course), merchantId, secret: SECRET, jws: "demo" });
  }

  /**
   * The whole way: the receipt is sent, and waited for until it is fiscal.
   * @param {Course} course
   * @param {{ check: object, signal: AbortSignal, requestId?: string, until?: string }} options
   * @returns {Promise<FiscalReceipt | undefined>}
   */
  async #call(course, options) {
    const { provider, receipt, numbers } = course;
    const { invoiceId, version, payment, paymentId, receiptKey } = numbers;
    if (provider === "cloudkassir") {
      const client = this.#cloudKassir(course);
      const sending = { ...options, invoiceId, version };
      const { id } = await (receipt.correction ? client.createCorrection(receipt, sending) : client.createReceipt(receipt, sending));
      return this.#wait(course, id, options.signal);
    }
    if (provider === "paykeeper") {
      const { id } = await this.#payKeeper(course).printReceipt(receipt, { ...options, paymentId, receiptKey });
      return this.#wait(course, id, options.signal);
    }
    const client = this.#paybox(course);
    if (receipt.operation === "income" && !receipt.payments.prepaid) {
      const amount = receipt.payments.electronic ?? "0.00";
      const order = { orderId: invoiceId ?? "1", amount, description: receipt.items[0]?.name ?? "-", receipt };
      const paid = await client.initPayment(order, options);
      return this.#paid(course, { paymentId: paid.paymentId ?? "" }, options.signal);
    }
    const returned = receipt.operation === "incomeReturn";
    const of = returned ? { refundId: payment } : { paymentId: payment, ...(receipt.payments.prepaid ? { offset: true } : {}) };
    const { id } = await client.createReceipt(receipt, { ...options, ...of });
    return this.#wait(course, id, options.signal);
  }

  /**
   * What settles an outcome, done; undefined where nothing was carried out.
   * @param {Course} course
   * @param {Next} next
   * @param {{ check: object, signal: AbortSignal }} options
   * @returns {Promise<FiscalReceipt | undefined>}
   */
  async #ask(course, next, options) {
    const { signal } = options;
    if (next.kind === "receiptStatus") return this.#wait(course, next.id, signal);
    if (next.kind === "paymentStatus") {
      const { paymentId, orderId } = next;
      try {
        return await this.#paid(course, paymentId ? { paymentId } : { orderId }, signal);
      } catch (error) {
        if (!course.paid && error instanceof ChekError && error.code === "rejected") return undefined;
        throw error;
      }
    }
    if (next.kind === "paymentReceipts") {
      const known = await this.#paybox(course).receipts({ signal });
      const found = known.find(({ paymentId, refundId }) => (next.refundId ? refundId === next.refundId : paymentId === next.paymentId));
      return found && this.#wait(course, found.id, signal);
    }
    const { requestId, until } = next;
    return this.#call(course, { ...options, ...(next.kind === "sameRequest" ? { requestId, until } : {}) });
  }

  /** Until the payment is made, and its receipt. @param {Course} course @param {{ paymentId?: string, orderId?: string }} payment @param {AbortSignal} signal */
  async #paid(course, payment, signal) {
    const client = this.#paybox(course);
    course.paid = payment.paymentId;
    for (;;) {
      const { transactionStatus = "", paymentId } = await client.status(payment, { signal });
      course.paid = paymentId ?? course.paid;
      if (FINAL_PAYMENT.includes(transactionStatus)) break;
      this.#step(course, "waits", (said) =>
        said.waitsForPayment(said.paymentStatuses[/** @type {"pending"} */ (transactionStatus)] ?? transactionStatus),
      );
      await new Promise((resolve) => setTimeout(resolve, PAYS));
    }
    const found = (await client.receipts({ signal })).find((each) => each.paymentId === course.paid);
    if (!found) throw new ChekError("bad_answer", words[this.#lang].noReceiptIn);
    return this.#wait(course, found.id, signal);
  }

  /** @param {Course} course @param {string} id @param {AbortSignal} signal @returns {Promise<FiscalReceipt>} */
  #wait(course, id, signal) {
    const { provider } = course;
    course.id = id;
    const waiting = {
      signal,
      onStatus: (/** @type {{ status: string, warnings?: { description: string }[] }} */ { status, warnings = [] }) =>
        this.#step(course, "waits", (said, lang) =>
          said.waitsFor(meaning(provider, status, lang), warnings.map(({ description }) => description).join("; ")),
        ),
    };
    if (provider === "cloudkassir") {
      const client = this.#cloudKassir(course);
      if (!course.receipt.correction) return client.waitForReceipt(id, waiting);
      // It has no time; the preview shows what is known.
      return /** @type {Promise<FiscalReceipt>} */ (client.waitForCorrection(id, waiting));
    }
    const client = provider === "paybox" ? this.#paybox(course) : this.#payKeeper(course);
    return /** @type {Promise<FiscalReceipt>} */ (/** @type {unknown} */ (client.waitForReceipt(id, waiting)));
  }

  /** What leaves the client, seen on its way. @param {Course} course @param {string} url @param {RequestInit} init */
  async #fetch(course, url, init) {
    const headers = new Headers(init.headers);
    const key = headers.get("x-request-id");
    const path = new URL(url).pathname;
    if (init.method === "POST" && PRINTING.test(path)) course.asked += 1;
    this.#step(course, "asked", () => `${init.method} ${path}`, String(init.body ?? ""), key ? `X-Request-ID: ${key}` : "");
    try {
      const response = await course.box.sandbox.fetch(url, init);
      const text = await response.clone().text();
      this.#step(course, response.ok ? "fine" : "warning", (said) => said.answered(response.status), text);
      return response;
    } catch (error) {
      const late = init.signal?.aborted;
      this.#step(course, "warning", (said) => (late ? said.noAnswerInTime : said.noAnswer));
      throw error;
    }
  }

  /** @param {Course | undefined} course @param {Notification} notification */
  #notified(course, { provider, body, headers, url }) {
    const delivery = { body, headers, script: url, secret: SECRET };
    const authentic = verifyNotification(/** @type {"cloudkassir"} */ (provider), delivery);
    if (course) {
      course.notified = true;
      this.#step(course, authentic ? "fine" : "error", (said) => (authentic ? said.notifiedRightly : said.notifiedWrongly), body);
    }
    const reply = provider === "paybox" ? notificationReply(provider, { script: url, secret: SECRET }) : notificationReply(provider);
    return { status: reply.status, body: reply.body };
  }

  /** Until the notification is here; Paybox sends none of a receipt by itself. @param {Course} course */
  async #awaited(course) {
    for (let tries = 0; tries < 40 && !course.notified; tries++) await new Promise((resolve) => setTimeout(resolve, PUMP));
  }

  /**
   * @param {FiscalReceipt} receipt
   * @param {number} asked how many requests had the receipt in them
   * @param {number} printed how many receipts there are more than before
   * @param {Lang} lang
   */
  #made(receipt, asked, printed, lang) {
    const said = words[lang];
    const { requestId, envelope, id, status, final, ...plain } = /** @type {any} */ (receipt);
    const open = element("button", { type: "button", className: "button" }, said.openThis);
    open.addEventListener("click", () => this.#open(plain));
    return [
      element("h3", {}, said.fiscalReceipt),
      element("p", { className: "told told-fine" }, icon("fine"), printed ? said.printed(asked, printed) : said.printedBefore),
      paper(plain, lang),
      open,
    ];
  }

  /** @param {Course} course @param {unknown} error */
  #fail(course, error) {
    const { provider, receipt, check, numbers } = course;
    if (error instanceof ReceiptError) {
      this.#step(course, "error", (said) => said.notSent);
      this.#end(course, (lang) => {
        const told = lang === check.lang ? [] : checkReceipt(receipt, { ...check, provider, version: numbers.version, lang }).issues;
        const issues = told.filter(({ severity }) => severity === "error");
        return [element("h3", {}, words[lang].notSent), issueList(issues.length ? issues : error.issues, lang)];
      });
      return;
    }
    if (!(error instanceof ChekError)) throw error;
    const { code, message } = error;
    const spoken = this.#lang;
    const told = PASSING.includes(code) ? pending(course) : undefined;
    // A question without an answer leaves it as it was.
    course.next = /** @type {any} */ (error).next ?? told ?? (code === "rejected" ? undefined : course.next);
    const { next } = course;
    /** @type {Telling} */
    const why = (said, lang) => (lang === spoken ? message : (said.ended[/** @type {"rejected"} */ (code)] ?? message));
    this.#step(course, "error", why);
    this.#end(course, (lang) => {
      const said = words[lang];
      const advice = next && said.advice[/** @type {"account"} */ (next.kind)];
      return [
        element("h3", {}, !next ? said.sendingFailed : code === "unknown_outcome" && !REPEATED.includes(next.kind) ? said.unknownOutcome : said.unknownYet),
        element("p", { className: "told told-error" }, icon("error"), why(said, lang)),
        ...(advice ? [element("p", {}, `${said.settledBy} ${advice}`)] : []),
      ];
    });
  }

  /** @param {Course} course @param {StepKind} kind @param {Telling} tell @param {string} [body] @param {string} [note] */
  #step(course, kind, tell, body = "", note = "") {
    const step = { kind, ms: performance.now() - course.start, tell, body, note };
    course.steps.push(step);
    if (course !== this.#course) return;
    this.#steps.append(this.#stepShown(step));
    this.#steps.scrollTop = this.#steps.scrollHeight;
  }

  /** @param {Step} step */
  #stepShown({ kind, ms, tell, body, note }) {
    const said = words[this.#lang];
    const text = tell(said, this.#lang);
    const content = element("div", {}, element("p", {}, text), ...(note ? [element("p", { className: "step-note" }, note)] : []));
    if (body) {
      const shown = element("pre", { tabIndex: 0 }, body.length > 2000 ? `${body.slice(0, 2000)} …` : body);
      content.append(element("details", {}, element("summary", {}, said.stepBody), shown));
    }
    const shape = kind === "asked" ? "sent" : kind;
    return element("li", { className: `step step-${kind}` }, icon(shape), element("time", {}, seconds(ms, this.#lang)), content);
  }
}

/** What settles a receipt or payment that was taken in. @param {Course} course @returns {Next | undefined} */
function pending({ id, paid }) {
  if (id) return { kind: "receiptStatus", id };
  return paid ? { kind: "paymentStatus", paymentId: paid } : undefined;
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
