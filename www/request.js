// @ts-check
// The request that CloudKassir would get, and what it leaves out.

import { ChekError, ReceiptError, encode, inn } from "../pkg/index.js";
import { colouredJson } from "./editor.js";
import { byId, element, icon } from "./element.js";
import { pathText } from "./json.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").CloudKassirVersion} CloudKassirVersion */
/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */

export class Request {
  #version = byId("version", HTMLSelectElement);
  #inn = byId("inn", HTMLInputElement);
  #innFindings = byId("inn-findings", HTMLElement);
  #invoiceId = byId("invoice-id", HTMLInputElement);
  #path = byId("request-path", HTMLElement);
  #body = byId("request-body", HTMLElement);
  #made = byId("request-made", HTMLElement);
  #none = byId("no-request", HTMLElement);
  #losses = byId("losses", HTMLElement);
  #said = byId("copy-said", HTMLElement);
  /** @type {Lang} */
  #lang = "ru";
  #sellerInn = "";

  /** @param {() => void} changed */
  constructor(changed) {
    this.#version.addEventListener("change", changed);
    for (const input of [this.#inn, this.#invoiceId]) input.addEventListener("input", changed);
    byId("copy", HTMLButtonElement).addEventListener("click", () => this.#copy());
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
    this.#lang = lang;
    this.#said.textContent = "";
    const sellerInn = receipt?.seller?.inn ?? "";
    if (sellerInn && sellerInn !== this.#sellerInn) this.#inn.value = sellerInn;
    this.#sellerInn = sellerInn;
    const wrong = !inn(this.#inn.value).valid;
    this.#inn.setAttribute("aria-invalid", String(wrong));
    this.#innFindings.replaceChildren(
      ...(wrong ? [element("p", { className: "told told-error" }, icon("error"), said.wrongInn)] : []),
    );
    if (text === undefined) {
      this.#made.hidden = true;
      this.#none.hidden = false;
      this.#none.textContent = said.noBodyYet;
      return;
    }
    try {
      const options = { inn: this.#inn.value, version: this.version, invoiceId: this.#invoiceId.value || undefined, lang };
      const { path, body, losses } = encode(text, "cloudkassir", options);
      this.#path.textContent = `POST /${path}`;
      this.#body.replaceChildren(...colouredJson(JSON.stringify(body, null, 2)));
      this.#made.hidden = false;
      this.#none.hidden = true;
      this.#losses.replaceChildren(
        ...(losses.length
          ? [element("h3", {}, said.losses), issueList(losses, lang)]
          : [element("p", { className: "told told-fine" }, icon("fine"), said.noLosses)]),
      );
    } catch (error) {
      this.#made.hidden = true;
      this.#none.hidden = false;
      // Of an unreadable receipt the findings have told all already.
      if (error instanceof ReceiptError && receipt) {
        this.#none.replaceChildren(element("p", {}, said.noBody), issueList(error.issues, lang));
      } else if (error instanceof ReceiptError) this.#none.textContent = said.noBodyYet;
      else if (error instanceof ChekError) this.#none.textContent = `${said.noBody} ${error.message}`;
      else throw error;
    }
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
  return element("ul", { className: "issues" }, ...entries);
}
