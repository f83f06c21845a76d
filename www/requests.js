// @ts-check
// The requests that the providers would get, and what each leaves out: side by side, or a tab each where that is narrow.

import { ChekError, ReceiptError, encode, inn } from "../pkg/index.js";
import { colouredJson } from "./editor.js";
import { byId, element, icon } from "./element.js";
import { pathText } from "./json.js";
import { add } from "./money.js";
import { Tabs } from "./tabs.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").CloudKassirVersion} CloudKassirVersion */
/** @typedef {import("../pkg/index.js").Encoded} Encoded */
/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").PayboxForm} PayboxForm */
/** @typedef {import("../pkg/index.js").Provider} Provider */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */

/**
 * @typedef {object} Numbers
 * @property {string} inn
 * @property {string} merchantId Paybox's, as `payment`
 * @property {string} [invoiceId] CloudKassir's, as `version`
 * @property {CloudKassirVersion} [version]
 * @property {string} [payment]
 * @property {string} [paymentId] PayKeeper's, as `receiptKey`
 * @property {string} [receiptKey]
 */

/** @type {Record<Provider, string>} */
const NAMES = { cloudkassir: "CloudKassir", paybox: "Paybox", paykeeper: "PayKeeper" };
const PROVIDERS = /** @type {Provider[]} */ (Object.keys(NAMES));

/** More findings than these are shown when they are asked for. */
const MOST = 8;

/** Where there is no room for three columns. */
const narrow = matchMedia("(width < 960px)");

export class Requests {
  #version = byId("version", HTMLSelectElement);
  #inn = byId("inn", HTMLInputElement);
  #innFindings = byId("inn-findings", HTMLElement);
  #invoiceId = byId("invoice-id", HTMLInputElement);
  #form = byId("paybox-form", HTMLSelectElement);
  #merchantId = byId("merchant-id", HTMLInputElement);
  #payboxPayment = byId("paybox-payment", HTMLInputElement);
  #payKeeperPayment = byId("paykeeper-payment", HTMLInputElement);
  #receiptKey = byId("receipt-key", HTMLInputElement);
  #panels = PROVIDERS.map((provider) => new Panel(provider));
  #sellerInn = "";

