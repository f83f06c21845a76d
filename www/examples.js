// @ts-check
// What the page offers to begin with: cases of examples/, orders of orders/, and one too long to be written down.

import { layOut } from "./json.js";

/** @typedef {import("../pkg/index.js").BuildOptions} BuildOptions */
/**
 * @typedef {object} Example
 * @property {string} name
 * @property {string} ru
 * @property {string} en
 * @property {boolean} [dated] about a day, so it is set too
 * @property {"orders"} [folder] where it is, other than in examples/
 * @property {() => { options?: BuildOptions, input: object }} [make] where it is not in a file
 */
/** @typedef {{ ru: string, en: string, examples: Example[] }} Group */

const PRODUCTS = ["Гайка М8", "Болт М8х40", "Шайба 8", "Саморез 3,5х35", "Дюбель 6х40", "Анкер 10х100", "Скоба", "Петля"];

/** Two hundred and fifty lines, alike each time. */
function longOrder() {
  const items = Array.from({ length: 250 }, (_, index) => ({
    name: `${PRODUCTS[index % PRODUCTS.length]}, арт. ${1000 + index * 7}`,
    price: `${5 + ((index * 37) % 240)}.${String((index * 10) % 100).padStart(2, "0")}`,
    quantity: 1 + ((index * 13) % 24),
    vat: "vat22",
  }));
  return {
    options: { provider: /** @type {const} */ ("cloudkassir") },
    input: { operation: "income", taxation: "osn", customer: { email: "snab@example.com" }, items },
  };
}

/** @type {Group[]} */
export const groups = [
  {
    ru: "Продажи",
    en: "Sales",
    examples: [
      { name: "coffee", ru: "Кофе: самый короткий чек", en: "Coffee: the shortest receipt" },
      { name: "tea-three-rates", ru: "Чай: три ставки НДС", en: "Tea: three VAT rates" },
      { name: "cash-and-card", ru: "Наличные и карта", en: "Cash and card" },
      { name: "internet-since-september-2025", ru: "Интернет-магазин", en: "Internet shop", dated: true },
      { name: "paybox-check-right", ru: "НДС 10%: примет каждый провайдер", en: "VAT 10%: every provider takes it" },
    ],
  },
  {
    ru: "Заказы со скидками",
    en: "Orders with discounts",
    examples: [
      { name: "coupon", folder: "orders", ru: "Купон в рублях на весь заказ", en: "A coupon in roubles for the whole order" },
      { name: "free-delivery", folder: "orders", ru: "Купон на бесплатную доставку", en: "A coupon for free delivery" },
      { name: "gift-card", folder: "orders", ru: "Подарочная карта и скидки", en: "A gift card and discounts" },
      { name: "three-for-100", folder: "orders", ru: "Три за сто", en: "Three for a hundred" },
    ],
  },
  {
    ru: "С ошибками",
    en: "With errors",
    examples: [
      { name: "typos", ru: "Опечатки: всё найдено сразу", en: "Typos: all found at once" },
      { name: "amounts", ru: "Суммы не сходятся с ценами", en: "Amounts that are not their prices'" },
      { name: "income-vat20-in-2026", ru: "НДС 20% в 2026 году", en: "VAT 20% in 2026", dated: true },
      { name: "cp866", ru: "Символы, которых нет в кассе", en: "Characters that registers lack" },
      { name: "marked-fraction-wrong", ru: "Доля упаковки, с ошибками", en: "A part of a package, with errors" },
      { name: "agents-with-gaps", ru: "Агенты, не все данные", en: "Agents, data missing" },
    ],
  },
  {
    ru: "Маркировка, агенты, дроби",
    en: "Marks, agents, fractions",
    examples: [
      { name: "marked-goods", ru: "Маркированные товары", en: "Marked goods" },
      { name: "marked-fraction", ru: "Доля упаковки", en: "A part of a package" },
      { name: "agents-complete", ru: "Агенты и поставщики", en: "Agents and suppliers" },
    ],
  },
  {
    ru: "Предоплата и коррекции",
    en: "Prepayments and corrections",
    examples: [
      { name: "prepayment-calculated", ru: "Предоплата", en: "Prepayment" },
      { name: "settlement-with-prepaid", ru: "Зачёт предоплаты", en: "Offset of a prepayment" },
      { name: "correction-1-2-self", ru: "Чек коррекции", en: "Correction receipt" },
      { name: "correction-1-05", ru: "Чек коррекции, ФФД 1.05", en: "Correction receipt, FFD 1.05" },
      { name: "kopecks-dropped", ru: "Готовый чек без копеек", en: "An issued receipt, kopecks dropped" },
    ],
  },
  {
    ru: "Пределы провайдеров",
    en: "Limits of providers",
    examples: [
      { name: "long", ru: "250 позиций: три чека", en: "250 items: three receipts", make: longOrder },
      { name: "unsupported-by-cloudkassir", ru: "Чего не примет CloudKassir", en: "What CloudKassir does not take" },
      { name: "unsupported-by-paybox", ru: "Чего не примет Paybox", en: "What Paybox does not take" },
    ],
  },
];

export const examples = groups.flatMap((group) => group.examples);

/** Cases of examples/ that came from elsewhere. @type {{ source: import("./paste.js").Source, name: string }[]} */
export const samples = [
  { source: "qr", name: "qr-decode" },
  { source: "fns", name: "fns-customer-1-2" },
  { source: "tlv", name: "tlv-decode-register" },
  { source: "cloudkassir", name: "notification-cloudkassir-form" },
  { source: "paybox", name: "paybox-seed-separate-answer" },
  { source: "paykeeper", name: "paykeeper-decode-form" },
];

/**
 * @param {Example} example
 * @returns {Promise<{ options?: BuildOptions, text: string }>}
 */
export async function loadExample({ name, folder, make }) {
  const { options, input } = make?.() ?? (await loadCase(folder ? `./${folder}/${name}.json` : `../examples/${name}.json`));
  return { options, text: typeof input === "string" ? input : layOut(input) };
}

/** @param {string} path beside this module */
export async function loadCase(path) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return response.json();
}
