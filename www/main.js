// @ts-check
import { checkReceipt } from "../pkg/index.js";
import { Actions } from "./actions.js";
import { readAddress, writeAddress } from "./address.js";
import { ofOrder, ofReceipt } from "./answer.js";
import { Editor } from "./editor.js";
import { byId, element, icon } from "./element.js";
import { examples, loadExample } from "./examples.js";
import { Findings } from "./findings.js";
import { Form } from "./form.js";
import { spanAt } from "./json.js";
import { Mark } from "./mark.js";
import { add } from "./money.js";
import { Order } from "./order.js";
import { Requests } from "./requests.js";
import { Results } from "./results.js";
import { Slip } from "./slip.js";
import { Spread } from "./spread.js";
import { Tags } from "./tags.js";
import { sayAll, words } from "./words.js";

/** @typedef {import("../pkg/index.js").BuildOptions} BuildOptions */
/** @typedef {import("../pkg/index.js").CheckOptions} CheckOptions */
/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").Lang} Lang */

/** How long the typing has to rest before the check, in milliseconds. */
const REST = 80;

const exampleChoice = byId("example", HTMLSelectElement);
const reset = byId("reset", HTMLButtonElement);
const at = byId("at", HTMLInputElement);
const provider = byId("provider", HTMLSelectElement);
const mode = byId("mode", HTMLSelectElement);
const verdict = byId("verdict", HTMLElement);
const verdictMark = byId("verdict-mark", HTMLElement);
const spent = byId("spent", HTMLElement);
const toFindings = byId("to-findings", HTMLAnchorElement);
const languages = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("button[data-lang]")]);

/** @type {Lang} */
let lang = "ru";
let exampleText = "";
/** @type {number | undefined} */
let waiting;

const order = new Order();
const slip = new Slip();
const spread = new Spread(refresh);
const requests = new Requests(refresh);
const tags = new Tags();
const mark = new Mark();
const results = new Results((text) => {
  order.text = text;
  refresh();
  byId("order", HTMLElement).focus();
});
const actions = new Actions((action, receipts) => results.show(action, receipts, order.text));
const editor = new Editor((text) => {
  order.text = text;
  refreshSoon();
});
const form = new Form({
  write(path, typed) {
    order.write(path, typed);
    editor.show(order.text);
    refreshSoon();
  },
  addItem() {
    order.addItem();
    refresh();
  },
  removeItem(index) {
    order.removeItem(index);
    refresh();
  },
  addDelivery() {
    order.addDelivery(words[lang].delivery);
    refresh();
  },
  removeDelivery() {
    order.removeDelivery();
    refresh();
  },
});
const findings = new Findings(({ path, code }, where) => {
  const field = where === "field" && order.isObject && form.has(path);
  if (order.places) editor.point(spanAt(order.places, path, code === "unknown_field"), { focus: !field });
  else byId("json", HTMLTextAreaElement).focus();
  if (field) form.focus(path);
});

function refreshSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, REST);
}

/** Checks the order and shows all that follows from it. */
function refresh() {
  clearTimeout(waiting);
  /** @type {BuildOptions} */
  const options = { ...spread.options, lang, version: requests.version, mode: /** @type {CheckOptions["mode"]} */ (mode.value) };
  if (at.value) options.at = at.value;
  if (provider.value) options.provider = /** @type {CheckOptions["provider"]} */ (provider.value);
  const { isOrder } = order;
  const [answer, time] = timed(() => (isOrder ? ofOrder : ofReceipt)(order.text, options));
  const { receipt, lines, issues } = answer;
  editor.show(order.text);
  editor.mark(marks(issues));
  form.fill(order, isOrder ? implied(answer) : receipt);
  form.show(issues);
  findings.show(issues, answer.omitted ?? 0, lang);
  spread.show(isOrder, receipt, lines, lang);
  slip.show(receipt, lang);
  tags.show(receipt, lang);
  actions.show(receipt, at.value, lang);
  results.follow(order.text, options, lang);
  requests.show(isOrder ? receipt && JSON.stringify(receipt) : order.text, receipt, lang);
  reset.hidden = order.text === exampleText;
  judge(answer, time);
}

/** What an order leaves out, in its own shape. @param {Answer} answer */
function implied({ receipt, lines }) {
  if (!receipt || !lines) return undefined;
  const { payments } = receipt;
  const items = lines.filter(({ item }) => item !== null).map(({ listed }) => ({ amount: listed }));
  return { ...receipt, items, paid: add(payments.cash, payments.electronic) };
}