  /** @param {() => void} changed */
  constructor(changed) {
    for (const choice of [this.#version, this.#form]) choice.addEventListener("change", changed);
    const inputs = [this.#inn, this.#invoiceId, this.#merchantId, this.#payboxPayment, this.#payKeeperPayment, this.#receiptKey];
    for (const input of inputs) input.addEventListener("input", changed);
    new Tabs(byId("providers", HTMLElement), { only: narrow });
  }

  /** What is typed beside the receipt. @returns {Numbers} */
  get numbers() {
    return {
      ...{ inn: this.#inn.value, invoiceId: this.#invoiceId.value || undefined, version: this.version },
      ...{ merchantId: this.#merchantId.value, payment: this.#payboxPayment.value || undefined },
      ...{ paymentId: this.#payKeeperPayment.value || undefined, receiptKey: this.#receiptKey.value || undefined },
    };
  }

  /** Counts the order's numbers up. */
  nextOrder() {
    for (const input of [this.#invoiceId, this.#payKeeperPayment, this.#receiptKey]) {
      input.value = input.value.replace(/\d{1,15}$/, (number) => String(Number(number) + 1).padStart(number.length, "0"));
    }
    return this.numbers;
  }

  get version() {
    return /** @type {CloudKassirVersion} */ (this.#version.value);
  }

  set version(version) {
    this.#version.value = version;
  }

  /**
   * @param {string | undefined} text of the receipt; none while there is none
   * @param {Receipt | undefined} receipt
   * @param {Lang} lang
   */
  show(text, receipt, lang) {
    const said = words[lang];
    const sellerInn = receipt?.seller?.inn ?? "";
    if (sellerInn && sellerInn !== this.#sellerInn) this.#inn.value = sellerInn;
    this.#sellerInn = sellerInn;
    const wrong = !inn(this.#inn.value).valid;
    this.#inn.setAttribute("aria-invalid", String(wrong));
    this.#innFindings.replaceChildren(
      ...(wrong ? [element("p", { className: "told told-error" }, icon("error"), said.wrongInn)] : []),
    );
    for (const option of this.#form.options) {
      option.textContent = said.payboxForms[/** @type {keyof typeof said.payboxForms} */ (option.value)];
    }
    const [cloudkassir, paybox, paykeeper] = this.#panels;
    const invoiceId = this.#invoiceId.value || undefined;
    cloudkassir.show(text, receipt, lang, (given) =>
      encode(given, "cloudkassir", { inn: this.#inn.value, version: this.version, invoiceId, lang }),
    );
    paybox.show(text, receipt, lang, (given) => encode(given, "paybox", { ...this.#payboxOptions(receipt), lang }));
    const paymentId = this.#payKeeperPayment.value || undefined;
    const receiptKey = this.#receiptKey.value || undefined;
    paykeeper.show(text, receipt, lang, (given) => encode(given, "paykeeper", { paymentId, receiptKey, lang }));
  }

  /** Into which request a receipt goes, where nothing else is said: into one that can say all of it. @param {Receipt | undefined} receipt */
  #payboxOptions(receipt) {
    const returns = receipt?.operation === "incomeReturn";
    const { electronic: _, ...others } = receipt?.payments ?? {};
    const usual = Object.keys(others).length ? "separate" : returns ? "refund" : "payment";
    const form = /** @type {PayboxForm} */ (this.#form.value || usual);
    const id = this.#payboxPayment.value || undefined;
    const separate = form === "separate";
    return {
      form,
      merchantId: this.#merchantId.value || undefined,
      paymentId: form === "payment" || (separate && returns) ? undefined : id,
      refundId: separate && returns ? id : undefined,
      offset: separate && !returns && receipt?.payments?.prepaid !== undefined ? true : undefined,
      // Of a receipt by itself there is no sum beside it.
      amount: separate || !receipt ? undefined : add(...receipt.items.map(({ amount }) => amount)),
    };
  }
}

/** One provider's request. */
class Panel {
  tab;
  #provider;
  #root;
  #path = element("code", { className: "request-path" });
  #said = element("span", { className: "copy-said", role: "status" });
  #body = element("pre", { className: "request-body", tabIndex: 0, role: "region" });
  #losses = element("div");
  #made;
  #none = element("div", { className: "empty" });
  /** @type {Lang} */
  #lang = "ru";

  /** @param {Provider} provider */
  constructor(provider) {
    this.#provider = provider;
    this.tab = byId(`tab-${provider}`, HTMLButtonElement);
    this.#root = byId(`request-${provider}`, HTMLElement);
    const copy = element("button", { type: "button", className: "button button-small", data: { word: "copy" } });
    copy.addEventListener("click", () => this.#copy());
    const bar = element("div", { className: "request-bar" }, this.#path, this.#said, copy);
    this.#made = element("div", { hidden: true }, bar, this.#body, this.#losses);
    this.#none.hidden = true;
    this.#root.append(this.#made, this.#none);
  }

  /**
   * @param {string | undefined} text
   * @param {Receipt | undefined} receipt
   * @param {Lang} lang
   * @param {(text: string) => Encoded} make
   */
  show(text, receipt, lang, make) {
    const said = words[lang];
    this.#lang = lang;
    this.#said.textContent = "";
    this.#body.setAttribute("aria-label", said.body(NAMES[this.#provider]));
    const [made, refusal] = text === undefined ? [undefined, said.noBodyYet] : this.#outcome(text, receipt, make);
    this.#made.hidden = !made;
    this.#none.hidden = !!made;
    if (!made) {
      this.#mark(refusal === said.noBodyYet ? undefined : "error");
      this.#none.replaceChildren(...[refusal].flat());
      return;
    }
    const { path, body, losses } = made;
    this.#mark(losses.length ? "warning" : "fine");
    this.#path.textContent = `POST /${path}`;
    this.#body.replaceChildren(...colouredJson(JSON.stringify(body, null, 2)));
    this.#losses.replaceChildren(
      ...(losses.length
        ? [element("h4", {}, said.losses), issueList(losses, lang)]
        : [element("p", { className: "told told-fine" }, icon("fine"), said.noLosses)]),
    );
  }

  /**
   * The request, or why there is none.
   * @param {string} text
   * @param {Receipt | undefined} receipt
   * @param {(text: string) => Encoded} make
   * @returns {[Encoded] | [undefined, string | (string | Node)[]]}
   */
  #outcome(text, receipt, make) {
    const said = words[this.#lang];
    try {
      return [make(text)];
    } catch (error) {
      // Of an unreadable receipt the findings have told all already.
      if (error instanceof ReceiptError && receipt) {
        return [undefined, [element("p", {}, said.noBody), issueList(error.issues, this.#lang)]];
      }
      if (error instanceof ReceiptError) return [undefined, said.noBodyYet];
      if (error instanceof ChekError) return [undefined, `${said.noBody} ${error.message}`];
      throw error;
    }
  }

  /** How it is with the request, seen at its tab. @param {"error" | "warning" | "fine" | undefined} state */
  #mark(state) {
    this.tab.replaceChildren(NAMES[this.#provider], ...(state ? [icon(state)] : []));
  }

  async #copy() {
    const said = words[this.#lang];
    try {
      await navigator.clipboard.writeText((this.#body.textContent ?? "").replace(/\u200b$/, ""));
      this.#said.textContent = said.copied;
    } catch {
      getSelection()?.selectAllChildren(this.#body);
      this.#said.textContent = said.notCopied;
    }
  }
}

/** @param {Issue[]} issues @param {Lang} lang */
export function issueList(issues, lang) {
  const entries = issues.map(({ severity, path, message, hint }) =>
    element(
      "li",
      { className: `told told-${severity}` },
      icon(severity),
      element("span", {}, element("code", {}, pathText(path) || words[lang].whole), ` ${message}`, hint ? `. ${hint}` : ""),
    ),
  );
  const list = (/** @type {HTMLElement[]} */ some) => element("ul", { className: "issues" }, ...some);
  if (entries.length <= MOST) return list(entries);
  const rest = element("details", {}, element("summary", {}, words[lang].omitted(entries.length - MOST)), list(entries.slice(MOST)));
  return element("div", {}, list(entries.slice(0, MOST)), rest);
}
