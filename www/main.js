// @ts-check
import { checkReceipt } from "../pkg/index.js";
import { Actions } from "./actions.js";
import { readAddress, writeAddress } from "./address.js";
import { ofOrder, ofReceipt } from "./answer.js";
import { Editor, LONG } from "./editor.js";
import { byId, element, icon } from "./element.js";
import { examples, groups, loadExample } from "./examples.js";
import { Findings } from "./findings.js";
import { fixAll, fixOf } from "./fixes.js";
import { Form } from "./form.js";
import { History } from "./history.js";
import { layOut, spanAt } from "./json.js";
import { pack, unpack } from "./link.js";
import { Mark } from "./mark.js";
import { add } from "./money.js";
import { Opening } from "./opening.js";
import { Order } from "./order.js";
import { Requests } from "./requests.js";
import { Results } from "./results.js";
import { Slip } from "./slip.js";
import { Spread } from "./spread.js";
import { Tabs } from "./tabs.js";
import { Tags } from "./tags.js";
import { sayAll, words } from "./words.js";

/** @typedef {import("../pkg/index.js").BuildOptions} BuildOptions */
/** @typedef {import("../pkg/index.js").CheckOptions} CheckOptions */
/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").Lang} Lang */

/** How long the typing has to rest before the check, in milliseconds. */
const REST = 80;
/** How long it has to rest before the rest of a long order follows. */
const LONG_REST = 250;
/** A check is measured again for so many milliseconds at most. */
const MEASURED = 5;

const exampleChoice = byId("example", HTMLSelectElement);
const reset = byId("reset", HTMLButtonElement);
const at = byId("at", HTMLInputElement);
const provider = byId("provider", HTMLSelectElement);
const mode = byId("mode", HTMLSelectElement);
const verdict = byId("verdict", HTMLElement);
const verdictMark = byId("verdict-mark", HTMLElement);
const spent = byId("spent", HTMLElement);
const toFindings = byId("to-findings", HTMLAnchorElement);
const fixed = byId("fixed", HTMLElement);
const undo = byId("undo", HTMLButtonElement);
const redo = byId("redo", HTMLButtonElement);
const linkSaid = byId("link-said", HTMLElement);
const languages = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("button[data-lang]")]);

/** @type {Lang} */
let lang = "ru";
let exampleText = "";
/** What the line about a link is of. */
let linked = "";
/** @type {number | undefined} */
let waiting;
/** @type {number | undefined} */
let following;

const order = new Order();
const past = new History();
const slip = new Slip();
const spread = new Spread(refresh);
const requests = new Requests(refresh);
const tags = new Tags();
const mark = new Mark();
const panes = new Tabs(byId("panes", HTMLElement), { only: matchMedia("(width < 960px)") });
const further = new Tabs(byId("further", HTMLElement), { changed: refresh });
/** Comes with client and sandbox when it is asked for. @type {Promise<import("./sending.js").Sending> | undefined} */
let sending;
const results = new Results((text) => {
  take(text);
  byId("order", HTMLElement).focus();
});
const actions = new Actions((action, receipts) => results.show(action, receipts, order.text));
const opening = new Opening(({ text, fiscal, own }) => {
  if (!own) mode.value = fiscal ? "read" : "build";
  exampleChoice.value = "";
  slip.forget();
  take(text);
  writeAddress({ lang });
});
const editor = new Editor(
  (text) => {
    order.text = text;
    past.note(text, "text", performance.now());
    refreshSoon();
  },
  (way) => step(way),
);
const form = new Form({
  write(path, typed) {
    order.write(path, typed);
    past.note(order.text, path.join("."), performance.now());
    editor.show(order.text, { typing: true });
    refreshSoon();
  },
  addItem: () => change(() => order.addItem()),
  removeItem: (index) => change(() => order.removeItem(index)),
  addDelivery: () => change(() => order.addDelivery(words[lang].delivery)),
  removeDelivery: () => change(() => order.removeDelivery()),
});
const findings = new Findings(
  ({ path, code }, where) => {
    const field = where === "field" && order.isObject && form.has(path);
    panes.open(field ? "order" : "text");
    if (order.places) editor.point(spanAt(order.places, path, code === "unknown_field"), { focus: !field });
    else byId("json", HTMLTextAreaElement).focus();
    if (field) form.focus(path);
  },
  () => {
    const { text, changes } = fixAll(order.text, (text) => answerTo(text).issues, order.isOrder);
    take(text);
    fixed.textContent = words[lang].fixed(changes);
    findings.focus(0);
  },
);

