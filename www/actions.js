// @ts-check
// What can be done with the receipt at hand: each in a dialog that tells what comes of it before it is done.

import {
  ChekError,
  ReceiptError,
  captureReceipts,
  correctReceipt,
  refundReceipt,
  settleReceipt,
  splitReceipt,
} from "../pkg/index.js";
import { byId, element, icon } from "./element.js";
import { layOut, pathText } from "./json.js";
import { add, grouped, negative } from "./money.js";
import { label } from "./slip.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */
/** @typedef {import("../pkg/index.js").RefundOptions} RefundOptions */
/** @typedef {import("./json.js").Path} Path */
/** @typedef {import("./results.js").Action} Action */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/**
 * @typedef {object} Hand what an action is about
 * @property {Receipt} receipt
 * @property {Receipt[]} refunds those made of it so far
 * @property {string} at
 * @property {Lang} lang
 * @property {() => void} again lays the dialog out anew
 */
/**
 * @typedef {object} Plan
 * @property {HTMLElement[]} content
 * @property {() => Receipt[] | string} make what it makes, or what there is still to say
 * @property {(receipts: Receipt[]) => string} [tell] what comes of it
 * @property {(path: Path) => Control | undefined} [controlAt] the control that a finding is about
 */

const PREPAID = ["fullPrepayment", "prepayment", "advance"];
const MOST_ITEMS = 100;

/** @param {Receipt} receipt */
const totalOf = ({ items }) => add(...items.map(({ amount }) => amount));

/** @param {Receipt} receipt */
const isPrepaid = ({ items }) => items.length > 0 && items.every(({ method }) => PREPAID.includes(method));

/** Which there are, in this order, and of which receipts. @type {[Action, (receipt: Receipt) => boolean][]} */
const ACTIONS = [
  ["refund", () => true],
  ["split", ({ items }) => items.length > 1],
  ["settle", isPrepaid],
  ["capture", (receipt) => receipt.operation === "income" && !receipt.correction && !isPrepaid(receipt)],
  ["correct", ({ correction }) => !correction],
];

export class Actions {
  #root = byId("actions", HTMLElement);
  #dialog = byId("action", HTMLDialogElement);
  #title = byId("action-title", HTMLElement);
  #about = byId("action-about", HTMLElement);
  #content = byId("action-content", HTMLElement);
  #outcome = byId("action-outcome", HTMLElement);
  #done;
  /** The refunds of this visit, by the receipt that they are of. @type {Map<string, Receipt[]>} */
  #refunds = new Map();
  /** @type {Receipt | undefined} */
  #receipt;
  #at = "";
  /** @type {Lang} */
  #lang = "ru";
  /** @type {Action} */
  #action = "refund";
  /** @type {Plan | undefined} */
  #plan;
  #told = "";

  /** @param {(action: Action, receipts: Receipt[]) => void} done */
  constructor(done) {
    this.#done = done;
    const form = byId("action-form", HTMLFormElement);
    form.addEventListener("input", () => this.#try());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#do();
    });
    byId("action-cancel", HTMLButtonElement).addEventListener("click", () => this.#dialog.close());
  }

