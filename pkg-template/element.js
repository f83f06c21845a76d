// @ts-check
// <chek-receipt>: a receipt in a page. Whoever imports this module has the element.
import { ReceiptError, preview } from "./index.js";

/** @typedef {import("./index.js").PreviewOptions} PreviewOptions */

const STYLE = ":host{display:block}:host([hidden]){display:none}svg:not(.chek54-qr){max-width:100%;height:auto}pre{margin:0;overflow:auto}";

// On a server, where there are no elements, the import is harmless.
const Element = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {}));

export class ChekReceipt extends Element {
  static observedAttributes = ["as", "width", "lang", "theme"];

  /** @type {unknown} */
  #receipt;
  #waits = false;

  get receipt() {
    return this.#receipt;
  }

  set receipt(receipt) {
    this.#receipt = receipt;
    this.refresh();
  }

  connectedCallback() {
    // Set before the element was known, the property stands in its own accessor's way.
    if (Object.hasOwn(this, "receipt")) {
      const { receipt } = this;
      Reflect.deleteProperty(this, "receipt");
      this.#receipt = receipt;
    }
    this.refresh();
  }

  attributeChangedCallback() {
    this.refresh();
  }

  /** Many changes of one moment are one picture. */
  refresh() {
    if (this.#waits || !this.isConnected) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      this.#show();
    });
  }

  #show() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const receipt = this.#receipt;
    root.replaceChildren();
    if (receipt === undefined || receipt === null || receipt === "") return;
    const language = this.lang || this.closest("[lang]")?.getAttribute("lang") || "ru";
    const as = /** @type {PreviewOptions["as"]} */ (this.getAttribute("as") ?? "html");
    const width = /** @type {PreviewOptions["width"]} */ (Number(this.getAttribute("width") ?? 42));
    const theme = /** @type {PreviewOptions["theme"]} */ (this.getAttribute("theme") ?? "auto");
    const lang = /^ru\b/i.test(language) ? "ru" : "en";
    let shown;
    try {
      shown = preview(/** @type {string} */ (receipt), { as, width, theme, lang });
    } catch (error) {
      const issues = error instanceof ReceiptError ? error.issues : [];
      this.#tell("chek-error", { error, issues });
      return;
    }
    const holder = document.createElement(as === "text" ? "pre" : "div");
    let style = STYLE;
    if (as === "text") {
      // Where it is too wide it scrolls, by keyboard too.
      holder.tabIndex = 0;
      holder.textContent = shown;
    } else {
      const template = document.createElement("template");
      template.innerHTML = shown;
      // A Content-Security-Policy forbids style elements sooner than a sheet made here.
      for (const element of template.content.querySelectorAll("style")) {
        style += element.textContent;
        element.remove();
      }
      holder.append(template.content);
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(holder);
    this.#tell("chek-shown", { as });
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

if (globalThis.customElements && !customElements.get("chek-receipt")) customElements.define("chek-receipt", ChekReceipt);
