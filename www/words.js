// @ts-check
// Everything the page says, in Russian and in English. What the library says comes from the library.

/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {typeof ru} Words */

/** @param {Lang} lang @param {Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} forms */
const counter = (lang, forms) => {
  const rules = new Intl.PluralRules(lang);
  return (/** @type {number} */ count) => `${count}\u00a0${forms[rules.select(count)] ?? forms.other}`;
};

const ruErrors = counter("ru", { one: "ошибка", few: "ошибки", many: "ошибок", other: "ошибки" });
const ruWarnings = counter("ru", {
  one: "предупреждение",
  few: "предупреждения",
  many: "предупреждений",
  other: "предупреждения",
});

const ru = {
  title: "chek54: чек по 54-ФЗ, верный ещё до отправки",
  skip: "Перейти к заказу",
  language: "Язык",
  headline: "Чек по 54-ФЗ, верный ещё до отправки",
  lead: "chek54 читает заказ, находит в чеке все ошибки сразу и собирает запрос для CloudKassir. Считает WebAssembly прямо на этой странице: заказ её не покидает.",

  settings: "Что и как проверять",
  example: "Пример",
  reset: "Вернуть пример",
  at: "Дата расчёта",
  provider: "Правила кассы",
  providers: { "": "только закон", cloudkassir: "и CloudKassir" },
  mode: "Режим",
  modes: { build: "строго, до отправки", read: "мягко, готовый чек" },
  exampleMissing: "Пример не загрузился",

  fine: "Ошибок нет",
  errors: ruErrors,
  warnings: ruWarnings,
  spent: (/** @type {string} */ time) => `проверено за ${time}\u00a0мс`,
  spentUnder: (/** @type {string} */ time) => `проверено быстрее ${time}\u00a0мс`,
  toFindings: "К находкам",

  order: "Заказ",
  receipt: "Чек",
  operation: "Операция",
  taxation: "Налогообложение",
  ffd: "Версия ФФД",
  sellerInn: "ИНН продавца",
  customer: "Покупатель",
  email: "Эл. почта",
  phone: "Телефон",
  items: "Позиции",
  item: (/** @type {number} */ number) => `Позиция ${number}`,
  name: "Название",
  price: "Цена, ₽",
  quantity: "Количество",
  amount: "Сумма, ₽",
  vat: "НДС",
  method: "Способ расчёта",
  object: "Предмет расчёта",
  addItem: "Добавить позицию",
  removeItem: (/** @type {number} */ number) => `Удалить позицию ${number}`,
  payments: "Оплата, ₽",
  cash: "Наличными",
  electronic: "Безналичными",
  prepaid: "Предоплатой",
  credit: "В кредит",
  provision: "Встречным",
  unset: "не указано",
  byDefault: (/** @type {string} */ value) => `${value} · по умолчанию`,
  until: (/** @type {string} */ label, /** @type {string} */ date) => `${label} (до ${date})`,
  formWaits: "Текст рядом пока не читается как JSON-объект. Форма ждёт.",

  json: "JSON",
  jsonLabel: "Заказ в JSON",
  findings: "Находки",
  noFindings: "Замечаний нет: чек можно отправлять.",
  error: "Ошибка",
  warning: "Предупреждение",
  tag: (/** @type {number} */ tag) => `тег ${tag}`,
  whole: "весь чек",
  toText: "В тексте",
  toTextOf: (/** @type {string} */ place) => `Показать в тексте: ${place}`,
  omitted: (/** @type {number} */ count) => `И ещё ${count}.`,

  totals: "Итоги",
  notFiscal: "не фискальный",
  ofVat: (/** @type {string} */ vat) => `в т.ч. ${vat}`,
  total: "Итог",
  vatByRate: "НДС по ставкам",
  rate: "Ставка",
  base: "Сумма",
  vatOfSum: "НДС от суммы",
  vatByLines: "по строкам",
  noTotals: "Итоги появятся, когда все поля удастся прочитать.",

  body: "Тело запроса CloudKassir",
  version: "Версия протокола",
  organizationInn: "ИНН организации",
  wrongInn: "Контрольная цифра ИНН не сходится",
  invoiceId: "Номер заказа",
  copy: "Копировать",
  copied: "Скопировано",
  notCopied: "Не скопировалось: выделите текст",
  losses: "Что не войдёт в запрос",
  noLosses: "В запрос входит весь чек.",
  noBody: "Запроса нет:",
  noBodyYet: "Запрос появится, когда все поля удастся прочитать.",

  foot: "Одна и та же проверка в браузере и в Node. Страница ничего не отправляет и ничего не хранит.",
};

