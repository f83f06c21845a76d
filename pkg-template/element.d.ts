import type { Issue, ReceiptInput } from "./index.js";

/** What `chek-error` tells: `issues` of a receipt that cannot be shown, or none where an attribute is wrong. */
export interface ChekReceiptFailure {
  error: Error;
  issues: Issue[];
}

/**
 * `<chek-receipt>`: a receipt in a page, by `preview`, in a shadow root. Importing the module defines the element.
 *
 * Attributes: `as` (`html`, the default, `svg`, `text`), `width` (32, 42, 48), `theme` (`auto`, the default, `light`,
 * `dark`), `lang` (the element's own, or that of the page; any but Russian is English). The custom properties of the HTML
 * (`--chek54-paper` and so on) reach in.
 *
 * Events, both of which bubble out of shadow roots: `chek-shown` after each picture, with `{ as }`; `chek-error` where
 * there can be none, with {@link ChekReceiptFailure}; the element is empty then.
 */
export class ChekReceipt extends HTMLElement {
  /** An object or JSON text. Set it again after changes within the object, or call `refresh`. */
  receipt: ReceiptInput | string | null | undefined;
  /** Shows the receipt anew, once for all changes of a moment. */
  refresh(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "chek-receipt": ChekReceipt;
  }
  interface HTMLElementEventMap {
    "chek-shown": CustomEvent<{ as: "html" | "svg" | "text" }>;
    "chek-error": CustomEvent<ChekReceiptFailure>;
  }
}