/** Does something to the order, and shows it. @param {() => void} act */
function change(act) {
  act();
  take(order.text);
}

/** Puts another text in place. @param {string} text */
function take(text) {
  order.text = text;
  past.note(text);
  refresh();
}

/** @param {"undo" | "redo"} way */
function step(way) {
  order.text = way === "undo" ? past.undo() : past.redo();
  refresh();
  const { activeElement } = document;
  if (activeElement instanceof HTMLButtonElement && activeElement.disabled) byId("json", HTMLTextAreaElement).focus();
}

/** What a finding's button does. @param {import("./findings.js").Issue} issue */
function remedyOf(issue) {
  const said = words[lang];
  if (mode.value === "read") return undefined;
  if (issue.code === "too_many_items") return { label: said.fixes.split(""), act: () => actions.splitNow() };
  const fix = fixOf(issue, order.text, order.isOrder);
  if (!fix) return undefined;
  const label = said.fixes[fix.word](fix.value);
  return {
    label,
    act() {
      take(fix.apply(order.text));
      fixed.textContent = said.fixedOne(label);
    },
  };
}

function refreshSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => refresh(order.text.length > LONG), REST);
}

/** @returns {BuildOptions} */
function options() {
  return {
    ...spread.options,
    ...{ lang, version: requests.version, mode: /** @type {CheckOptions["mode"]} */ (mode.value) },
    ...(at.value ? { at: at.value } : {}),
    ...(provider.value ? { provider: /** @type {CheckOptions["provider"]} */ (provider.value) } : {}),
  };
}

/** @param {string} text */
const answerTo = (text) => (order.isOrder ? ofOrder : ofReceipt)(text, options());

/** Checks the order and shows all that follows from it. @param {unknown} [long] whether all but the findings can wait */
function refresh(long) {
  clearTimeout(waiting);
  clearTimeout(following);
  const [answer, time] = timed(() => answerTo(order.text));
  const { issues } = answer;
  fixed.textContent = "";
  if (order.text !== linked) linkSaid.textContent = "";
  editor.show(order.text);
  editor.mark(marks(issues));
  findings.show(issues, answer.omitted ?? 0, lang, remedyOf);
  reset.hidden = order.text === exampleText || !exampleChoice.value;
  undo.disabled = !past.canUndo;
  redo.disabled = !past.canRedo;
  judge(answer, time);
  if (long === true) following = setTimeout(() => follow(answer), LONG_REST);
  else follow(answer);
}

/** All that comes of the order but what is wrong with it. @param {Answer} answer */
function follow(answer) {
  const { isOrder } = order;
  const { receipt, lines, issues } = answer;
  form.fill(order, isOrder ? implied(answer) : receipt);
  form.show(issues);
  spread.show(isOrder, receipt, lines, lang);
  slip.show(receipt, lang);
  actions.show(receipt, at.value, lang);
  results.follow(order.text, options(), lang);
  if (further.opened === "requests") requests.show(isOrder ? receipt && JSON.stringify(receipt) : order.text, receipt, lang);
  if (further.opened === "tags-panel") tags.show(receipt, lang);
  if (further.opened === "sending") showSending(receipt);
}

/** @param {import("../pkg/index.js").Receipt | undefined} receipt */
async function showSending(receipt) {
  const root = byId("sending", HTMLElement);
  sending ??= import("./sending.js").then(({ Sending }) => {
    const open = (/** @type {object} */ made) => {
      mode.value = "read";
      take(layOut(made));
      byId("slip", HTMLElement).scrollIntoView();
      panes.open("slip");
    };
    return new Sending(root, open, () => requests.nextOrder());
  });
  (await sending).show({ receipt, at: at.value, numbers: requests.numbers }, lang);
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
  const begun = performance.now();
  let least = Infinity;
  for (let tries = 0; ; tries++) {
    const start = performance.now();
    const answer = call();
    const end = performance.now();
    least = Math.min(least, end - start);
    if (tries === 5 || end - begun > MEASURED) return [answer, least];
  }
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
  exampleChoice.replaceChildren(
    element("option", { value: "", hidden: true }, words[lang].ownOrder),
    ...groups.map((group) => {
      const options = group.examples.map(({ name, ...title }) => element("option", { value: name }, title[lang]));
      return element("optgroup", { label: group[lang] }, ...options);
    }),
  );
  exampleChoice.value = chosenExample;
  linkSaid.textContent = "";
  spread.say(lang);
  mark.say(lang);
  opening.say(lang);
  form.build(lang);
}

