#!/usr/bin/env node
// @ts-check
// The command. Exit status: 0 fine, 1 findings of severity error, 2 wrong usage or input that cannot be read.

import { createReadStream, existsSync, readFileSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import { parseArgs } from "node:util";
import { ChekError, ReceiptError, checkReceipt, decode, encode, inn, issueCodes, vocabulary } from "./index.js";

/** @typedef {import("./index.js").Issue} Issue */
/** @typedef {import("./index.js").Lang} Lang */
/** @typedef {import("./index.js").CheckOptions} CheckOptions */
/** @typedef {import("./index.js").CloudKassirOptions} CloudKassirOptions */
/** @typedef {NodeJS.WriteStream} Stream */
/** @typedef {AsyncIterable<Buffer>} Chunks */
/** @typedef {{ start: number, end: number }} Span */

/**
 * One receipt as it was given: `input` is what is checked, and stands in `text` at `base`; `text` begins in line
 * `firstLine` of the file.
 * @typedef {{ input: string | Buffer, text: () => string, base: number, firstLine: number, line?: number,
 *   index?: number, fault?: number }} Given
 */

/** @typedef {{ ok: boolean, issues: Issue[], omitted?: number }} Result */
/** @typedef {Record<string, string | boolean | string[] | undefined>} Values */
/** @typedef {{ name: CommandName, files: string[], values: Values, lang: Lang }} Call */

/** What is read whole has to be one string. */
const MAX_WHOLE = 256 << 20;
/** Longer than the library reads: it says so, and the rest of such a line need not be kept. */
const MAX_LINE = 8 << 20;
/** These make a receipt unreadable; the library does not let them be turned off. */
const FIXED_CODES = ["invalid_json", "too_large", "too_deep", "invalid_option"].concat(
  ["required", "invalid_type", "invalid_value", "invalid_scale"],
);
const LEVELS = ["error", "warning", "off"];
const LISTS = ["ffd", "operation", "taxation", "vat", "paymentMethod", "paymentObject", "unit", "agent"].concat(
  ["correctionKind", "paymentForm", "documentKind", "industryBody", "markStatus", "ofd", "timeZone"],
);

/**
 * Every option: `value` is the word for it in the help, none where it is a switch; `one` is what it can be.
 * @type {Record<string, { value?: string, one?: string[], many?: boolean, short?: string, en: string, ru: string }>}
 */
const OPTIONS = {
  to: { value: "cloudkassir", one: ["cloudkassir"], en: "whose body to make", ru: "чьё тело запроса составить" },
  from: { value: "cloudkassir", one: ["cloudkassir"], en: "whose body it is", ru: "чьё это тело запроса или ответа" },
  provider: {
    value: "NAME",
    one: ["cloudkassir", "paybox", "paykeeper"],
    en: "add a provider's rules: cloudkassir, paybox, paykeeper",
    ru: "добавить правила провайдера: cloudkassir, paybox, paykeeper",
  },
  "ck-version": {
    value: "VERSION",
    one: ["3.0", "3.3.7", "3.4.5"],
    en: "CloudKassir's document: 3.0, 3.3.7 or 3.4.5 (default 3.4.5)",
    ru: "версия документа CloudKassir: 3.0, 3.3.7, 3.4.5 (по умолчанию 3.4.5)",
  },
  ffd: {
    value: "VERSION",
    one: ["1.05", "1.1", "1.2"],
    en: "FFD version where the body names none: 1.05, 1.1, 1.2",
    ru: "версия ФФД, если в теле её нет: 1.05, 1.1, 1.2",
  },
  inn: { value: "INN", en: "INN of the organisation whose register prints", ru: "ИНН организации, чья касса печатает" },
  "invoice-id": { value: "ID", en: "the order's number in the shop", ru: "номер заказа в магазине" },
  "account-id": { value: "ID", en: "the customer's number in the shop", ru: "номер покупателя в магазине" },
  "device-number": {
    value: "NUMBER",
    en: "the register of a correction (3.3.7)",
    ru: "номер кассы для коррекции (3.3.7)",
  },
  "no-check": { en: "do not check first", ru: "не проверять перед составлением" },
  full: {
    en: "print all there is, not just the body or the receipt",
    ru: "вывести всё, а не только тело или чек",
  },
  at: {
    value: "DATE",
    en: "take the rules of this day, YYYY-MM-DD (default: today in Moscow)",
    ru: "правила на этот день, ГГГГ-ММ-ДД (по умолчанию сегодня, Москва)",
  },
  mode: {
    value: "MODE",
    one: ["build", "read"],
    en: "build: a receipt to be sent (default); read: one that is fiscal already",
    ru: "build: чек перед отправкой (по умолчанию); read: уже пробитый чек",
  },
  severity: {
    value: "CODE=LEVEL",
    many: true,
    en: "level of a code: error, warning, off (may be repeated)",
    ru: "уровень кода: error, warning, off (можно повторять)",
  },
  "max-issues": {
    value: "N",
    en: "show at most N findings of a receipt (default 100)",
    ru: "не больше N замечаний на чек (по умолчанию 100)",
  },
  ndjson: { en: "a receipt in every line, whatever the file is called", ru: "в каждой строке по чеку" },
  json: { en: "answer in JSON, a line each", ru: "ответ в JSON, по строке" },
  quiet: { short: "q", en: "print nothing: the exit status says it", ru: "ничего не выводить: ответ в коде выхода" },
  lang: {
    value: "ru|en",
    one: ["ru", "en"],
    en: "language (default: the locale's)",
    ru: "язык (по умолчанию из локали)",
  },
  help: { short: "h", en: "this help", ru: "эта справка" },
  version: { short: "v", en: "the version of chek54", ru: "версия chek54" },
};

const CHECK_OPTIONS = ["at", "severity", "max-issues"];

/** @typedef {"check" | "encode" | "decode" | "codes" | "vocabulary" | "help"} CommandName */

/**
 * @type {Record<CommandName, { args: string, options: string[], most: number, run: (call: Call) => Promise<number>,
 *   en: string, ru: string, more?: { en: string, ru: string } }>}
 */
const COMMANDS = {
  check: {
    args: "[FILE|-]...",
    options: ["provider", "ck-version", "mode", ...CHECK_OPTIONS, "ndjson", "json", "quiet"],
    most: Infinity,
    run: runCheck,
    en: "find what is wrong with receipts",
    ru: "найти ошибки в чеках",
    more: {
      en: `A file is JSON: one receipt, an array of receipts, or NDJSON, a receipt a line.
NDJSON is recognised by its content or by .ndjson and .jsonl; files of any size are read line by line.
--json prints {file, line?, index?, ok, issues, omitted?} for each receipt.`,
      ru: `Файл — JSON: один чек, массив чеков или NDJSON, по чеку в строке.
NDJSON узнаётся по содержимому или по .ndjson и .jsonl; файлы любого размера читаются построчно.
--json выводит на каждый чек {file, line?, index?, ok, issues, omitted?}.`,
    },
  },
  encode: {
    args: "[FILE|-] --to cloudkassir",
    options: ["to", "inn", "invoice-id", "account-id", "device-number", "ck-version", "no-check", ...CHECK_OPTIONS]
      .concat("full", "json"),
    most: 1,
    run: runEncode,
    en: "turn a receipt into the body a provider takes",
    ru: "составить из чека тело запроса к провайдеру",
    more: {
      en: `The body goes to standard output, findings and losses to standard error.
A receipt with errors gives no body. --full prints {path, body, losses}; --json: all in lines of JSON.`,
      ru: `Тело выводится в stdout, замечания и потери — в stderr.
Для чека с ошибками тела нет. --full выводит {path, body, losses}; --json: всё строками JSON.`,
    },
  },
  decode: {
    args: "[FILE|-] --from cloudkassir",
    options: ["from", "ffd", "ck-version", "full", "json"],
    most: 1,
    run: runDecode,
    en: "turn a provider's body or answer into a receipt",
    ru: "получить чек из тела запроса или ответа провайдера",
    more: {
      en: `The receipt goes to standard output (a list gives an array), findings to standard error.
--full prints {receipt, envelope, extra, issues}; --json: all in lines of JSON.`,
      ru: `Чек выводится в stdout (из списка — массив), замечания — в stderr.
--full выводит {receipt, envelope, extra, issues}; --json: всё строками JSON.`,
    },
  },
  codes: {
    args: "",
    options: ["json"],
    most: 0,
    run: runCodes,
    en: "list the codes of findings",
    ru: "перечислить коды замечаний",
    more: {
      en: "--json adds the texts in both languages and where each rule comes from.",
      ru: "--json добавляет тексты на двух языках и источник каждого правила.",
    },
  },
  vocabulary: {
    args: "[LIST]",
    options: ["json"],
    most: 1,
    run: runVocabulary,
    en: "list the words of a closed list: vat, unit, taxation…",
    ru: "перечислить слова справочника: vat, unit, taxation…",
    more: { en: `Lists: ${LISTS.join(", ")}.`, ru: `Справочники: ${LISTS.join(", ")}.` },
  },
  help: { args: "[COMMAND]", options: [], most: 1, run: runHelp, en: "explain a command", ru: "рассказать о команде" },
};
const COMMAND_NAMES = /** @type {CommandName[]} */ (Object.keys(COMMANDS));
const COMMON_OPTIONS = ["lang", "help", "version"];

const quotedEn = (/** @type {string} */ text) => `"${visible(text)}"`;
const quotedRu = (/** @type {string} */ text) => `«${visible(text)}»`;
const meantEn = (/** @type {string | undefined} */ near) => (near ? `. Did you mean ${quotedEn(near)}?` : "");
const meantRu = (/** @type {string | undefined} */ near) =>
  near ? `. Вероятно, имелось в виду ${quotedRu(near)}` : "";

const EN = {
  about: "chek54 checks Russian fiscal receipts (54-FZ, FFD 1.05, 1.1 and 1.2) and makes CloudKassir bodies.",
  usage: "Usage",
  command: "COMMAND",
  commands: "Commands",
  options: "Options",
  input: "Without FILE, or for -, standard input is read.",
  status: "Exit status: 0 fine (warnings too), 1 errors found, 2 wrong usage or unreadable input.",
  details: "Options of a command: chek54 help COMMAND",
  see: (/** @type {string} */ command) => `See: ${command}`,
  noCommand: "no command is given",
  unknownCommand: (/** @type {string} */ name, /** @type {string} */ near) =>
    `no command ${quotedEn(name)}${meantEn(near)}`,
  fileAsCommand: (/** @type {string} */ name) =>
    `${quotedEn(name)} is a file, not a command. Try: chek54 check ${visible(name)}`,
  unknownOption: (/** @type {string} */ name, /** @type {string} */ near) =>
    `no option ${quotedEn(name)}${meantEn(near)}`,
  foreignOption: (/** @type {string} */ name, /** @type {string} */ command, /** @type {string} */ owners) =>
    `${command} has no option ${quotedEn(name)}; it is for: ${owners}`,
  needsValue: (/** @type {string} */ name, /** @type {string} */ value) => `${name} needs a value: ${name} ${value}`,
  takesNoValue: (/** @type {string} */ name) => `${name} takes no value`,
  badValue: (/** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ can) =>
    `${name} cannot be ${quotedEn(value)}. It can be: ${can}`,
  missingOption: (/** @type {string} */ command, /** @type {string} */ option) => `${command} needs ${option}`,
  unknownCode: (/** @type {string} */ code, /** @type {string} */ near) =>
    `--severity: no code ${quotedEn(code)}${meantEn(near) || "; chek54 codes lists them"}`,
  fixedCode: (/** @type {string} */ code) => `--severity: ${code} is always an error: without it there is no receipt`,
  badInn: (/** @type {string} */ value) =>
    `--inn cannot be ${quotedEn(value)}: 10 or 12 digits with right check digits`,
  unknownList: (/** @type {string} */ list, /** @type {string} */ near) =>
    `no list ${quotedEn(list)}${meantEn(near) || `; there are ${LISTS.join(", ")}`}`,
  tooMany: (/** @type {string} */ command, /** @type {string} */ extra) =>
    `${command}: one argument too many: ${quotedEn(extra)}`,
  noInput: "no file is given, and standard input is a terminal",
  stdinTwice: "standard input (-) can be given once",
  missing: (/** @type {string} */ file) => `no such file: ${file}`,
  directory: (/** @type {string} */ file) => `a directory, not a file: ${file}`,
  denied: (/** @type {string} */ file) => `no permission to read: ${file}`,
  unreadable: (/** @type {string} */ file, /** @type {string} */ why) => `cannot read ${file}: ${why}`,
  tooLong: (/** @type {string} */ file) =>
    `${file} is too large to be read whole; put each receipt on a line of its own`,
  cannotWrite: (/** @type {string} */ why) => `cannot write: ${why}`,
  failed: (/** @type {string} */ why) => `failed: ${why}`,
  stdin: "<stdin>",
  tag: (/** @type {number} */ tag) => `tag ${tag}`,
  empty: "The input is empty",
  sayOption: (/** @type {string} */ option) => `Say ${option}`,
  omitted: (/** @type {number} */ count) => `${count} more not shown (--max-issues)`,
  errors: (/** @type {number} */ count) => `${count} ${plural("en", count, "error", "errors")}`,
  warnings: (/** @type {number} */ count) => `${count} ${plural("en", count, "warning", "warnings")}`,
  hidden: (/** @type {number} */ count) => `${count} not shown`,
  among: (/** @type {number} */ count, /** @type {number} */ all) => ` in ${count} of ${all} receipts`,
  fine: (/** @type {number} */ all) => `${all} ${plural("en", all, "receipt", "receipts")}, no findings`,
  none: "no receipts",
  progress: (/** @type {number} */ all, /** @type {number} */ bad) => `${all} receipts, ${bad} with findings`,
  noReceipt: "there is no receipt in it",
  besides: (/** @type {string} */ parts) => `not in the receipt: ${parts} (--full prints all)`,
};

/** @type {typeof EN} */
const RU = {
  about: "chek54 проверяет чеки по 54-ФЗ (ФФД 1.05, 1.1 и 1.2) и составляет запросы к CloudKassir.",
  usage: "Вызов",
  command: "КОМАНДА",
  commands: "Команды",
  options: "Параметры",
  input: "Без FILE или вместо - читается stdin.",
  status: "Код выхода: 0 — всё хорошо (и предупреждения), 1 — есть ошибки, 2 — неверный вызов или файл не читается.",
  details: "Параметры команды: chek54 help КОМАНДА",
  see: (command) => `Справка: ${command}`,
  noCommand: "не указана команда",
  unknownCommand: (name, near) => `нет команды ${quotedRu(name)}${meantRu(near)}`,
  fileAsCommand: (name) => `${quotedRu(name)} — файл, а не команда. Попробуйте: chek54 check ${visible(name)}`,
  unknownOption: (name, near) => `нет параметра ${quotedRu(name)}${meantRu(near)}`,
  foreignOption: (name, command, owners) => `у ${command} нет параметра ${quotedRu(name)}; он есть у: ${owners}`,
  needsValue: (name, value) => `для ${name} нужно значение: ${name} ${value}`,
  takesNoValue: (name) => `${name} указывается без значения`,
  badValue: (name, value, can) => `недопустимое значение ${name}: ${quotedRu(value)}. Возможно: ${can}`,
  missingOption: (command, option) => `для ${command} укажите ${option}`,
  unknownCode: (code, near) => `--severity: нет кода ${quotedRu(code)}${meantRu(near) || "; все коды: chek54 codes"}`,
  fixedCode: (code) => `--severity: ${code} — всегда ошибка: без этого чека нет`,
  badInn: (value) => `недопустимое значение --inn: ${quotedRu(value)}. Нужны 10 или 12 цифр с верными контрольными`,
  unknownList: (list, near) => `нет справочника ${quotedRu(list)}${meantRu(near) || `; есть ${LISTS.join(", ")}`}`,
  tooMany: (command, extra) => `${command}: лишний аргумент ${quotedRu(extra)}`,
  noInput: "файл не указан, а stdin — терминал",
  stdinTwice: "stdin (-) можно указать один раз",
  missing: (file) => `нет такого файла: ${file}`,
  directory: (file) => `это каталог, а не файл: ${file}`,
  denied: (file) => `нет прав на чтение: ${file}`,
  unreadable: (file, why) => `не удалось прочитать ${file}: ${why}`,
  tooLong: (file) => `${file}: слишком велик, чтобы читать целиком; запишите каждый чек отдельной строкой`,
  cannotWrite: (why) => `не удалось записать: ${why}`,
  failed: (why) => `сбой: ${why}`,
  stdin: "<stdin>",
  tag: (tag) => `тег ${tag}`,
  empty: "На входе пусто",
  sayOption: (option) => `Укажите ${option}`,
  omitted: (count) => `ещё ${count} не показано (--max-issues)`,
  errors: (count) => `${count} ${plural("ru", count, "ошибка", "ошибок", "ошибки")}`,
  warnings: (count) => `${count} ${plural("ru", count, "предупреждение", "предупреждений", "предупреждения")}`,
  hidden: (count) => `${count} не показано`,
  among: (count, all) => ` в ${count} из ${all} ${plural("ru", all, "чека", "чеков", "чеков")}`,
  fine: (all) => `${all} ${plural("ru", all, "чек", "чеков", "чека")}, замечаний нет`,
  none: "чеков нет",
  progress: (all, bad) => `чеков ${all}, с замечаниями ${bad}`,
  noReceipt: "чека здесь нет",
  besides: (parts) => `не вошло в чек: ${parts} (всё выводит --full)`,
};

const TEXTS = { en: EN, ru: RU };

/** A call that cannot be: shown with the place of the help. */
class UsageError extends Error {
  /** @param {string} message @param {CommandName} [command] */
  constructor(message, command) {
    super(message);
    this.command = command;
  }
}

/** Input that cannot be read. */
class InputError extends Error {}

/** What the process ends with, should standard output close early. */
let status = 0;

/** @param {string[]} argv */
async function main(argv) {
  const lang = language(argv);
  const say = TEXTS[lang];
  process.stderr.on("error", () => {});
  process.stdout.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
    // Whoever read us (head) has enough.
    if (error.code === "EPIPE") process.exit(status);
    console.error(`chek54: ${say.cannotWrite(error.message)}`);
    process.exit(2);
  });
  try {
    if (argv.length === 0) {
      console.error(overview(lang));
      return 2;
    }
    const call = parse(argv, lang);
    if (call.values.version) {
      await print(JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")).version);
      return 0;
    }
    if (call.values.help) return await runHelp({ ...call, files: call.name === "help" ? call.files : [call.name] });
    return await COMMANDS[call.name].run(call);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`chek54: ${error.message}`);
      if (error.command) console.error(usage(error.command, lang));
      console.error(say.see(error.command ? `chek54 help ${error.command}` : "chek54 --help"));
    } else if (error instanceof InputError) {
      console.error(`chek54: ${error.message}`);
    } else {
      console.error(`chek54: ${say.failed(error instanceof ChekError ? error.message : String(error))}`);
    }
    return 2;
  }
}