const enErrors = counter("en", { one: "error", other: "errors" });
const enWarnings = counter("en", { one: "warning", other: "warnings" });

/** @type {Words} */
const en = {
  title: "chek54: Russian fiscal receipts, correct before you send them",
  skip: "Skip to the order",
  language: "Language",
  headline: "Russian fiscal receipts, correct before you send them",
  lead: "chek54 reads an order, finds everything that is wrong with its 54-FZ receipt at once, and makes the request for CloudKassir. WebAssembly does it on this very page: the order does not leave it.",

  settings: "What to check and how",
  example: "Example",
  reset: "Restore the example",
  at: "Settlement date",
  provider: "Rules",
  providers: { "": "the law only", cloudkassir: "and CloudKassir's" },
  mode: "Mode",
  modes: { build: "strict, before sending", read: "tolerant, issued receipt" },
  exampleMissing: "The example did not load",

  fine: "No errors",
  errors: enErrors,
  warnings: enWarnings,
  spent: (time) => `checked in ${time}\u00a0ms`,
  spentUnder: (time) => `checked in under ${time}\u00a0ms`,
  toFindings: "To the findings",

  order: "Order",
  receipt: "Receipt",
  operation: "Operation",
  taxation: "Tax system",
  ffd: "FFD version",
  sellerInn: "Seller's INN",
  customer: "Customer",
  email: "E-mail",
  phone: "Phone",
  items: "Items",
  item: (number) => `Item ${number}`,
  name: "Name",
  price: "Price, ₽",
  quantity: "Quantity",
  amount: "Amount, ₽",
  vat: "VAT",
  method: "Payment method",
  object: "Payment object",
  addItem: "Add an item",
  removeItem: (number) => `Remove item ${number}`,
  payments: "Payments, ₽",
  cash: "Cash",
  electronic: "Cashless",
  prepaid: "Prepaid",
  credit: "On credit",
  provision: "Other provision",
  unset: "not given",
  byDefault: (value) => `${value} · default`,
  until: (label, date) => `${label} (until ${date})`,
  formWaits: "The text beside does not read as a JSON object yet. The form is waiting.",

  json: "JSON",
  jsonLabel: "The order as JSON",
  findings: "Findings",
  noFindings: "Nothing found: the receipt can be sent.",
  error: "Error",
  warning: "Warning",
  tag: (tag) => `tag ${tag}`,
  whole: "the whole receipt",
  toText: "In the text",
  toTextOf: (place) => `Show in the text: ${place}`,
  omitted: (count) => `And ${count} more.`,

  totals: "Totals",
  notFiscal: "not fiscal",
  ofVat: (vat) => `incl. ${vat}`,
  total: "Total",
  vatByRate: "VAT per rate",
  rate: "Rate",
  base: "Amount",
  vatOfSum: "VAT of the sum",
  vatByLines: "by lines",
  noTotals: "The totals appear once every field can be read.",

  body: "CloudKassir request body",
  version: "Protocol version",
  organizationInn: "Organisation's INN",
  wrongInn: "The check digit of the INN is wrong",
  invoiceId: "Order number",
  copy: "Copy",
  copied: "Copied",
  notCopied: "Not copied: select the text",
  losses: "What the request leaves out",
  noLosses: "The request has the whole receipt.",
  noBody: "No request:",
  noBodyYet: "The request appears once every field can be read.",

  foot: "The same check in the browser and in Node. The page sends nothing and keeps nothing.",
};

/** @type {Record<Lang, Words>} */
export const words = { ru, en };

/**
 * Fills everything marked with data-word, and with data-word-label (accessible names).
 * @param {Lang} lang
 */
export function sayAll(lang) {
  const said = (/** @type {string | undefined} */ key) => String(/** @type {any} */ (words[lang])[key ?? ""]);
  document.documentElement.lang = lang;
  document.title = words[lang].title;
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]"))) {
    element.textContent = said(element.dataset.word);
  }
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word-label]"))) {
    element.setAttribute("aria-label", said(element.dataset.wordLabel));
  }
}
