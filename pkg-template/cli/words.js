// @ts-check
// Everything the command says, in English and in Russian. What the library says comes from the library.

import { visible } from "./terminal.js";

/** @typedef {keyof typeof TEXTS} Text */
/** @typedef {ReturnType<typeof words>} Say */

/**
 * {name} is a parameter; between | stand the forms for one, a few, and many of the parameter n.
 * @satisfies {Record<string, readonly [en: string, ru: string]>}
 */
const TEXTS = {
  about: [
    `chek54 checks Russian fiscal receipts (54-FZ, FFD 1.05, 1.1 and 1.2) and makes the bodies of CloudKassir, Paybox and
PayKeeper.`,
    `chek54 проверяет чеки по 54-ФЗ (ФФД 1.05, 1.1 и 1.2) и составляет запросы к CloudKassir, Paybox и PayKeeper.`,
  ],
  usage: ["Usage", "Вызов"],
  command: ["COMMAND", "КОМАНДА"],
  commands: ["Commands", "Команды"],
  options: ["Options", "Параметры"],
  input: ["Without FILE, or for -, standard input is read.", "Без FILE или вместо - читается stdin."],
  status: [
    "Exit status: 0 fine (warnings too), 1 errors found, 2 wrong usage or unreadable input.",
    "Код выхода: 0 — всё хорошо (и предупреждения), 1 — есть ошибки, 2 — неверный вызов или файл не читается.",
  ],
  examples: ["For example", "Например"],
  details: ["Options of a command: chek54 help COMMAND", "Параметры команды: chek54 help КОМАНДА"],

  "chek54 check": ["find what is wrong with receipts", "найти ошибки в чеках"],
  "chek54 build": ["turn an order into a receipt, to the kopeck", "составить чек из заказа, до копейки"],
  "chek54 verify": ["say whether a notification is authentic", "проверить, подлинно ли уведомление"],
  "chek54 encode": ["turn a receipt into the body a provider takes", "составить из чека тело запроса к провайдеру"],
  "chek54 decode": ["turn a provider's body or answer into a receipt", "получить чек из запроса или ответа провайдера"],
  "chek54 tags": ["show the tags a receipt's document would hold", "показать теги документа, которым станет чек"],
  "chek54 mark": ["take marking codes apart", "разобрать коды маркировки"],
  "chek54 qr": ["read, write or draw a receipt's QR code", "прочитать, составить или нарисовать QR-код чека"],
  "chek54 preview": ["show a receipt as its register prints it", "показать чек, каким его печатает касса"],
  "chek54 explain": ["say what a provider's code or status means", "объяснить код или статус провайдера"],
  "chek54 codes": ["list the codes of findings", "перечислить коды замечаний"],
  "chek54 vocabulary": ["list the words of a closed list: vat, unit…", "перечислить слова справочника: vat, unit…"],
  "chek54 sandbox": ["stand in for the providers, over HTTP", "заменить провайдеров: песочница по HTTP"],
  "chek54 help": ["explain a command", "рассказать о команде"],

  "help check": [
    `A file is JSON: one receipt, an array of receipts, or NDJSON, a receipt a line.
NDJSON is what has .ndjson or .jsonl in its name, read line by line at any size, or looks like it.
--json prints {file, line?, index?, ok, issues, omitted?} for each receipt.`,
    `Файл — JSON: один чек, массив чеков или NDJSON, по чеку в строке.
NDJSON — это .ndjson и .jsonl, которые читаются построчно при любом размере, и всё, что на него похоже.
--json выводит на каждый чек {file, line?, index?, ok, issues, omitted?}.`,
  ],
  "help build": [
    `ORDER is JSON: a receipt at list prices, with discount, delivery and paid where there are such.
The receipt goes to standard output, findings to standard error. Discounts and what was paid are spread over its lines.
--full prints {receipt, lines, issues}: what was done to each line. Of NDJSON or an array each order gives a line.`,
    `ORDER — JSON: чек по ценам прайса и, если есть, discount, delivery и paid.
Чек выводится в stdout, замечания — в stderr. Скидки и оплаченное распределяются по строкам.
--full выводит {receipt, lines, issues}: что сделано с каждой строкой. Для NDJSON и массива на каждый заказ — строка.`,
  ],
  "help verify": [
    `PROVIDER is cloudkassir, paybox or paykeeper. The body has to be as it came, to the byte; of a GET give --query.
Without --body and --query, standard input is read. The secret is best in a file or in CHEK54_SECRET: what stands in a
command is seen by all who use the machine. Exit status 1: not authentic, or authentic and not to be read.`,
    `PROVIDER — cloudkassir, paybox или paykeeper. Тело нужно байт в байт, каким оно пришло; для GET — --query.
Без --body и --query читается stdin. Секрет лучше держать в файле или в CHEK54_SECRET: слова команды видны всем, кто
работает на этой машине. Код выхода 1: уведомление не подлинное или подлинное, но не читается.`,
  ],
  "help encode": [
    `The body goes to standard output, findings and losses to standard error.
A receipt with errors gives no body. --full prints {path, body, losses}; --json: all in lines of JSON.
Of NDJSON or an array each receipt gives a line.`,
    `Тело выводится в stdout, замечания и потери — в stderr.
Для чека с ошибками тела нет. --full выводит {path, body, losses}; --json: всё строками JSON.
Для NDJSON и массива на каждый чек — строка.`,
  ],
  "help decode": [
    `The receipt goes to standard output (a list gives an array), findings to standard error.
--full prints {receipt, envelope, extra, issues}; --json: all in lines of JSON. Each line of NDJSON gives a line.`,
    `Чек выводится в stdout (из списка — массив), замечания — в stderr.
--full выводит {receipt, envelope, extra, issues}; --json: всё строками JSON. Каждая строка NDJSON даёт строку.`,
  ],
  "help tags": [
    `A file is a receipt in JSON, or the bytes of a document (TLV): as they are, in hex or in base64.
--hex prints the bytes in hex, --json the tree, both together {hex}.`,
    `Файл — чек в JSON или байты документа (TLV): как есть, в hex или в base64.
--hex выводит байты в hex, --json — дерево, вместе — {hex}.`,
  ],
  "help mark": [
    `CODE is a scan, whole, as the scanner sent it; from a file or standard input, one in a line.
Group separators are shown as <GS>. --json prints what parseMark says, a line each.`,
    `CODE — скан целиком, как его передал сканер; из файла или stdin — по одному в строке.
Разделители групп показаны как <GS>. --json выводит ответ parseMark, по строке на код.`,
  ],
  "help qr": [
    `TEXT is that of the code or the address with it; a fiscal receipt in JSON becomes the text of its code.
--svg draws it; --json prints what parseQr says, with --svg {text, svg}.`,
    `TEXT — текст кода или адрес с ним; фискальный чек в JSON становится текстом кода.
--svg рисует код; --json выводит ответ parseQr, с --svg — {text, svg}.`,
  ],
  "help preview": [
    `The receipt goes to standard output, findings to standard error: as lines of text, an SVG picture, or a page.
One that is not fiscal says so across itself. With errors it is shown all the same, if it can be read at all.
--json prints {as, preview}.`,
    `Чек выводится в stdout, замечания — в stderr: строками текста, картинкой SVG или страницей HTML.
Нефискальный чек так и помечен. Чек с ошибками тоже показывается, если его вообще можно прочитать.
--json выводит {as, preview}.`,
  ],
  "help explain": [
    `PROVIDER is cloudkassir, paybox or paykeeper. A number is an error unless --list says otherwise: CloudKassir's
warning 2 is not its error 2. Exit status 1: the provider's documents do not have it.`,
    `PROVIDER — cloudkassir, paybox или paykeeper. Число — это код ошибки, если --list не говорит иного:
предупреждение 2 у CloudKassir — не ошибка 2. Код выхода 1: в документах провайдера такого нет.`,
  ],
  "help codes": [
    "--json adds the texts in both languages and where each rule comes from.",
    "--json добавляет тексты на двух языках и источник каждого правила.",
  ],
  "help vocabulary": ["Without LIST, the names of all lists.", "Без LIST — названия всех справочников."],
  "help sandbox": [
    `CloudKassir, Paybox and PayKeeper at one address, as their documents describe them; nothing is sent to anybody else.
It runs until it is interrupted, and prints a line for each request. Faults: lostRequest, lostAnswer, serverError,
tooManyRequests, hang, brokenBody, slow, refused, registerOffline, storageFull.`,
    `CloudKassir, Paybox и PayKeeper по одному адресу, как их описывают документы; никому другому ничего не отправляется.
Работает, пока не прервут, и выводит строку на каждый запрос. Сбои: lostRequest, lostAnswer, serverError,
tooManyRequests, hang, brokenBody, slow, refused, registerOffline, storageFull.`,
  ],
  "help help": ["Without COMMAND, all commands.", "Без COMMAND — все команды."],

  "--to": [
    "whose body to make: cloudkassir, paybox or paykeeper",
    "чьё тело запроса составить: cloudkassir, paybox или paykeeper",
  ],
  "--from": [
    "whose it is: cloudkassir, paybox, paykeeper; fns: an export; tlv: a document's bytes",
    "чьё оно: cloudkassir, paybox, paykeeper; fns: выгрузка; tlv: байты документа",
  ],
  "--provider": ["add the rules of cloudkassir, paybox or paykeeper", "и правила cloudkassir, paybox или paykeeper"],
  "--ck-version": [
    "CloudKassir's document: 3.0, 3.3.7 or 3.4.5 (default 3.4.5)",
    "версия документа CloudKassir: 3.0, 3.3.7, 3.4.5 (по умолчанию 3.4.5)",
  ],
  "--ffd": ["FFD, if the body names none: 1.05, 1.1, 1.2", "ФФД, если в теле её нет: 1.05, 1.1, 1.2"],
  "--inn": [
    "CloudKassir: INN of the organisation whose register prints",
    "CloudKassir: ИНН организации, чья касса печатает",
  ],
  "--invoice-id": ["CloudKassir: the order's number in the shop", "CloudKassir: номер заказа в магазине"],
  "--account-id": ["CloudKassir: the customer's number in the shop", "CloudKassir: номер покупателя в магазине"],
  "--device-number": [
    "CloudKassir: the register of a correction (3.3.7)",
    "CloudKassir: номер кассы для коррекции (3.3.7)",
  ],
  "--form": [
    "Paybox: payment, capture, refund, or separate (v5/receipts)",
    "Paybox: payment, capture, refund или separate (v5/receipts)",
  ],
  "--merchant-id": ["Paybox: the shop's number there", "Paybox: номер магазина там"],
  "--payment-id": ["Paybox, PayKeeper: the payment's number there", "Paybox, PayKeeper: номер платежа там"],
  "--refund-id": ["Paybox, PayKeeper: the refund's number there", "Paybox, PayKeeper: номер возврата там"],
  "--amount": ["Paybox: the sum paid, captured or refunded", "Paybox: сумма оплаты, клиринга или возврата"],
  "--offset": ["Paybox: the receipt sets off a prepayment", "Paybox: чек зачитывает предоплату"],
  "--receipt-key": ["PayKeeper: the receipt's own key", "PayKeeper: ключ чека"],
  "--post-sale": ["PayKeeper: the receipt of final settlement", "PayKeeper: чек окончательного расчёта"],
  "--opaque": [
    "PayKeeper: JSON of its own for agents and such, {receiptProperties, items}",
    "PayKeeper: его JSON для агентов и прочего, {receiptProperties, items}",
  ],
  "--paid": ["what was really paid now, roubles", "сколько оплачено сейчас на самом деле, рублей"],
  "--discount": ["off the whole order: 10% or roubles", "скидка на весь заказ: 10% или рубли"],
  "--exact-prices": ["price x quantity is the amount to the kopeck", "цена x количество точно равны сумме"],
  "--list-prices": ["prices stay, amounts fall (CloudKassir)", "цены остаются, снижаются суммы (CloudKassir)"],
  "--body": ["the body as it came", "тело, каким оно пришло"],
  "--query": ["the query of a GET", "строка запроса GET"],
  "--header": ["a header that came with it; repeatable", "заголовок, с которым оно пришло; можно повторять"],
  "--script": ["Paybox: the last part of the address it called", "Paybox: последняя часть вызванного адреса"],
  "--secret-file": ["a file with the secret and nothing else", "файл, в котором только секрет"],
  "--secret": [
    "CloudKassir's API Secret, Paybox's key, PayKeeper's word: others can see it here",
    "API Secret CloudKassir, ключ Paybox, слово PayKeeper: здесь его видят и другие",
  ],
  "--list": [
    "the code's list: error, warning, status, registerStatus…",
    "список, из которого код: error, warning, status, registerStatus…",
  ],
  "--no-check": ["do not check first", "не проверять перед составлением"],
  "--full": ["print all there is, not just the body or the receipt", "вывести всё, а не только тело или чек"],
  "--hex": ["print the bytes of the document in hex", "вывести байты документа в hex"],
  "--svg": ["draw the code as SVG", "нарисовать код в SVG"],
  "--as": ["text (default), svg or html", "text (по умолчанию), svg или html"],
  "--width": ["characters a line: 32, 42 (default) or 48", "знаков в строке: 32, 42 (по умолчанию) или 48"],
  "--theme": ["light (default), dark or auto", "light (по умолчанию), dark или auto"],
  "--port": ["the port to listen at (default: any that is free)", "порт (по умолчанию любой свободный)"],
  "--webhook": ["where notifications are sent", "куда отправлять уведомления"],
  "--fault": [
    "what goes wrong, where, how often: lostAnswer:kkt/receiptx2",
    "что, где и сколько раз сломать: lostAnswer:kkt/receiptx2",
  ],
  "--seed": ["what ids, numbers and chance come of", "от чего зависят номера и случайности"],
  "--at": [
    "take the rules of this day, YYYY-MM-DD (default: today in Moscow)",
    "правила на этот день, ГГГГ-ММ-ДД (по умолчанию сегодня, Москва)",
  ],
  "--mode": [
    "build: a receipt to be sent (default); read: one that is fiscal already",
    "build: чек перед отправкой (по умолчанию); read: уже пробитый чек",
  ],
  "--severity": ["a code as error, warning or off; repeatable", "код как error, warning или off; можно повторять"],
  "--max-issues": ["at most N findings of a receipt (default 100)", "не больше N замечаний на чек (по умолчанию 100)"],
  "--ndjson": ["a receipt in every line, read line by line", "в каждой строке по чеку, читать построчно"],
  "--json": ["answer in JSON, a line each", "ответ в JSON, по строке"],
  "--quiet": ["print nothing: the exit status says it", "ничего не выводить: ответ в коде выхода"],
  "--lang": ["language (default: the locale's)", "язык (по умолчанию из локали)"],
  "--help": ["this help", "эта справка"],
  "--version": ["the version of chek54", "версия chek54"],

  see: ["See: {command}", "Справка: {command}"],
  meant: ['. Did you mean "{near}"?', ". Вероятно, имелось в виду «{near}»"],
  noCommand: ["no command is given", "не указана команда"],
  unknownCommand: ['no command "{name}"', "нет команды «{name}»"],
  fileAsCommand: [
    '"{name}" is a file, not a command. Try: chek54 check {name}',
    "«{name}» — файл, а не команда. Попробуйте: chek54 check {name}",
  ],
  unknownOption: ['no option "{name}"', "нет параметра «{name}»"],
  foreignOption: [
    '{command} has no option "{name}"; it is for: {owners}',
    "у {command} нет параметра «{name}»; он есть у: {owners}",
  ],
  foreignTo: [
    '--to {to} has no option "{name}"; it is for: {owners}',
    "у --to {to} нет параметра «{name}»; он есть у: {owners}",
  ],
  needsValue: ["{name} needs a value: {name} {value}", "для {name} нужно значение: {name} {value}"],
  takesNoValue: ["{name} takes no value", "{name} указывается без значения"],
  badValue: ['{name} cannot be "{value}". It can be: {can}', "{name} не может быть «{value}». Возможно: {can}"],
  refusedOption: ["{name}: {why}", "{name}: {why}"],
  unknownMark: ['"{text}" is no marking code that is known', "«{text}» — не код маркировки из известных"],
  takenAsText: [
    'there is no file "{text}": it was read as the code itself',
    "файла «{text}» нет: это прочитано как сам код",
  ],
  ofOne: ["{name} is for one receipt, not for many", "{name} — для одного чека, а не для многих"],
  notBoth: ["{one} and {other} exclude each other", "{one} и {other} исключают друг друга"],
  needsOption: ["{command} needs {option}", "для {command} укажите {option}"],
  unknownCode: ['--severity: no code "{code}"', "--severity: нет кода «{code}»"],
  fixedCode: ["--severity: {code} is always an error", "--severity: {code} — всегда ошибка"],
  unknownList: ['no list "{name}"', "нет справочника «{name}»"],
  tooMany: ['{command}: one argument too many: "{extra}"', "{command}: лишний аргумент «{extra}»"],
  noInput: ["no file is given, and standard input is a terminal", "файл не указан, а stdin — терминал"],
  stdinTwice: ["standard input (-) can be given once", "stdin (-) можно указать один раз"],

  missing: ["no such file: {file}", "нет такого файла: {file}"],
  directory: ["a directory, not a file: {file}", "это каталог, а не файл: {file}"],
  unreadable: ["cannot read {file}: {why}", "не удалось прочитать {file}: {why}"],
  tooLong: ["too large, except for NDJSON (--ndjson): {file}", "слишком велик, если это не NDJSON (--ndjson): {file}"],
  cannotWrite: ["cannot write: {why}", "не удалось записать: {why}"],
  failed: ["failed: {why}", "сбой: {why}"],

  notJson: ["not JSON: {file}", "не JSON: {file}"],
  checking: ["{receipts}, {found} with findings…", "{receipts}, с замечаниями {found}…"],
  authentic: ["authentic", "подлинное"],
  forged: ["NOT authentic: this is only what it claims", "НЕ подлинное: ниже — только то, что в нём написано"],
  lineEnd: ["right without the line end that the body has", "подпись верна без перевода строки в конце тела"],
  noHmac: [
    "no header Content-HMAC or X-Content-HMAC is given (--header)",
    "не указан заголовок Content-HMAC или X-Content-HMAC (--header)",
  ],
  statusOf: ["status", "статус"],
  stdin: ["<stdin>", "<stdin>"],
  tag: ["tag {tag}", "тег {tag}"],
  kind: ["kind", "вид"],
  serial: ["serial", "серийный номер"],
  "kind gs1m": ["GS1 of marked goods", "GS1 маркированного товара"],
  "kind gs1": ["GS1 without a serial", "GS1 без серийного номера"],
  "kind short": ["short code (tobacco)", "короткий код (табак)"],
  "kind fur": ["sign of furs", "знак мехового изделия"],
  "kind egais2": ["EGAIS 2.0", "ЕГАИС 2.0"],
  "kind egais3": ["EGAIS 3.0", "ЕГАИС 3.0"],
  "kind ean8": ["EAN-8", "EAN-8"],
  "kind ean13": ["EAN-13", "EAN-13"],
  "kind itf14": ["ITF-14", "ITF-14"],
  "kind unknown": ["not known", "неизвестен"],
  "qr fn": ["fiscal storage (1041)", "ФН (1041)"],
  "qr fd": ["fiscal document (1040)", "ФД (1040)"],
  "qr fp": ["fiscal sign (1077)", "ФПД (1077)"],
  "qr dateTime": ["date and time (1012)", "дата и время (1012)"],
  "qr total": ["total (1020)", "итог (1020)"],
  "qr operation": ["operation (1054)", "признак расчёта (1054)"],

  sandboxRuns: ["The sandbox runs at {url}", "Песочница работает: {url}"],
  sandboxState: ["what there is", "что есть"],
  sandboxFaults: ["what goes wrong", "сбои"],
  sandboxEnd: ["baseUrl is the address above. Ctrl+C ends it.", "baseUrl — адрес выше. Завершить: Ctrl+C."],

  empty: ["The input is empty", "На входе пусто"],
  notUtf8: [
    "Not UTF-8: perhaps Windows-1251; save it as UTF-8",
    "Это не UTF-8, возможно Windows-1251: сохраните в UTF-8",
  ],
  utf16: ["UTF-16: save it as UTF-8", "Это UTF-16: сохраните в UTF-8"],
  binary: ["This is no text", "Это не текст"],
  brokenOff: ["The text breaks off here", "Здесь текст обрывается"],
  otherQuotes: ["Names and texts stand in double quotes: \"", "Имена и тексты пишутся в двойных кавычках: \""],
  lastComma: ["A comma too many before it", "Перед этим лишняя запятая"],
  comment: ["JSON has no comments", "В JSON нет комментариев"],
  isXml: ["This is XML or HTML, not JSON", "Это XML или HTML, а не JSON"],
  missingComma: ["A comma is missing before it", "Перед этим не хватает запятой"],
  bareName: ["Names stand in double quotes: \"", "Имена пишутся в двойных кавычках: \""],
  sayOption: ["Say {option}", "Укажите {option}"],
  omitted: ["{n} more not shown (--max-issues)", "ещё {n} не показано (--max-issues)"],
  errors: ["{n} error|{n} errors", "{n} ошибка|{n} ошибки|{n} ошибок"],
  warnings: ["{n} warning|{n} warnings", "{n} предупреждение|{n} предупреждения|{n} предупреждений"],
  hidden: ["{n} not shown", "{n} не показано"],
  among: [" in {found} of {n} receipts", " в {found} из {n} чека| в {found} из {n} чеков"],
  receipts: ["{n} receipt|{n} receipts", "{n} чек|{n} чека|{n} чеков"],
  fine: ["{receipts}, no findings", "{receipts}, замечаний нет"],
  none: ["no receipts", "чеков нет"],
  unknownMeaning: [
    'the documents of {provider} have no code "{code}"',
    "в документах {provider} нет кода «{code}»",
  ],
  "kind data": ["what was sent has to change", "изменить надо то, что отправлено"],
  "kind register": ["something is up with the cash register", "дело в кассе"],
  "kind account": ["something is up with the account", "дело в учётной записи"],
  "kind temporary": ["nothing has to change", "менять ничего не надо"],
  retry: ["a program may send the same again", "программа может отправить то же ещё раз"],
  noRetry: ["do not send the same again by program", "то же самое повторять программой не надо"],
  isFinal: ["the status stays", "статус окончательный"],
  isNotFinal: ["the status will change", "статус ещё изменится"],
  noReceipt: ["there is no receipt in it", "чека здесь нет"],
  besides: ["not in the receipt: {parts} (--full prints all)", "не вошло в чек: {parts} (всё выводит --full)"],
};

/** A speaker of a language. @param {import("chek54").Lang} lang */
export function words(lang) {
  const plural = new Intl.PluralRules(lang);
  return (/** @type {Text} */ text, /** @type {Record<string, unknown>} */ params = {}) => {
    const forms = TEXTS[text][lang === "ru" ? 1 : 0].split("|");
    const form = ["one", "few"].indexOf(plural.select(Number(params.n)));
    const template = (form === -1 ? undefined : forms[form]) ?? forms[forms.length - 1];
    return template.replace(/\{(\w+)\}/g, (all, name) => (name in params ? visible(String(params[name])) : all));
  };
}
