// @ts-check
// The receipt as the fiscal document would hold it: its tags, each with its name, and their bytes.

import { encodeTlv, receiptTags } from "../pkg/index.js";
import { byId, element } from "./element.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */
/** @typedef {import("../pkg/index.js").TagNode} TagNode */

/** More rows and bytes are counted, not shown. */
const MOST_ROWS = 250;
const MOST_BYTES = 2048;

export class Tags {
  #shown = byId("tags", HTMLElement);
  #none = byId("no-tags", HTMLElement);
  #tree = byId("tag-tree", HTMLElement);
  #more = byId("tag-more", HTMLElement);
  #length = byId("tlv-length", HTMLElement);
  #bytes = byId("tlv", HTMLElement);
  #told = "";

  /** @param {Receipt | undefined} receipt @param {Lang} lang */
  show(receipt, lang) {
    const told = JSON.stringify([receipt, lang]);
    if (told === this.#told) return;
    this.#told = told;
    const found = receipt && documentOf(receipt, lang);
    this.#none.hidden = !!found;
    this.#shown.hidden = !found;
    if (!found) return;
    const { nodes, bytes } = found;
    const said = words[lang];
    const room = { left: MOST_ROWS };
    this.#tree.replaceChildren(...rows(nodes, room));
    this.#more.textContent = room.left < 0 ? said.moreTags(-room.left) : "";
    const hex = Array.from(bytes.subarray(0, MOST_BYTES), (byte) => byte.toString(16).padStart(2, "0").toUpperCase());
    this.#bytes.textContent = hex.join(" ") + (bytes.length > MOST_BYTES ? " …" : "");
    this.#length.textContent = said.bytes(bytes.length);
  }
}

/** The document's tags and bytes; none where its texts have what no document holds. @param {Receipt} receipt @param {Lang} lang */
function documentOf(receipt, lang) {
  try {
    return { nodes: receiptTags(receipt, { lang }), bytes: encodeTlv(receipt) };
  } catch {
    return undefined;
  }
}

/** @param {TagNode[]} nodes @param {{ left: number }} room @returns {Node[]} */
function rows(nodes, room) {
  return nodes.flatMap(({ tag, name, text, children }) => {
    room.left -= 1;
    const inner = rows(children ?? [], room);
    if (room.left < 0 && inner.length === 0) return [];
    const value = text === "" ? [] : [element("span", { className: "tag-value" }, text)];
    const row = element(
      "p",
      { className: "tag-row" },
      element("span", { className: "tag-number" }, `${tag}`),
      element("span", { className: "tag-name" }, name),
      ...value,
    );
    return [element("li", {}, row, ...(inner.length ? [element("ul", {}, ...inner)] : []))];
  });
}