/** Known before all else, for messages about all else. @param {string[]} argv @returns {Lang} */
function language(argv) {
  const given = argv.findLast((argument, at) => argument.startsWith("--lang=") || argv[at - 1] === "--lang");
  const wanted = given?.replace("--lang=", "");
  if (wanted === "ru" || wanted === "en") return wanted;
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return /^ru/i.test(LC_ALL || LC_MESSAGES || LANG || "") ? "ru" : "en";
}

/** @param {string[]} argv @param {Lang} lang @returns {Call} */
function parse(argv, lang) {
  const say = TEXTS[lang];
  const config = Object.entries(OPTIONS).map(([name, { value, short }]) => {
    const type = /** @type {"string" | "boolean"} */ (value ? "string" : "boolean");
    return [name, short ? { type, short } : { type }];
  });
  const options = Object.fromEntries(config);
  // Not strict: parseArgs' own messages are in English only and suggest nothing.
  const { tokens } = parseArgs({ args: argv, options, strict: false, allowPositionals: true, tokens: true });
  const [first, ...files] = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const given = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
  const known = COMMAND_NAMES.find((command) => command === first);
  /** @type {Values} */
  const values = {};
  for (const { name, rawName, value, inlineValue } of given) {
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    const names = [...(known ? COMMANDS[known].options : Object.keys(OPTIONS)), ...COMMON_OPTIONS];
    if (!option) {
      const near = nearest(name, names) ?? nearest(name, Object.keys(OPTIONS));
      throw new UsageError(say.unknownOption(rawName, near ? `--${near}` : ""), known);
    }
    if (!names.includes(name) && known) {
      const owners = COMMAND_NAMES.filter((command) => COMMANDS[command].options.includes(name));
      throw new UsageError(say.foreignOption(rawName, known, owners.join(", ")), known);
    }
    if (option.value === undefined) {
      if (value !== undefined) throw new UsageError(say.takesNoValue(rawName), known);
      values[name] = true;
      continue;
    }
    if (value === undefined || value === "" || (!inlineValue && /^-./.test(value))) {
      throw new UsageError(say.needsValue(rawName, option.one?.join("|") ?? option.value), known);
    }
    if (option.one && !option.one.includes(value)) {
      throw new UsageError(say.badValue(rawName, value, option.one.join(", ")), known);
    }
    values[name] = option.many ? [.../** @type {string[]} */ (values[name] ?? []), value] : value;
  }
  if (!known) {
    if (values.help || values.version) return { name: "help", files: [], values, lang };
    if (first === undefined) throw new UsageError(say.noCommand);
    const near = nearest(first, COMMAND_NAMES);
    throw new UsageError(!near && existsSync(first) ? say.fileAsCommand(first) : say.unknownCommand(first, near ?? ""));
  }
  const { most } = COMMANDS[known];
  if (files.length > most) throw new UsageError(say.tooMany(known, files[most]), known);
  return { name: known, files, values, lang };
}

