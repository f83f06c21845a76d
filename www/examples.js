// @ts-check
// The cases of examples/ and the orders of orders/ that the page offers, in this order.

import { layOut } from "./json.js";

/** @typedef {import("../pkg/index.js").BuildOptions} BuildOptions */
/**
 * @typedef {object} Example
 * @property {string} name
 * @property {string} ru
 * @property {string} en
 * @property {boolean} [dated] about a day, so it is set too
 * @property {"orders"} [folder] where it is, other than in examples/
 */

/** @type {Example[]} */
export const examples = [
  { name: "coffee", ru: "Кофе: самый короткий чек", en: "Coffee: the shortest receipt" },
  { name: "typos", ru: "Опечатки: всё найдено сразу", en: "Typos: all found at once" },
  { name: "coupon", folder: "orders", ru: "Купон в рублях на весь заказ", en: "A coupon in roubles for the whole order" },
  { name: "free-delivery", folder: "orders", ru: "Купон на бесплатную доставку", en: "A coupon for free delivery" },
  { name: "gift-card", folder: "orders", ru: "Подарочная карта и скидки", en: "A gift card and discounts" },
  { name: "three-for-100", folder: "orders", ru: "Три за сто", en: "Three for a hundred" },
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
  { name: "paybox-check-right", ru: "НДС 10%: примет каждый провайдер", en: "VAT 10%: every provider takes it" },
  { name: "unsupported-by-paybox", ru: "Чего не примет Paybox", en: "What Paybox does not take" },
  { name: "cp866", ru: "Символы, которых нет в кассе", en: "Characters that registers lack" },
  { name: "correction-1-2-self", ru: "Чек коррекции", en: "Correction receipt" },
  { name: "correction-1-05", ru: "Чек коррекции, ФФД 1.05", en: "Correction receipt, FFD 1.05" },
  { name: "kopecks-dropped", ru: "Готовый чек без копеек", en: "An issued receipt, kopecks dropped" },
  { name: "items-101", ru: "Сто одна позиция", en: "A hundred and one items" },
];

/**
 * @param {Example} example
 * @returns {Promise<{ options?: BuildOptions, text: string }>}
 */
export async function loadExample({ name, folder }) {
  const path = folder ? `./${folder}/${name}.json` : `../examples/${name}.json`;
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  const { options, input } = await response.json();
  return { options, text: typeof input === "string" ? input : layOut(input) };
}
