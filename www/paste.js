// @ts-check
// Any receipt, by what was pasted: whose form it has, and what it says.

import { decode, decodeTlv, parseNotification } from "../pkg/index.js";

/** @typedef {import("../pkg/index.js").Decoded} Decoded */
/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").Provider} Provider */
/** @typedef {"order" | "cloudkassir" | "paybox" | "paykeeper" | "fns" | "tlv" | "qr"} Source `order`: of this library */
/** @typedef {{ source: Source, notification: boolean }} Recognised */

/** Names that a form has and no other, in small letters. @type {[Source, string[]][]} */
const NAMES = [
  [
    "cloudkassir",
    ["customerreceipt", "correctionreceiptdata", "fiscalsign", "documentnumber", "model", "success", "label", "inn"],
  ],
  [
    "paykeeper",
    [
      ...["cart", "receipt_key", "receipt_properties", "sum_cashless", "is_correction", "is_post_sale", "sum_type"],
      ...["receipt_type.sale", "status.created", "counts", "msg"],
    ],
  ],
  ["paybox", ["receipt_format", "operation_type", "positions", "settlements", "receipt_id", "error_code"]],
  [
    "fns",
    [
      ...["fiscaldrivenumber", "fiscaldocumentnumber", "operationtype", "totalsum", "ticket", "document", "receipt"],
      ...["bso", "data.json", "receiptcorrection", "bsocorrection"],
    ],
  ],
];
/** How deep a wrapping may be before the names are given up. */
const DEPTH = 5;

/**
 * Whose form a text has; undefined where nothing tells.
 * @param {string} text
 * @returns {Recognised | undefined}
 */
export function recognise(text) {
  const given = text.replace(/^\ufeff/, "").trim();
  const of = (/** @type {Source | undefined} */ source, notification = false) => source && { source, notification };
  if (given === "") return undefined;
  if (given.startsWith("<")) return of("paybox");
  if (/^[{["]/.test(given)) return of(ofJson(given));
  if (isQr(given)) return of("qr");
  if (isTlv(given)) return of("tlv");
  if (/^[\w.[\]%+-]+=/.test(given)) return ofForm(given);
  return undefined;
}

/**
 * What it says, where it is in the words of somebody else.
 * @param {string} text
 * @param {Recognised} recognised
 * @param {Lang} lang
 * @returns {Decoded}
 */
export function open(text, { source, notification }, lang) {
  const given = text.replace(/^\ufeff/, "").trim();
  if (notification) {
    const { receipt, envelope, extra, issues, kind, status, id } = parseNotification(/** @type {Provider} */ (source), { body: given, lang });
    return { receipt, envelope: { ...envelope, kind, id, ...(status ? { status } : {}) }, extra, issues };
  }
  return decode(source === "tlv" ? given.replace(/\s+/g, "") : given, /** @type {"fns"} */ (source), { lang });
}

/** @param {string} text */
function isQr(text) {
  const query = text.slice(text.indexOf("?") + 1);
  const names = new Set(query.split("&").map((pair) => pair.split("=")[0].toLowerCase()));
  return ["fn", "fp", "s"].every((name) => names.has(name)) || (names.has("t") && names.has("fn"));
}

/** @param {string} text */
function isTlv(text) {
  const signs = text.replace(/\s+/g, "");
  const hex = /^([\da-f]{2}){5,}$/i.test(signs);
  if (!hex && !/^[A-Za-z\d+/_-]{8,}={0,2}$/.test(signs)) return false;
  try {
    return decodeTlv(signs).length > 0;
  } catch {
    return hex;
  }
}

/** @param {string} text @returns {Source | undefined} */
function ofJson(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // What breaks off still has names.
    const names = [...text.matchAll(/"([\w.]+)"\s*:/g)].map(([, name]) => name);
    return names[0] === "operation" ? "order" : strongest(names);
  }
  return isOwn(value) ? "order" : strongest(namesOf(value));
}

/** Whether it is in the words of this library. @param {unknown} value */
const isOwn = (value) =>
  typeof value === "object" &&
  value !== null &&
  !("operationType" in value || "operation_type" in value) &&
  ("operation" in value || ("correction" in value && "payments" in value));

/** The names of an object and of what is in it, the outer ones first. @param {any} value @param {number} [depth] @returns {string[]} */
function namesOf(value, depth = 0) {
  if (depth > DEPTH || value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.slice(0, 3).flatMap((part) => namesOf(part, depth + 1));
  return [...Object.keys(value), ...Object.values(value).flatMap((part) => namesOf(part, depth + 1))];
}

/** @param {string[]} names @returns {Source | undefined} */
function strongest(names) {
  const all = new Set(names.map((name) => name.toLowerCase()));
  if ([...all].some((name) => name.startsWith("pg_"))) return "paybox";
  const [best] = NAMES.map(([source, own]) => ({ source, count: own.filter((name) => all.has(name)).length })).toSorted(
    (a, b) => b.count - a.count,
  );
  return best.count ? best.source : undefined;
}

/** @param {string} text @returns {Recognised | undefined} */
function ofForm(text) {
  const names = [...new URLSearchParams(text).keys()];
  const has = (/** @type {string} */ name) => names.some((known) => known.toLowerCase() === name);
  if (names.some((name) => name.startsWith("pg_"))) {
    return { source: "paybox", notification: !names.some((name) => name.startsWith("pg_receipt")) };
  }
  if (["fiscalsign", "documentnumber", "receipt", "devicenumber"].some(has)) return { source: "cloudkassir", notification: true };
  if (has("cart")) return { source: "paykeeper", notification: false };
  if (has("sign") || has("key") || has("payment_id")) return { source: "paykeeper", notification: true };
  return undefined;
}