  /** @param {Receipt | undefined} receipt at hand @param {string} at @param {Lang} lang */
  show(receipt, at, lang) {
    [this.#receipt, this.#at, this.#lang] = [receipt, at, lang];
    const offered = ACTIONS.filter(([, suits]) => receipt && suits(receipt)).map(([action]) => action);
    const told = JSON.stringify([offered, lang]);
    if (told === this.#told) return;
    this.#told = told;
    this.#root.replaceChildren(
      ...offered.map((action) => {
        const button = element("button", { type: "button", className: "button", aria: { haspopup: "dialog" } }, words[lang][action]);
        button.addEventListener("click", () => this.#open(action));
        return button;
      }),
    );
  }

  /** Splits the receipt at hand as registers want it, without asking. */
  splitNow() {
    if (this.#receipt) this.#done("split", splitReceipt(this.#receipt, { lang: this.#lang }));
  }

  /** @param {Action} action */
  #open(action) {
    const said = words[this.#lang];
    this.#action = action;
    this.#title.textContent = said[action];
    this.#about.textContent = said.aboutAction[action];
    this.#layOut();
    this.#dialog.showModal();
  }

  #layOut() {
    const receipt = this.#receipt;
    if (!receipt) return;
    const refunds = this.#refundsOf(receipt);
    this.#plan = PLANS[this.#action]({ receipt, refunds, at: this.#at, lang: this.#lang, again: () => this.#layOut() });
    this.#content.replaceChildren(...this.#plan.content);
    this.#try();
  }

  /** @param {Receipt} receipt */
  #refundsOf(receipt) {
    const key = JSON.stringify(receipt);
    const refunds = this.#refunds.get(key) ?? [];
    this.#refunds.set(key, refunds);
    return refunds;
  }

  /** Tells what would come of it. @returns {Receipt[] | undefined} */
  #try() {
    const plan = this.#plan;
    if (!plan) return undefined;
    const said = words[this.#lang];
    for (const wrong of this.#content.querySelectorAll("[aria-invalid]")) {
      wrong.removeAttribute("aria-invalid");
      wrong.removeAttribute("aria-describedby");
    }
    try {
      const made = plan.make();
      if (typeof made === "string") {
        this.#outcome.replaceChildren(element("p", { className: "empty" }, made));
        return undefined;
      }
      const each = made.slice(0, 3).map((receipt) => {
        const sum = receipt.items.length ? totalOf(receipt) : add(...Object.values(receipt.payments));
        return `${label("operation", receipt.operation, this.#lang)} ${grouped(sum)}\u00a0₽`;
      });
      const more = made.length > each.length ? ", …" : "";
      const told = plan.tell?.(made) ?? said.willBe(`${said.countReceipts(made.length)}: ${each.join(", ")}${more}`);
      this.#outcome.replaceChildren(element("p", { className: "told told-fine" }, icon("fine"), told));
      return made;
    } catch (error) {
      if (error instanceof ReceiptError) this.#blame(error.issues, plan);
      else if (error instanceof ChekError) this.#outcome.replaceChildren(fault(error.message));
      else throw error;
      return undefined;
    }
  }

  /** @param {Issue[]} issues @param {Plan} plan */
  #blame(issues, plan) {
    this.#outcome.replaceChildren(
      ...issues.slice(0, 5).map(({ message, hint, path }) => {
        const control = plan.controlAt?.(path);
        control?.setAttribute("aria-invalid", "true");
        control?.setAttribute("aria-describedby", this.#outcome.id);
        const place = pathText(path);
        return fault(`${message}${hint ? `. ${hint}` : ""}`, control || message.includes(place) ? "" : place);
      }),
    );
  }