/** The files of a call: standard input where none is named. @param {Call} call */
function inputs({ name, files, lang }) {
  if (files.length === 0 && process.stdin.isTTY) throw new UsageError(TEXTS[lang].noInput, name);
  if (files.filter((file) => file === "-").length > 1) throw new UsageError(TEXTS[lang].stdinTwice, name);
  return files.length ? files : ["-"];
}

/** @param {Call} call @returns {CheckOptions} */
function checkOptions({ name, values, lang }) {
  const say = TEXTS[lang];
  /** @type {Record<string, string>} */
  const severity = {};
  const codes = issueCodes().map((row) => /** @type {string} */ (row.code));
  for (const pair of /** @type {string[]} */ (values.severity ?? [])) {
    const [code, level, ...rest] = pair.split("=");
    if (!codes.includes(code)) throw new UsageError(say.unknownCode(code, nearest(code, codes) ?? ""), name);
    if (FIXED_CODES.includes(code)) throw new UsageError(say.fixedCode(code), name);
    if (!LEVELS.includes(level) || rest.length) {
      throw new UsageError(say.badValue("--severity", pair, `${code}=${LEVELS.join("|")}`), name);
    }
    severity[code] = level;
  }
  const most = values["max-issues"];
  if (most !== undefined && !/^\d{1,6}$/.test(String(most))) {
    throw new UsageError(say.badValue("--max-issues", String(most), "0, 1, 2…"), name);
  }
  const options = /** @type {CheckOptions} */ ({ lang, severity });
  for (const key of /** @type {const} */ (["at", "mode", "provider"])) {
    if (values[key] !== undefined) Object.assign(options, { [key]: values[key] });
  }
  if (values["ck-version"] !== undefined) Object.assign(options, { version: values["ck-version"] });
  // Only the library knows what a date is.
  const refused = checkReceipt("{}", options).issues.find(({ code }) => code === "invalid_option")?.params;
  if (refused) {
    const { option, expected } = refused;
    throw new UsageError(say.badValue(`--${option}`, String(values[option]), expected), name);
  }
  return most === undefined ? options : { ...options, maxIssues: Number(most) };
}