/**
 * What a call answers, and the milliseconds it takes: the least of a few, since what else the machine does adds to them.
 * @template T
 * @param {() => T} call
 * @returns {[T, number]}
 */
function timed(call) {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    call();
    return performance.now() - start;
  });
  return [call(), Math.min(...times)];
}

/** @param {Issue[]} issues @returns {import("./editor.js").Mark[]} */
function marks(issues) {
  const { places } = order;
  if (places) {
    return issues.map(({ path, code, severity }) => ({ ...spanAt(places, path, code === "unknown_field"), severity }));
  }
  const offset = Number(issues.find(({ code }) => code === "invalid_json")?.params?.offset ?? NaN);
  if (Number.isNaN(offset)) return [];
  // The library counts bytes.
  const before = new TextDecoder().decode(new TextEncoder().encode(order.text).slice(0, offset)).length;
  const start = Math.min(before, Math.max(0, order.text.trimEnd().length - 1));
  return [{ start, end: start + 1, severity: "error" }];
}

/** @param {Answer} answer @param {number} time */
function judge({ ok, issues }, time) {
  const said = words[lang];
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const warnings = issues.length - errors;
  const parts = [errors ? said.errors(errors) : said.fine, ...(warnings ? [said.warnings(warnings)] : [])];
  const text = parts.join(", ");
  if (verdict.textContent !== text) verdict.textContent = text;
  const state = !ok ? "error" : warnings ? "warning" : "fine";
  verdictMark.replaceChildren(icon(state));
  byId("judgement", HTMLElement).dataset.state = state;
  const figure = Math.max(time, 0.1).toLocaleString(lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  spent.textContent = (time < 0.1 ? said.spentUnder : said.spent)(figure);
  toFindings.hidden = issues.length === 0;
}

/** Today in Moscow. */
const today = () => new Date(Date.now() + 3 * 60 * 60 * 1000).toISOString().slice(0, 10);

/** @param {Lang} chosen */
function speak(chosen) {
  lang = chosen;
  sayAll(lang);
  for (const button of languages) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  const labels = { ...words[lang].providers, ...words[lang].modes };
  for (const option of [...provider.options, ...mode.options]) {
    option.textContent = labels[/** @type {keyof typeof labels} */ (option.value)];
  }
  const chosenExample = exampleChoice.value;
  exampleChoice.replaceChildren(...examples.map(({ name, ...title }) => element("option", { value: name }, title[lang])));
  exampleChoice.value = chosenExample || examples[0].name;
  spread.say(lang);
  mark.say(lang);
  form.build(lang);
}

function remember() {
  writeAddress({ lang, example: exampleChoice.value });
}

/** Shows the chosen example, with the options it is about. */
async function open() {
  const example = examples.find(({ name }) => name === exampleChoice.value) ?? examples[0];
  exampleChoice.value = example.name;
  remember();
  /** @type {Awaited<ReturnType<typeof loadExample>>} */
  let loaded;
  try {
    loaded = await loadExample(example);
  } catch {
    verdict.textContent = words[lang].exampleMissing;
    return;
  }
  if (exampleChoice.value !== example.name) return;
  const { options, text } = loaded;
  exampleText = text;
  order.text = text;
  at.value = (example.dated && options?.at) || today();
  provider.value = options?.provider ?? "";
  mode.value = options?.mode ?? "build";
  spread.options = options ?? {};
  requests.version = options?.version ?? "3.4.5";
  refresh();
}

for (const control of [at, provider, mode]) control.addEventListener("change", refresh);
exampleChoice.addEventListener("change", open);
reset.addEventListener("click", () => {
  order.text = exampleText;
  refresh();
  exampleChoice.focus();
});
for (const button of languages) {
  button.addEventListener("click", () => {
    speak(/** @type {Lang} */ (button.dataset.lang));
    remember();
    refresh();
  });
}
// The part after the # is the page's memory: ways within it lead there without.
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[href^='#']"))) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(link.hash.slice(1))?.focus();
  });
}
addEventListener("hashchange", () => {
  const address = readAddress();
  if (address.lang !== lang) {
    speak(address.lang);
    refresh();
  }
  if (address.example && address.example !== exampleChoice.value) {
    exampleChoice.value = address.example;
    open();
  }
});

const address = readAddress();
speak(address.lang);
if (address.example) exampleChoice.value = address.example;
// The first check starts the wasm: it is not the one to measure.
checkReceipt("{}");
await open();
document.documentElement.dataset.ready = "true";
