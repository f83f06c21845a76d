// @ts-check
// The cases of examples/ that the page offers, in this order.

/** @typedef {import("../pkg/index.js").CheckOptions} CheckOptions */
/** @typedef {{ name: string, ru: string, en: string, dated?: boolean }} Example `dated`: about a day, so it is set too */

/** @type {Example[]} */
export const examples = [
  { name: "coffee", ru: "Кофе: самый короткий чек", en: "Coffee: the shortest receipt" },
  { name: "typos", ru: "Опечатки: всё найдено сразу", en: "Typos: all found at once" },
  { name: "tea-three-rates", ru: "Чай: три ставки НДС", en: "Tea: three VAT rates" },
  { name: "cash-and-card", ru: "Наличные и карта", en: "Cash and card" },
  { name: "income-vat20-in-2026", ru: "НДС 20% в 2026 году", en: "VAT 20% in 2026", dated: true },
  { name: "prepayment-calculated", ru: "Предоплата", en: "Prepayment" },
  { name: "settlement-with-prepaid", ru: "Зачёт предоплаты", en: "Offset of a prepayment" },
  { name: "internet-since-september-2025", ru: "Интернет-магазин", en: "Internet shop", dated: true },
  { name: "marked-goods", ru: "Маркированные товары", en: "Marked goods" },
  { name: "marked-fraction-wrong", ru: "Доля упаковки, с ошибками", en: "A part of a package, with errors" },
  { name: "agents-with-gaps", ru: "Агенты, не все данные", en: "Agents, data missing" },
  { name: "unsupported-by-cloudkassir", ru: "Чего не примет CloudKassir", en: "What CloudKassir does not take" },
  { name: "cp866", ru: "Символы, которых нет в кассе", en: "Characters that registers lack" },
  { name: "correction-1-2-self", ru: "Чек коррекции", en: "Correction receipt" },
  { name: "correction-1-05", ru: "Чек коррекции, ФФД 1.05", en: "Correction receipt, FFD 1.05" },
  { name: "kopecks-dropped", ru: "Готовый чек без копеек", en: "An issued receipt, kopecks dropped" },
  { name: "items-101", ru: "Сто одна позиция", en: "A hundred and one items" },
];

/**
 * @param {string} name
 * @returns {Promise<{ options?: CheckOptions, text: string }>}
 */
export async function loadExample(name) {
  const response = await fetch(new URL(`../examples/${name}.json`, import.meta.url));
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  const { options, input } = await response.json();
  return { options, text: typeof input === "string" ? input : layOut(input) };
}

/**
 * JSON text in which what fits a line stands on one.
 * @param {unknown} value
 * @param {string} [indent]
 * @returns {string}
 */
function layOut(value, indent = "") {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  const deeper = `${indent}  `;
  const parts = (/** @type {string} */ inner) =>
    entries.map(([key, part]) => (list ? "" : `${JSON.stringify(key)}: `) + layOut(part, inner));
  const flat = list ? `[${parts("").join(", ")}]` : entries.length ? `{ ${parts("").join(", ")} }` : "{}";
  if (indent && flat.length + indent.length <= 46 && !flat.includes("\n")) return flat;
  const [open, close] = list ? "[]" : "{}";
  return entries.length ? `${open}\n${deeper}${parts(deeper).join(`,\n${deeper}`)}\n${indent}${close}` : open + close;
}