/**
 * Shows the chosen example, with the options it is about.
 * @param {Awaited<ReturnType<typeof loadExample>>} [early] where it is here already
 */
async function open(early) {
  const example = examples.find(({ name }) => name === exampleChoice.value) ?? examples[0];
  exampleChoice.value = example.name;
  writeAddress({ lang, example: example.name });
  /** @type {Awaited<ReturnType<typeof loadExample>>} */
  let loaded;
  try {
    loaded = early ?? (await loadExample(example));
  } catch {
    verdict.textContent = words[lang].exampleMissing;
    return;
  }
  if (exampleChoice.value !== example.name) return;
  const { options, text } = loaded;
  exampleText = text;
  at.value = (example.dated && options?.at) || today();
  provider.value = options?.provider ?? "";
  mode.value = options?.mode ?? "build";
  spread.options = options ?? {};
  requests.version = options?.version ?? "3.4.5";
  begin(text);
}

/** Begins anew with a text: what was before it is not gone back to. @param {string} text */
function begin(text) {
  order.text = text;
  past.begin(text);
  slip.forget();
  opening.close();
  refresh();
}

/** Shows the order of a link; an example where the link is broken. @param {import("./address.js").Remembered} address */
async function openLink({ order: packed, at: day, rules, mode: how }) {
  const text = packed ? await unpack(packed) : undefined;
  if (text === undefined) {
    await open();
    linked = order.text;
    linkSaid.textContent = words[lang].linkBroken;
    return;
  }
  exampleChoice.value = "";
  exampleText = text;
  at.value = /^\d{4}-\d{2}-\d{2}$/.test(day ?? "") ? /** @type {string} */ (day) : today();
  provider.value = [...provider.options].some(({ value }) => value === rules) ? /** @type {string} */ (rules) : "";
  mode.value = how === "read" ? "read" : "build";
  begin(text);
}

async function copyLink() {
  const said = words[lang];
  linked = order.text;
  const packed = await pack(linked);
  if (packed === undefined) {
    linkSaid.textContent = said.linkTooLong;
    return;
  }
  const read = mode.value === "read" ? "read" : "";
  writeAddress({ lang, order: packed, at: at.value, rules: provider.value, mode: read });
  try {
    await navigator.clipboard.writeText(location.href);
    linkSaid.textContent = said.linkCopied;
  } catch {
    linkSaid.textContent = said.linkInAddress;
  }
}

for (const control of [at, provider, mode]) control.addEventListener("change", refresh);
exampleChoice.addEventListener("change", () => open());
reset.addEventListener("click", () => {
  take(exampleText);
  exampleChoice.focus();
});
undo.addEventListener("click", () => step("undo"));
redo.addEventListener("click", () => step("redo"));
byId("link-copy", HTMLButtonElement).addEventListener("click", copyLink);
for (const button of languages) {
  button.addEventListener("click", () => {
    speak(/** @type {Lang} */ (button.dataset.lang));
    writeAddress({ ...readAddress(), lang });
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
  if (address.order) openLink(address);
  else if (address.example && address.example !== exampleChoice.value) {
    exampleChoice.value = address.example;
    open();
  }
});

const address = readAddress();
const first = examples.find(({ name }) => name === address.example) ?? examples[0];
// On its way while the rest is being made.
const early = address.order ? undefined : loadExample(first).catch(() => undefined);
speak(address.lang);
exampleChoice.value = first.name;
// The first check starts the wasm: it is not the one to measure.
checkReceipt("{}");
await (address.order ? openLink(address) : open(await early));
performance.mark("ready");
document.documentElement.dataset.ready = "true";