/** @param {Call} call */
async function runCheck(call) {
  const { values, lang } = call;
  const say = TEXTS[lang];
  const options = checkOptions(call);
  const files = inputs(call);
  const report = new Report(process.stdout, lang);
  const progress = new Progress(lang);
  let unread = false;
  for (const file of files) {
    try {
      for await (const given of receipts(file, values.ndjson === true, lang)) {
        const found = given.fault === undefined ? checkReceipt(given.input, options) : broken(given.fault);
        const result = placed(given, found, lang);
        report.count(result);
        if (!result.ok && status === 0) status = 1;
        progress.show(report);
        if (values.quiet) continue;
        const text = values.json ? jsonLine(file, given, result) : report.receipt(file, given, result);
        if (!text) continue;
        progress.hide();
        await print(text);
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      progress.hide();
      console.error(`chek54: ${error.message}`);
      unread = true;
      status = 2;
    }
  }
  progress.hide();
  if (!values.quiet && !values.json && !(unread && report.all === 0)) await print(report.summary());
  return unread ? 2 : report.errors || report.failed ? 1 : 0;
}

/** @param {Call} call */
async function runEncode(call) {
  const { name, values, lang } = call;
  const say = TEXTS[lang];
  if (!values.to) throw new UsageError(say.missingOption(name, "--to cloudkassir"), name);
  if (values.inn && !values["no-check"] && !inn(String(values.inn)).valid) {
    throw new UsageError(say.badInn(String(values.inn)), name);
  }
  const options = { ...checkOptions(call), provider: /** @type {const} */ ("cloudkassir") };
  const [file] = inputs(call);
  const given = await only(file, lang);
  const report = new Report(process.stderr, lang);
  /** @type {Result} */
  const found = values["no-check"] ? { ok: true, issues: [] } : checkReceipt(given.input, options);
  /** @type {import("./index.js").Encoded | undefined} */
  let encoded;
  let result = found;
  if (found.ok) {
    try {
      const settings = {
        version: values["ck-version"],
        inn: values.inn,
        invoiceId: values["invoice-id"],
        accountId: values["account-id"],
        deviceNumber: values["device-number"],
        lang,
      };
      encoded = encode(given.input, "cloudkassir", /** @type {CloudKassirOptions} */ (settings));
      result = { ...found, issues: joined(found.issues, encoded.losses) };
    } catch (error) {
      if (!(error instanceof ReceiptError)) throw error;
      // The library's hints speak of its own options.
      /** @type {Record<string, string>} */
      const wanted = { "seller.inn": "--inn INN", deviceNumber: "--device-number NUMBER" };
      const issues = error.issues.map((issue) => {
        const option = issue.code === "required" ? wanted[pathText(issue.path)] : undefined;
        return option ? { ...issue, hint: say.sayOption(option) } : issue;
      });
      result = { ok: false, issues: joined(found.issues, issues) };
    }
  }
  tell(report, file, given, placed(given, result, lang), values);
  if (!encoded) return 1;
  await print(JSON.stringify(values.full ? encoded : encoded.body, null, values.json ? 0 : 2));
  return report.errors ? 1 : 0;
}

/** @param {Call} call */
async function runDecode(call) {
  const { name, values, lang } = call;
  const say = TEXTS[lang];
  if (!values.from) throw new UsageError(say.missingOption(name, "--from cloudkassir"), name);
  const [file] = inputs(call);
  const given = await only(file, lang);
  const settings = /** @type {{}} */ ({ ffd: values.ffd, version: values["ck-version"], lang });
  const decoded = decode(given.input, "cloudkassir", settings);
  const { receipt, receipts, envelope, extra, issues } = decoded;
  const report = new Report(process.stderr, lang);
  tell(report, file, given, placed(given, { ok: !issues.some(isError), issues }, lang), values);
  const empty = Object.keys(receipt).length === 0;
  if (values.full || !empty) {
    await print(JSON.stringify(values.full ? decoded : receipts ?? receipt, null, values.json ? 0 : 2));
  } else if (report.errors === 0) {
    console.error(`chek54: ${say.noReceipt}`);
  }
  const besides = [...Object.keys(envelope), ...extra.map(({ path }) => pathText(path))];
  if (!values.full && besides.length) console.error(`chek54: ${say.besides(visible(besides.join(", ")))}`);
  return report.errors || (empty && !values.full) ? 1 : 0;
}

/** @param {Call} call */
async function runCodes({ values, lang }) {
  const rows = issueCodes();
  await print(values.json ? JSON.stringify(rows) : table(rows.map((row) => [row.code, row.severity, row[lang]])));
  return 0;
}

/** @param {Call} call */
async function runVocabulary({ name, files: [list], values, lang }) {
  if (list === undefined) {
    await print(values.json ? JSON.stringify(LISTS) : LISTS.join("\n"));
    return 0;
  }
  if (!LISTS.includes(list)) {
    throw new UsageError(TEXTS[lang].unknownList(list, nearest(list, LISTS) ?? ""), name);
  }
  const rows = vocabulary(list);
  const systems = /** @type {const} */ (["cloudkassir", "paybox", "paykeeper"]);
  const columns = /** @type {const} */ (["name", "code", lang, "since", "until", "ffd", ...systems]);
  const used = columns.filter((column) => rows.some((row) => row[column] !== undefined));
  const cells = rows.map((row) => used.map((column) => (row[column] === undefined ? "" : String(row[column]))));
  await print(values.json ? JSON.stringify(rows) : table([used.slice(), ...cells]));
  return 0;
}

/** @param {Call} call */
async function runHelp({ files: [wanted], lang }) {
  const say = TEXTS[lang];
  const command = COMMAND_NAMES.find((known) => known === wanted);
  if (!command && wanted !== undefined) {
    throw new UsageError(say.unknownCommand(wanted, nearest(wanted, COMMAND_NAMES) ?? ""));
  }
  await print(command ? manual(command, lang) : overview(lang));
  return 0;
}

/** @param {Lang} lang */
function overview(lang) {
  const say = TEXTS[lang];
  return [
    say.about,
    `${say.usage}: chek54 ${say.command} [${say.options.toLowerCase()}] [FILE|-]...`,
    `${say.commands}:\n${indented(COMMAND_NAMES.map((name) => [name, COMMANDS[name][lang]]))}`,
    optionList(COMMON_OPTIONS, lang),
    [say.input, say.status, say.details].join("\n"),
  ].join("\n\n");
}

/** @param {CommandName} command @param {Lang} lang */
function manual(command, lang) {
  const say = TEXTS[lang];
  const { args, options, more, [lang]: text } = COMMANDS[command];
  const reads = args.includes("FILE");
  const parts = [
    usage(command, lang),
    text[0].toUpperCase() + text.slice(1),
    [more?.[lang], reads && say.input].filter(Boolean).join("\n"),
    optionList([...options, "lang", "help"], lang),
    reads && say.status,
  ];
  return parts.filter(Boolean).join("\n\n");
}

/** @param {string[]} names @param {Lang} lang */
function optionList(names, lang) {
  const row = (/** @type {string} */ name) => {
    const { short, value, [lang]: text } = OPTIONS[name];
    return [`${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`, text];
  };
  return `${TEXTS[lang].options}:\n${indented(names.map(row))}`;
}

/** @param {string[][]} rows */
function indented(rows) {
  return table(rows).replace(/^/gm, "  ");
}

/** @param {CommandName} command @param {Lang} lang */
function usage(command, lang) {
  const { usage, options } = TEXTS[lang];
  return `${usage}: chek54 ${command} [${options.toLowerCase()}] ${COMMANDS[command].args}`.trimEnd();
}

// Reading.

/** Every receipt of a file. @param {string} file @param {boolean} lines @param {Lang} lang */
async function* receipts(file, lines, lang) {
  const chunks = utf8(opened(file, lang), file, lang);
  if (lines || /\.(ndjson|jsonl)$/i.test(file)) {
    yield* lineReceipts(chunks);
    return;
  }
  const { head, rest, ndjson } = await peeked(chunks);
  if (ndjson) {
    yield* lineReceipts(chained(head, rest));
    return;
  }
  const given = whole(await collected(chained(head, rest), file, lang));
  const open = isUtf8(/** @type {Buffer} */ (given.input)) ? blankEnd(given.text(), 0) : 0;
  if (given.text()[open] === "[") yield* arrayReceipts(given, open);
  else yield given;
}

/** The one receipt or body of a file. @param {string} file @param {Lang} lang */
async function only(file, lang) {
  return whole(await collected(utf8(opened(file, lang), file, lang), file, lang));
}

/** @param {Buffer} bytes @returns {Given} */
function whole(bytes) {
  /** @type {string | undefined} */
  let text;
  const decoded = () => (text ??= new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  return { input: bytes, text: decoded, base: 0, firstLine: 1 };
}

/** @param {string} file @param {Lang} lang @returns {AsyncGenerator<Buffer>} */
async function* opened(file, lang) {
  const say = TEXTS[lang];
  try {
    yield* file === "-" ? process.stdin : createReadStream(file);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    const name = shown(file, lang);
    if (code === "ENOENT" || code === "ENOTDIR") throw new InputError(say.missing(name));
    if (code === "EISDIR") throw new InputError(say.directory(name));
    if (code === "EACCES" || code === "EPERM") throw new InputError(say.denied(name));
    throw new InputError(say.unreadable(name, visible(message)));
  }
}

/**
 * UTF-16, which PowerShell writes, as UTF-8.
 * @param {AsyncGenerator<Buffer>} chunks
 * @param {string} file
 * @param {Lang} lang
 */
async function* utf8(chunks, file, lang) {
  const { value: first } = await chunks.next();
  if (!first) return;
  const [a, b] = first;
  const encoding = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : undefined;
  const all = chained([first], chunks);
  if (encoding) yield Buffer.from(new TextDecoder(encoding).decode(await collected(all, file, lang)));
  else yield* all;
}

/** @param {Buffer[]} head @param {Chunks} rest */
async function* chained(head, rest) {
  yield* head;
  yield* rest;
}

/** @param {Chunks} chunks @param {string} file @param {Lang} lang */
async function collected(chunks, file, lang) {
  const all = [];
  let length = 0;
  for await (const chunk of chunks) {
    all.push(chunk);
    length += chunk.length;
    if (length > MAX_WHOLE) throw new InputError(TEXTS[lang].tooLong(shown(file, lang)));
  }
  return Buffer.concat(all);
}

/**
 * Reads on until it is seen whether lines stand for themselves: JSON goes on after the first line only if that line
 * is not a whole value. A broken first line counts too where the second one begins anew.
 * @param {AsyncGenerator<Buffer>} chunks
 */
async function peeked(chunks) {
  /** @type {Buffer[]} */
  const head = [];
  let length = 0;
  // 0 before the first line, 1 in it, 2 behind it.
  let state = 0;
  for (;;) {
    const { value: chunk } = await chunks.next();
    if (!chunk) return { head, rest: chunks, ndjson: false };
    head.push(chunk);
    for (let at = 0; at < chunk.length; at++) {
      if (state === 1) {
        at = chunk.indexOf(0x0a, at);
        if (at === -1) break;
        state = 2;
      } else if (!isBlank(chunk[at])) {
        if (state === 2) {
          const text = Buffer.concat(head).toString("utf8", 0, length + at);
          const first = text.replace(/^\ufeff/, "").trim();
          const ndjson = isJson(first) || (/^\{.*\}$/.test(first) && chunk[at] === 0x7b);
          return { head, rest: chunks, ndjson };
        }
        state = 1;
      }
    }
    length += chunk.length;
    if (length > MAX_WHOLE) return { head, rest: chunks, ndjson: false };
  }
}

/** @param {Chunks} chunks @returns {AsyncGenerator<Given>} */
async function* lineReceipts(chunks) {
  let number = 0;
  /** @type {Buffer[]} */
  let parts = [];
  let length = 0;
  const keep = (/** @type {Buffer} */ part) => {
    if (length < MAX_LINE) parts.push(part.subarray(0, MAX_LINE - length));
    length += part.length;
  };
  const taken = () => {
    const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    parts = [];
    length = 0;
    number++;
    return bytes.some((byte) => !isBlank(byte)) ? { ...whole(bytes), firstLine: number, line: number } : undefined;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end; (end = chunk.indexOf(0x0a, from)) !== -1; from = end + 1) {
      keep(chunk.subarray(from, end));
      const given = taken();
      if (given) yield given;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  const last = taken();
  if (last) yield last;
}

/**
 * The elements of an array, each as its own text: a number is what is written. Where the array itself is broken, the
 * place of that comes last.
 * @param {Given} given
 * @param {number} open
 * @returns {Generator<Given>}
 */
function* arrayReceipts(given, open) {
  const text = given.text();
  let index = 0;
  let last = { start: open, end: open + 1 };
  for (const { start, end } of children(text, open)) {
    if (start === end || (index > 0 && !text.slice(last.end, start).includes(","))) {
      yield { ...given, fault: start };
      return;
    }
    yield { ...given, input: text.slice(start, end), base: start, index };
    last = { start, end };
    index++;
  }
  let at = blankEnd(text, last.end);
  if (text[at] === "]" && (at = blankEnd(text, at + 1)) === text.length) return;
  if (text[at] === "," && index > 0) at = blankEnd(text, at + 1);
  // A text that breaks off within an element: found there.
  if (at === text.length && index > 0 && !isJson(text.slice(last.start, last.end))) return;
  yield { ...given, fault: at };
}

// Places in JSON text, which may be broken: nothing here fails.

/** @param {string} text @param {number} at */
function blankEnd(text, at) {
  while (isBlank(text.charCodeAt(at)) || (at === 0 && text[0] === "\ufeff")) at++;
  return at;
}

/** @param {number} code */
function isBlank(code) {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Where the value at a place ends. A string cannot go over the end of its line.
 * @param {string} text
 * @param {number} at
 */
function valueEnd(text, at) {
  let depth = 0;
  while (at < text.length) {
    const sign = text[at];
    if (sign === '"') {
      at++;
      while (at < text.length && text[at] !== '"' && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
      if (text[at] === '"') at++;
      if (depth === 0) return Math.min(at, text.length);
    } else if (sign === "{" || sign === "[") {
      depth++;
      at++;
    } else if (sign === "}" || sign === "]") {
      if (depth === 0) return at;
      at++;
      if (--depth === 0) return at;
    } else if (depth === 0 && (sign === "," || sign === ":" || isBlank(text.charCodeAt(at)))) {
      return at;
    } else {
      at++;
    }
  }
  return text.length;
}

/**
 * The members of an object, the elements of an array.
 * @param {string} text
 * @param {number} open
 * @returns {Generator<Span & { name: string | number, key?: Span }>}
 */
function* children(text, open) {
  let at = blankEnd(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== "]" && text[at] !== "}"; index++) {
    const from = at;
    /** @type {string | number} */
    let name = index;
    /** @type {Span | undefined} */
    let key;
    if (text[open] === "{") {
      key = { start: at, end: valueEnd(text, at) };
      name = text.slice(key.start, key.end);
      if (isJson(name)) name = String(JSON.parse(name));
      at = blankEnd(text, key.end);
      if (text[at] === ":") at = blankEnd(text, at + 1);
    }
    const start = at;
    const end = valueEnd(text, start);
    yield { name, key, start, end };
    at = blankEnd(text, end);
    if (text[at] === ",") at = blankEnd(text, at + 1);
    if (at === from) at++;
  }
}

/**
 * The place that a finding is about, or of what lacks it; none where that is the whole receipt.
 * @param {string} text
 * @param {number} base
 * @param {Issue} issue
 * @param {Map<number, ReturnType<typeof childList>>} seen
 * @returns {Span | undefined}
 */
function spanOf(text, base, { path, code }, seen) {
  let start = blankEnd(text, base);
  for (const [depth, step] of path.entries()) {
    const list = seen.get(start) ?? childList(text, start);
    seen.set(start, list);
    const child = list.findLast(({ name }) => name === step);
    if (!child) return depth === 0 ? undefined : { start, end: start + 1 };
    if (depth === path.length - 1) {
      const { key, end } = child;
      if (key && (code === "unknown_field" || code === "duplicate_field")) return key;
      return { start: child.start, end: "{[".includes(text[child.start] ?? " ") ? child.start + 1 : end };
    }
    start = child.start;
  }
}

/** @param {string} text @param {number} at */
function childList(text, at) {
  return text[at] === "{" || text[at] === "[" ? [...children(text, at)] : [];
}

/** Line and column of an offset, both from 1; columns are characters. @param {string} text @param {number} at */
function position(text, at) {
  let line = 1;
  let start = 0;
  for (let end; (end = text.indexOf("\n", start)) !== -1 && end < at; start = end + 1) line++;
  return { line, column: [...text.slice(start, at)].length + 1 };
}

/** @param {string} text @param {number} line @param {number} column */
function offsetOf(text, line, column) {
  let start = 0;
  for (; line > 1; line--) start = text.indexOf("\n", start) + 1;
  for (; column > 1 && start < text.length; column--) start += (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
  return start;
}

// Findings.

/** What is wrong with an array where it is no JSON at an offset of its text. @param {number} at @returns {Result} */
function broken(at) {
  const params = { at: String(at) };
  return { ok: false, issues: [{ code: "invalid_json", severity: "error", path: [], message: "", params }] };
}

/**
 * Findings with the lines and columns of the file, where those of the receipt's own text were said.
 * @param {Given} given
 * @param {Result} result
 * @param {Lang} lang
 * @returns {Result}
 */
function placed(given, { ok, issues, omitted }, lang) {
  const { base, firstLine, fault, input } = given;
  const own = (/** @type {Issue} */ issue) => {
    if (issue.code !== "invalid_json" || !issue.params) return issue;
    const text = given.text();
    const { line, column } = issue.params;
    const inner = typeof input === "string" ? input : text;
    const at = fault ?? base + offsetOf(inner, Number(line), Number(column));
    const place = position(text, at);
    const params = { line: String(place.line + firstLine - 1), column: String(place.column) };
    const template = issueCodes().find(({ code }) => code === "invalid_json")?.[lang] ?? issue.message;
    const message = template.replace("{line}", params.line).replace("{column}", params.column);
    const hint = inner.trim() === "" ? { hint: TEXTS[lang].empty } : {};
    return { ...issue, message, ...hint, params };
  };
  return { ok, issues: issues.map(own), ...(omitted ? { omitted } : {}) };
}

/** Two lists of findings, what is in both once. @param {Issue[]} some @param {Issue[]} more */
function joined(some, more) {
  const key = (/** @type {Issue} */ { code, path, message }) => JSON.stringify([code, path, message]);
  const known = new Set(some.map(key));
  return [...some, ...more.filter((issue) => !known.has(key(issue)))];
}

/** @param {Issue} issue */
function isError({ severity }) {
  return severity === "error";
}

/** `items[0].price` @param {Issue["path"]} path */
function pathText(path) {
  return path.reduce((/** @type {string} */ text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text && `${text}.${key}` || key;
  }, "");
}

// Showing.

/** @param {string} file @param {Given} given @param {Result} result */
function jsonLine(file, { line, index }, { ok, issues, omitted }) {
  return JSON.stringify({ file, line, index, ok, issues, omitted });
}

/**
 * Findings beside what standard output is for.
 * @param {Report} report
 * @param {string} file
 * @param {Given} given
 * @param {Result} result
 * @param {Values} values
 */
function tell(report, file, given, result, values) {
  report.count(result);
  if (result.issues.length === 0 && !result.omitted) return;
  if (values.json) console.error(jsonLine(file, given, result));
  else console.error(`${report.receipt(file, given, result)}\n${report.summary()}`);
}

const STYLES = { bold: 1, dim: 2, error: 31, warning: 33, fine: 32 };

class Report {
  all = 0;
  /** Receipts with findings. */
  found = 0;
  /** Receipts with errors. */
  failed = 0;
  errors = 0;
  warnings = 0;
  hidden = 0;

  /** @param {Stream} stream @param {Lang} lang */
  constructor(stream, lang) {
    const { FORCE_COLOR } = process.env;
    const forced = FORCE_COLOR === undefined ? undefined : !["0", "false"].includes(FORCE_COLOR);
    this.colours = forced ?? (stream.isTTY === true && stream.hasColors());
    this.width = Math.max(stream.columns || 120, 40);
    this.lang = lang;
    this.say = TEXTS[lang];
  }

  /** @param {keyof typeof STYLES} style @param {string} text */
  paint(style, text) {
    return this.colours ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text;
  }

  /** @param {Result} result */
  count({ ok, issues, omitted = 0 }) {
    const errors = issues.filter(isError).length;
    this.all++;
    this.errors += errors;
    this.warnings += issues.length - errors;
    this.hidden += omitted;
    if (!ok) this.failed++;
    if (issues.length || omitted) this.found++;
  }

  /**
   * A receipt's findings; nothing where there are none.
   * @param {string} file
   * @param {Given} given
   * @param {Result} result
   */
  receipt(file, given, { issues, omitted }) {
    if (issues.length === 0 && !omitted) return "";
    const { line, index } = given;
    const place = line !== undefined ? `:${line}` : index !== undefined ? ` [${index}]` : "";
    const seen = new Map();
    const blocks = issues.map((issue) => this.issue(given, issue, seen));
    if (omitted) blocks.push(`  ${this.paint("dim", this.say.omitted(omitted))}\n`);
    return [this.paint("bold", `${shown(file, this.lang)}${place}`), ...blocks].join("\n");
  }

  /** @param {Given} given @param {Issue} issue @param {Map<number, any>} seen */
  issue(given, issue, seen) {
    const { severity, path, code, tag, message, hint } = issue;
    const sign = this.paint(severity, severity === "error" ? "✗" : "!");
    const place = path.length ? `${this.paint("bold", visible(pathText(path)))}  ` : "";
    const rule = this.paint("dim", tag ? `${code}, ${this.say.tag(tag)}` : code);
    const lines = [`  ${sign} ${place}${rule}`];
    for (const text of [message, hint]) {
      if (text) lines.push(`    ${visible(text)}`);
    }
    return [...lines, ...this.excerpt(given, issue, seen), ""].join("\n");
  }

  /**
   * The line of a finding, with a mark under its place.
   * @param {Given} given
   * @param {Issue} issue
   * @param {Map<number, any>} seen
   */
  excerpt(given, issue, seen) {
    const { line, column } = issue.params ?? {};
    const text = given.text();
    const at = line ? offsetOf(text, Number(line) - given.firstLine + 1, Number(column)) : 0;
    const span = line ? { start: at, end: at + 1 } : spanOf(text, given.base, issue, seen);
    if (!span || text.trim() === "") return [];
    const { start } = span;
    const from = text.lastIndexOf("\n", start - 1) + 1;
    const end = text.indexOf("\n", start);
    const to = end === -1 ? text.length : end;
    const number = String(position(text, start).line + given.firstLine - 1);
    const room = this.width - number.length - 10;
    const before = tidy(text.slice(Math.max(from, start - room), start));
    const marked = tidy(text.slice(start, Math.min(to, Math.max(span.end, start + 1), start + room)));
    const behind = tidy(text.slice(Math.min(to, start + marked.length), Math.min(to, start + 2 * room)));
    // The whole line where there is room; else the mark with something around it.
    const mark = cut(marked, Math.floor(room / 2));
    const spare = room - columns(mark) - columns(behind.trimEnd());
    const kept = cut(before.trimStart(), Math.max(spare, Math.floor(room / 2) - columns(mark), 0), true);
    const tail = cut(behind.trimEnd(), room - columns(kept) - columns(mark));
    const left = start - from > room || kept.length < before.trimStart().length ? "…" : "";
    const right = tail.length < behind.trimEnd().length || start + 2 * room < to ? "…" : "";
    const gutter = this.paint("dim", `    ${number} |`);
    const under = this.paint("dim", `    ${" ".repeat(number.length)} |`);
    const carets = this.paint(issue.severity, "^".repeat(Math.max(columns(mark), 1)));
    return [
      `${gutter} ${left}${kept}${mark}${tail}${right}`,
      `${under} ${" ".repeat(columns(left + kept))}${carets}`,
    ];
  }

  summary() {
    const { say, all, errors, warnings, hidden } = this;
    if (all === 0) return say.none;
    if (errors + warnings + hidden === 0) return this.paint("fine", say.fine(all));
    const parts = [
      errors && this.paint("error", say.errors(errors)),
      warnings && this.paint("warning", say.warnings(warnings)),
      hidden && say.hidden(hidden),
    ];
    return parts.filter(Boolean).join(", ") + (all > 1 ? say.among(this.found, all) : "");
  }
}

/** A line on the terminal while a long check runs. */
class Progress {
  next = 1500;
  visible = false;

  /** @param {Lang} lang */
  constructor(lang) {
    this.lang = lang;
  }

  /** @param {Report} report */
  show({ all, found }) {
    const now = performance.now();
    if (!process.stderr.isTTY || now < this.next) return;
    this.next = now + 200;
    this.visible = true;
    process.stderr.write(`\r\x1b[K${TEXTS[this.lang].progress(all, found)}`);
  }

  hide() {
    if (this.visible) process.stderr.write("\r\x1b[K");
    this.visible = false;
  }
}

/** @param {string} text */
async function print(text) {
  if (process.stdout.write(`${text}\n`)) return;
  await new Promise((resolve) => process.stdout.once("drain", resolve));
}

/** @param {string} file @param {Lang} lang */
function shown(file, lang) {
  return file === "-" ? TEXTS[lang].stdin : visible(file);
}

/** Text of others must not command a terminal, nor turn its direction. @param {string} text */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu, "\ufffd");
}

/** @param {string} text */
function tidy(text) {
  return visible(text.replace(/[\t\r]/g, " "));
}

/** How many columns of a terminal a text takes. @param {string} text */
function columns(text) {
  if (/^[ -~\u0400-\u04ff…]*$/.test(text)) return text.length;
  const wide = /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]/gu;
  return [...text.replace(/[\p{M}\u200b-\u200d]/gu, "").replace(wide, "  ")].length;
}

/** The beginning of a text, or its end, as far as there is room. @param {string} text @param {number} room */
function cut(text, room, end = false) {
  if (columns(text) <= room) return text;
  const signs = [...text];
  if (end) signs.reverse();
  let count = 0;
  for (let used = 0; count < signs.length && (used += columns(signs[count])) <= room; ) count++;
  const kept = signs.slice(0, count);
  return (end ? kept.reverse() : kept).join("");
}

/** @param {readonly string[][]} rows */
function table(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  return rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at])).join("  ").trimEnd()).join("\n");
}

/** @param {Lang} lang @param {number} count @param {string} one @param {string} many @param {string} [few] */
function plural(lang, count, one, many, few) {
  const form = new Intl.PluralRules(lang).select(count);
  return form === "one" ? one : form === "few" ? few ?? many : many;
}

/**
 * The known name that a misspelt one was meant to be: a slip or two, or its beginning.
 * @param {string} name
 * @param {string[]} known
 */
function nearest(name, known) {
  const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "").slice(0, 40);
  const meant = plain(name);
  const near = known
    .map((word) => ({ word, slips: distance(meant, plain(word)) }))
    .sort((a, b) => a.slips - b.slips)
    .find(({ word, slips }) => slips <= Math.min(meant.length, plain(word).length) / 3);
  return near?.word ?? (meant.length > 1 ? known.find((word) => plain(word).startsWith(meant)) : undefined);
}

/**
 * How many letters differ, are missing or too many, or swapped with a neighbour.
 * @param {string} from
 * @param {string} to
 */
function distance(from, to) {
  const rows = [Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= from.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1),
        swap ? rows[i - 2][j - 2] + 1 : Infinity,
      );
    }
  }
  return rows[from.length][to.length];
}

process.exitCode = await main(process.argv.slice(2));
