// @ts-check
// A receipt from elsewhere: pasted anywhere, dropped, or put into the dialog; what it was, and what was odd about it.

import { byId, element, icon } from "./element.js";
import { loadCase, samples } from "./examples.js";
import { layOut, pathText } from "./json.js";
import { open, recognise } from "./paste.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {{ text: string, fiscal: boolean, own: boolean }} Opened `own`: in the words of this library already */

/** More of a list is counted, not shown. */
const MOST = 40;
const MOST_BYTES = 4_000_000;

export class Opening {
  #dialog = byId("opening", HTMLDialogElement);
  #text = byId("opening-text", HTMLTextAreaElement);
  #outcome = byId("opening-outcome", HTMLElement);
  #file = byId("opening-file", HTMLInputElement);
  #samples = byId("samples", HTMLElement);
  #drop = byId("drop", HTMLElement);
  #root = byId("opened", HTMLElement);
  #title = byId("opened-title", HTMLElement);
  #content = byId("opened-content", HTMLElement);
  #done;
  /** @type {Lang} */
  #lang = "ru";
  #told = "";

  /** @param {(opened: Opened) => void} done */
  constructor(done) {
    this.#done = done;
    byId("opening-show", HTMLButtonElement).addEventListener("click", () => {
      this.#outcome.replaceChildren();
      this.#dialog.showModal();
      this.#text.focus();
    });
    byId("opening-cancel", HTMLButtonElement).addEventListener("click", () => this.#dialog.close());
    byId("opening-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try(this.#text.value);
    });
    this.#text.addEventListener("input", () => this.#outcome.replaceChildren());
    this.#file.addEventListener("change", () => this.#read(this.#file.files?.[0]));
    byId("opened-close", HTMLButtonElement).addEventListener("click", () => {
      this.close();
      byId("opening-show", HTMLButtonElement).focus();
    });
    addEventListener("paste", (event) => this.#paste(event));
    addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.some((type) => type === "Files" || type === "text/plain") || isField(event.target)) return;
      event.preventDefault();
      this.#drop.hidden = false;
    });
    addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) this.#drop.hidden = true;
    });
    addEventListener("drop", (event) => {
      this.#drop.hidden = true;
      if (!event.dataTransfer || isField(event.target)) return;
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file) this.#read(file);
      else this.#try(event.dataTransfer.getData("text/plain"));
    });
  }

  /** @param {Lang} lang */
  say(lang) {
    this.#lang = lang;
    const said = words[lang];
    this.#samples.replaceChildren(
      element("span", {}, `${said.samples}: `),
      ...samples.map(({ source, name }) => {
        const button = element("button", { type: "button", className: "button button-small" }, said.sources[source]);
        button.addEventListener("click", () => this.#sample(name));
        return button;
      }),
    );
    if (this.#told) this.#try(this.#told, true);
  }

  /** Nothing from elsewhere is shown any more. */
  close() {
    this.#told = "";
    this.#root.hidden = true;
  }

  /** @param {string} name */
  async #sample(name) {
    const { text, input, args } = await loadCase(`../examples/${name}.json`);
    this.#text.value = text ?? args?.[1].body ?? layOut(input);
    this.#outcome.replaceChildren();
    this.#text.focus();
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const data = event.clipboardData;
    if (!data || document.querySelector("dialog[open]")) return;
    const [file] = data.files;
    const text = data.getData("text/plain");
    // Put in place of the whole order, it is opened where it is somebody else's.
    const whole = isWhole(event.target) && (recognise(text)?.source ?? "order") !== "order";
    if (isField(event.target) && !whole) return;
    if (!file && text.trim() === "") return;
    event.preventDefault();
    if (file) this.#read(file);
    else this.#try(text);
  }

  /** Text as it is; bytes that are no text are those of a fiscal document. @param {File | undefined} file */
  async #read(file) {
    if (!file) return;
    if (file.size > MOST_BYTES) return this.#refuse(words[this.#lang].openTooLarge);
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      if (/[\u0000-\u0008\u000e-\u001c]/.test(text)) throw new TypeError("bytes");
    } catch {
      text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    this.#try(text);
  }

  /** @param {string} text @param {boolean} [again] only told anew, in another language */
  #try(text, again = false) {
    const recognised = recognise(text);
    const said = words[this.#lang];
    if (text.trim() === "") return this.#refuse(said.nothingGiven);
    if (!recognised) return this.#refuse(said.notRecognised);
    if (recognised.source === "order") {
      this.close();
      this.#dialog.close();
      return this.#done({ text, fiscal: false, own: true });
    }
    const { receipt, receipts = [], envelope, extra, issues } = open(text, recognised, this.#lang);
    const all = receipts.length > 1 ? receipts : [receipt];
    if (!Object.keys(receipt).length && !Object.keys(envelope).length) {
      return this.#refuse([said.notRead(said.sources[recognised.source]), ...issues.map(({ message }) => message)].join(" "));
    }
    this.#told = text;
    this.#root.hidden = false;
    this.#title.textContent = recognised.notification
      ? said.openedNotification(said.sources[recognised.source])
      : said.openedAs(said.sources[recognised.source]);
    const choice = all.slice(0, MOST).map((one, index) => {
      const button = element("button", { type: "button", className: "button button-small" }, said.receiptNumber(index + 1));
      button.addEventListener("click", () => this.#show(one));
      return button;
    });
    this.#content.replaceChildren(
      ...(choice.length > 1 ? [element("div", { className: "samples" }, ...choice)] : []),
      ...(Object.keys(receipt).length ? [] : [element("p", {}, said.noReceiptIn)]),
      ...(recognised.source === "qr" ? [element("p", {}, said.qrAbout)] : []),
      part(said.odd, issues.length, said.nothingOdd, issues.slice(0, MOST).map(({ severity, path, message, hint }) =>
        element(
          "li",
          { className: `told told-${severity}` },
          icon(severity),
          element("span", {}, element("code", {}, pathText(path)), ` ${message}`, hint ? `. ${hint}` : ""),
        ),
      )),
      part(said.envelope, Object.keys(envelope).length, said.nothingMore, Object.entries(envelope).slice(0, MOST).map(([name, value]) => pair(name, value))),
      part(said.extra, extra.length, said.nothingMore, extra.slice(0, MOST).map(({ path, value }) => pair(pathText(path), value))),
    );
    if (again) return;
    this.#dialog.close();
    if (Object.keys(receipt).length) this.#show(all[0]);
    this.#title.focus();
  }

  /** @param {object} receipt */
  #show(receipt) {
    this.#done({ text: layOut(receipt), fiscal: "fiscal" in receipt, own: false });
  }

  /** @param {string} why */
  #refuse(why) {
    if (this.#dialog.open) {
      this.#outcome.replaceChildren(element("span", { className: "told told-error" }, icon("error"), why));
      this.#text.focus();
      return;
    }
    this.#told = "";
    this.#root.hidden = false;
    this.#title.textContent = words[this.#lang].notOpened;
    this.#content.replaceChildren(element("p", { className: "told told-error" }, icon("error"), why));
    this.#title.focus();
  }
}

/** Whether what is pasted there belongs there. @param {EventTarget | null} target */
const isField = (target) => target instanceof Element && !!target.closest("input, textarea, select, [contenteditable]");

/** Whether all of the order's text gives way. @param {EventTarget | null} target */
const isWhole = (target) =>
  target instanceof HTMLTextAreaElement &&
  target.id === "json" &&
  target.selectionEnd - target.selectionStart === target.value.length;

/** @param {string} title @param {number} count @param {string} none @param {HTMLElement[]} entries */
function part(title, count, none, entries) {
  const list = count ? element("ul", { className: "opened-list" }, ...entries) : element("p", { className: "empty" }, none);
  const more = count > entries.length ? [element("p", { className: "empty" }, `+ ${count - entries.length}`)] : [];
  return element("div", {}, element("h3", {}, count ? `${title}: ${count}` : title), list, ...more);
}

/** @param {string} name @param {unknown} value */
const pair = (name, value) =>
  element("li", {}, element("code", {}, name), " ", typeof value === "string" ? value : JSON.stringify(value) ?? "");