  #do() {
    const made = this.#try();
    const receipt = this.#receipt;
    if (!made || !receipt) {
      /** @type {HTMLElement | null} */ (this.#content.querySelector("[aria-invalid]"))?.focus();
      return;
    }
    if (this.#action === "refund") this.#refundsOf(receipt).push(...made);
    this.#dialog.close();
    this.#done(this.#action, made);
  }
}

/** @param {string} message @param {string} [place] */
const fault = (message, place) =>
  element(
    "p",
    { className: "told told-error" },
    icon("error"),
    element("span", {}, ...(place ? [element("code", {}, place), " "] : []), message),
  );

/** How each is laid out and done. @type {Record<Action, (hand: Hand) => Plan>} */
const PLANS = { refund, split, capture, settle, correct };

/** @param {Hand} hand @returns {Plan} */
function refund({ receipt, refunds, lang, again }) {
  const said = words[lang];
  const rest = leftOf(receipt, { earlier: refunds, lang });
  const restSum = rest ? totalOf(rest) : "0.00";
  const how = choice("refund-what", said.refundWhat, [
    ["all", said.refundAll],
    ["lines", said.refundLines],
    ["sum", said.refundSum],
  ]);
  const sum = element("input", { id: "refund-sum", inputMode: "decimal", autocomplete: "off", placeholder: restSum });
  const sumField = field(said.refundedSum, sum);
  /** @type {{ index: number, quantity: HTMLInputElement, amount: HTMLInputElement }[]} */
  let rows = [];
  const list = element("div", { className: "lines" });
  // Not before it is asked for: what is left of a line takes a refund to know.
  const layOutLines = () => {
    rows = receipt.items.map((item, index) => {
      const whole = !refunds.length || item.amount === "0.00";
      const left = whole ? [item] : leftOf(receipt, { lines: [{ item: index }], earlier: refunds, lang })?.items;
      const quantity = amountInput(`refund-quantity-${index}`);
      const amount = amountInput(`refund-amount-${index}`);
      const fields = element("div", { className: "row" }, field(said.quantity, quantity), field(said.roubles, amount));
      list.append(lineRow(item.name, left ? said.leftOf(worth(left)) : said.nothingLeft, left ? [fields] : []));
      return { index, quantity, amount };
    });
  };
  const chosen = () => rows.filter(({ quantity, amount }) => quantity.value || amount.value);
  const earlier = refunds.map((made, index) => {
    const names = made.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(", ");
    const forget = element("button", { type: "button", className: "button button-icon" }, icon("remove"));
    forget.setAttribute("aria-label", said.forgetRefund(index + 1));
    forget.addEventListener("click", () => {
      refunds.splice(index, 1);
      again();
      how.focus();
    });
    return element("li", {}, element("span", {}, `${grouped(totalOf(made))}\u00a0₽ · ${names}`), forget);
  });
  const before = element(
    "div",
    { className: "earlier" },
    element("h3", { id: "earlier-title" }, said.earlierRefunds),
    element("ol", { aria: { labelledby: "earlier-title" } }, ...earlier),
    element("p", {}, said.leftOf(`${grouped(restSum)}\u00a0₽`)),
  );
  return {
    content: [...(earlier.length ? [before] : []), how.root, list, sumField],
    make() {
      list.hidden = how.value !== "lines";
      sumField.hidden = how.value !== "sum";
      if (!rest) return said.allRefunded;
      /** @type {RefundOptions} */
      const options = { earlier: refunds, lang };
      if (how.value === "sum") options.amount = sum.value || restSum;
      if (how.value === "lines") {
        if (!rows.length) layOutLines();
        if (!chosen().length) return said.nothingChosen;
        options.lines = chosen().map(({ index, quantity, amount }) => ({
          item: index,
          ...(quantity.value ? { quantity: quantity.value } : {}),
          ...(amount.value ? { amount: amount.value } : {}),
        }));
      }
      return [refundReceipt(receipt, options)];
    },
    tell: ([made]) => said.refunded(grouped(totalOf(made)), grouped(add(restSum, negative(totalOf(made))))),
    controlAt([first, index, name]) {
      if (first === "amount") return sum;
      const row = first === "lines" ? chosen()[Number(index)] : undefined;
      return name === "amount" ? row?.amount : row?.quantity;
    },
  };
}

/** What a refund would give; undefined where nothing is left. @param {Receipt} receipt @param {RefundOptions} options */
function leftOf(receipt, options) {
  try {
    return refundReceipt(receipt, options);
  } catch (error) {
    if (error instanceof ReceiptError) return undefined;
    throw error;
  }
}

/** @param {Hand} hand @returns {Plan} */
function split({ receipt, lang }) {
  const said = words[lang];
  const value = String(Math.min(MOST_ITEMS, Math.ceil(receipt.items.length / 2)));
  const most = element("input", { id: "split-most", inputMode: "numeric", autocomplete: "off", value });
  return {
    content: [field(said.maxItems, most)],
    make() {
      if (/^[1-9]\d{0,5}$/.test(most.value)) return splitReceipt(receipt, { maxItems: Number(most.value), lang });
      most.setAttribute("aria-invalid", "true");
      return said.wrongMaxItems;
    },
    controlAt: () => most,
  };
}

/** @param {Hand} hand @returns {Plan} */
function capture({ receipt, lang }) {
  const said = words[lang];
  const rows = receipt.items.map((item, index) => {
    const quantity = amountInput(`capture-${index}`);
    quantity.value = item.quantity;
    return { item, quantity, row: lineRow(item.name, worth([item]), [field(said.soldQuantity, quantity)]) };
  });
  const sold = () => rows.filter(({ quantity }) => !["", "0"].includes(quantity.value.trim()));
  return {
    content: [element("div", { className: "lines" }, ...rows.map(({ row }) => row))],
    make() {
      const items = sold().map(({ item, quantity }) => {
        const { amount, ...rest } = item;
        return quantity.value === item.quantity ? item : { ...rest, quantity: quantity.value };
      });
      return captureReceipts(receipt, items, { lang });
    },
    controlAt: ([list, index]) => (list === "items" ? sold()[Number(index)]?.quantity : undefined),
  };
}

/** @param {Hand} hand @returns {Plan} */
function settle({ receipt, at, lang }) {
  const said = words[lang];
  const day = element("input", { id: "settle-at", type: "date", value: at });
  const advance = receipt.items.some(({ method }) => method === "advance");
  const items = jsonArea("settle-items", 5);
  const others = jsonArea("settle-others", 4);
  return {
    content: [
      field(said.settleAt, day),
      field(said.settleOthers, others),
      field(advance ? said.settleItemsNeeded : said.settleItems, items),
    ],
    make() {
      const handed = items.value.trim() ? fromJson(items) : undefined;
      const further = others.value.trim() ? fromJson(others) : [];
      if (handed === null || further === null) return said.notJson;
      const options = { lang, ...(day.value ? { at: day.value } : {}), ...(handed ? { items: handed } : {}) };
      return [settleReceipt([receipt, ...[further].flat()], options)];
    },
    controlAt: ([first, index]) =>
      first === "at" ? day : first === "items" ? items : first === "prepaid" && index !== 0 ? others : undefined,
  };
}

/** @param {Hand} hand @returns {Plan} */
function correct({ receipt, at, lang }) {
  const said = words[lang];
  const what = choice("correct-what", said.correctWhat, [
    ["wrong", said.correctWrong],
    ["undo", said.correctUndo],
    ["unused", said.correctUnused],
  ]);
  const right = jsonArea("correct-right", 9);
  const { fiscal, ...unissued } = receipt;
  right.value = layOut(unissued);
  const kind = element(
    "select",
    { id: "correct-kind" },
    element("option", { value: "self" }, said.correctSelf),
    element("option", { value: "order" }, said.correctOrder),
  );
  const date = element("input", { id: "correct-date", type: "date", value: at });
  const number = element("input", { id: "correct-number", autocomplete: "off" });
  const rightField = field(said.rightReceipt, right);
  return {
    content: [
      what.root,
      rightField,
      element("div", { className: "row row-choices" }, field(said.correctDate, date), field(said.correctKind, kind)),
      field(said.correctNumber, number),
    ],
    make() {
      rightField.hidden = what.value !== "wrong";
      const given = number.value ? { number: number.value } : {};
      const reason = /** @type {"self" | "order"} */ (kind.value);
      const wrong = what.value === "unused" ? null : receipt;
      const meant = { wrong: right.value || null, undo: null, unused: receipt }[what.value] ?? null;
      return correctReceipt(wrong, meant, { kind: reason, date: date.value, ...given, lang });
    },
    controlAt: ([first]) => ({ right, date, kind, number })[/** @type {"right"} */ (first)],
  };
}

/** How many at which price, and what they come to. @param {Receipt["items"]} items */
function worth(items) {
  const pieces = items.map(({ quantity, price }) => `${quantity} × ${grouped(price)}`).join(" + ");
  return `${pieces} · ${grouped(add(...items.map(({ amount }) => amount)))}\u00a0₽`;
}

/** One of a few, as radio buttons. @param {string} name @param {string} title @param {[string, string][]} options */
function choice(name, title, options) {
  const inputs = options.map(([value], index) =>
    element("input", { type: "radio", name, value, id: `${name}-${value}`, checked: index === 0 }),
  );
  const labels = inputs.map((input, index) =>
    element("label", { className: "radio", htmlFor: input.id }, input, element("span", {}, options[index][1])),
  );
  const root = element("fieldset", { className: "choice" }, element("legend", {}, title), ...labels);
  return {
    root,
    get value() {
      return inputs.find(({ checked }) => checked)?.value ?? "";
    },
    focus: () => inputs.find(({ checked }) => checked)?.focus(),
  };
}

/** @param {string} text @param {Control} control */
const field = (text, control) =>
  element("div", { className: "field" }, element("label", { htmlFor: control.id }, text), control);

/** @param {string} id */
const amountInput = (id) => element("input", { id, inputMode: "decimal", autocomplete: "off" });

/** @param {string} id @param {number} rows */
const jsonArea = (id, rows) =>
  element("textarea", { id, rows, spellcheck: false, autocomplete: "off", className: "json-area", wrap: "off" });

/** What it holds; null where that is no JSON. @param {HTMLTextAreaElement} area */
function fromJson(area) {
  try {
    return JSON.parse(area.value);
  } catch {
    area.setAttribute("aria-invalid", "true");
    return null;
  }
}

/** An item of the receipt with what is asked of it. @param {string} name @param {string} note @param {HTMLElement[]} fields */
function lineRow(name, note, fields) {
  const row = element(
    "div",
    { className: "line-row", role: "group" },
    element("p", {}, element("b", {}, name), " ", element("span", { className: "line-note" }, note)),
    ...fields,
  );
  row.setAttribute("aria-label", name);
  return row;
}
