// @ts-check
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../pkg/cli.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chek54-cli-"));
after(() => rmSync(folder, { recursive: true }));

const { FORCE_COLOR: _, NO_COLOR: __, LC_ALL: ___, LC_MESSAGES: ____, ...inherited } = process.env;
const env = { ...inherited, LANG: "en_US.UTF-8" };

/**
 * @param {string[]} args
 * @param {{ input?: string | Buffer, env?: NodeJS.ProcessEnv, nodeArgs?: string[] }} [options]
 */
function run(args, { input = "", env: more, nodeArgs = [] } = {}) {
  const settings = { cwd: folder, input, env: { ...env, ...more }, maxBuffer: 1 << 28 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArgs, cli, ...args], settings);
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

/** @param {string} name @param {string | Buffer} content */
function file(name, content) {
  writeFileSync(join(folder, name), content);
  return name;
}

/** @param {string} text @returns {any[]} */
const jsonLines = (text) => text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
const codesOf = (/** @type {any} */ answer) => answer.issues.map((/** @type {any} */ issue) => issue.code);

const item = { name: "Кофе", price: "150.00", quantity: 1, vat: "vat22" };
const good = { operation: "income", items: [item] };
const bad = { operation: "income", items: [{ ...item, price: "149,90" }] };
const warned = { ...good, customer: { inn: "1234567890" } };
const [GOOD, BAD, WARNED] = [good, bad, warned].map((receipt) => JSON.stringify(receipt));

test("exit status: fine, warnings, errors", () => {
  const fine = run(["check", file("good.json", GOOD)]);
  assert.deepEqual(fine, { status: 0, stdout: "1 receipt, no findings\n", stderr: "" });
  const warning = run(["check", file("warned.json", WARNED)]);
  assert.equal(warning.status, 0);
  assert.match(warning.stdout, /^warned\.json\n {2}! customer\.inn {2}invalid_checksum, tag 1228\n/);
  assert.match(warning.stdout, /\n1 warning\n$/);
  assert.equal(run(["check", file("bad.json", BAD)]).status, 1);
});

test("a finding shows its place in the text", () => {
  const name = file("places.json", JSON.stringify({ ...bad, itmes: [], customer: { phone: "1" } }, null, 2));
  const { stdout } = run(["check", name]);
  const expected = `
  ✗ items[0].price  invalid_value, tag 1079
    Field "price" cannot be "149,90"
    Did you mean "149.90"?
    6 | "price": "149,90",
      |          ^^^^^^^^
`;
  assert.ok(stdout.includes(expected), stdout);
  assert.match(stdout, /itmes {2}unknown_field\n.+\n.+\n {4}11 \| "itmes": \[\],\n {7}\| \^{7}\n/);
  assert.match(stdout, /\n3 errors\n$/);
});

test("what is missing is shown at what lacks it", () => {
  const { stdout } = run(["check"], { input: '{\n"operation": "income",\n"items": [\n  { "name": "Чай" }\n]\n}' });
  assert.match(stdout, /items\[0\]\.price {2}required, tag 1079\n.+\n {4}4 \| \{ "name": "Чай" \}\n {6}\| \^\n/);
});

test("a long line is cut around the place", () => {
  const items = Array.from({ length: 50 }, (_, at) => (at === 25 ? { ...item, price: "149,90" } : item));
  const { stdout } = run(["check"], { input: JSON.stringify({ operation: "income", items }) });
  const [shown, marks] = stdout.split("\n").filter((line) => line.includes(" | "));
  assert.match(shown, /^ {4}1 \| ….+"price":"149,90".+…$/);
  assert.ok(shown.length <= 120, shown);
  assert.equal(shown.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1), '"149,90"');
});

test("broken JSON is marked where it breaks", () => {
  const text = '{\n  "operation": "income",\n  "items": [{ "name": "Кофе 漢字" "vat": "none" }]\n}\n';
  const { status, stdout } = run(["check", file("broken.json", text)]);
  assert.equal(status, 1);
  assert.match(stdout, /invalid_json\n {4}Not JSON: line 3, column 33\n/);
  const [shown, marks] = stdout.split("\n").filter((line) => line.includes("|"));
  // Two columns for each of the two wide characters.
  assert.equal(marks.indexOf("^"), shown.indexOf('"vat"') + 2);
  const { stdout: empty, status: emptyStatus } = run(["check", "-"]);
  assert.equal(emptyStatus, 1);
  assert.match(empty, /^<stdin>\n {2}✗ invalid_json\n.+\n {4}The input is empty\n/);
});

test("bytes that are no UTF-8 are refused, UTF-16 with its mark is read", () => {
  const latin = Buffer.from('{"operation":"income","items":[{"name":"\xcf\xf0"}]}', "latin1");
  assert.equal(codesOf(jsonLines(run(["check", "--json"], { input: latin }).stdout)[0])[0], "invalid_json");
  const wide = Buffer.from(`\ufeff${GOOD}`, "utf16le");
  assert.equal(run(["check"], { input: wide }).status, 0);
  assert.equal(run(["check"], { input: Buffer.from(wide).swap16() }).status, 0);
  assert.equal(run(["check"], { input: `\ufeff${GOOD}` }).status, 0);
});

test("an array is checked receipt by receipt, with the numbers as they are written", () => {
  const exact = BAD.replace('"149,90"', "0.30000000000000001");
  const { status, stdout } = run(["check", "--json", file("array.json", `[\n${GOOD},\n${exact}\n]`)]);
  const answers = jsonLines(stdout);
  assert.equal(status, 1);
  assert.deepEqual(answers[0], { file: "array.json", index: 0, ok: true, issues: [] });
  assert.equal(answers[1].index, 1);
  assert.deepEqual(codesOf(answers[1]), ["invalid_scale"]);
  const human = run(["check", "array.json"]).stdout;
  assert.match(human, /^array\.json \[1\]\n/);
  assert.match(human, /\n {4}3 \| .+0\.30000000000000001/);
  assert.match(human, /\n1 error in 1 of 2 receipts\n$/);
  assert.deepEqual(run(["check"], { input: " [ ] " }), { status: 0, stdout: "no receipts\n", stderr: "" });
});

test("an array that is broken says where, after what could be read", () => {
  for (const [input, place, answers] of /** @type {[string, string, number][]} */ ([
    [`[${GOOD}\n${GOOD}]`, "2:1", 2],
    [`[${GOOD},\n]`, "2:1", 2],
    [`[${GOOD}`, `1:${GOOD.length + 2}`, 2],
    [`[\n${GOOD},\n{"operation":"inc`, "3:18", 2],
    [`[\n${GOOD},\n{"operation": income},\n${GOOD}]`, "3:15", 3],
    ["[] x", "1:4", 1],
    ["[", "1:2", 1],
    ["[,]", "1:2", 1],
  ])) {
    const { status, stdout } = run(["check", "--json"], { input });
    const lines = jsonLines(stdout);
    const broken = lines.flatMap(({ issues }) => issues).filter(({ code }) => code === "invalid_json");
    assert.equal(status, 1, input);
    assert.deepEqual(broken.map(({ params }) => `${params.line}:${params.column}`), [place], input);
    assert.match(broken[0].message, new RegExp(`line ${place.replace(":", ", column ")}$`));
    assert.equal(lines.length, answers, input);
    assert.match(run(["check"], { input }).stdout, /invalid_json/);
  }
});

test("NDJSON: by name, by option, by content; a bad line does not stop it", () => {
  const text = `${GOOD}\n\n{"operation": income}\r\n${BAD}\n${GOOD}`;
  for (const [args, input] of /** @type {[string[], string][]} */ ([
    [[file("orders.ndjson", text)], ""],
    [[file("orders.JSONL", text)], ""],
    [[file("orders.txt", text)], ""],
    [["-"], text],
    [["--ndjson"], text],
  ])) {
    const { status, stdout } = run(["check", "--json", ...args], { input });
    const answers = jsonLines(stdout);
    assert.equal(status, 1);
    assert.deepEqual(answers.map(({ line, ok }) => [line, ok]), [[1, true], [3, false], [4, false], [5, true]]);
    assert.match(answers[1].issues[0].message, /line 3, column 15/);
  }
  const { stdout } = run(["check", "orders.ndjson"]);
  assert.match(stdout, /^orders\.ndjson:3\n/);
  assert.match(stdout, /\n {4}3 \| \{"operation": income\}\n {6}\| {15}\^\n/);
  assert.match(stdout, /\norders\.ndjson:4\n/);
  assert.match(stdout, / in 2 of 4 receipts\n$/);
  assert.equal(jsonLines(run(["check", "--json"], { input: `{"operation": income}\n${GOOD}` }).stdout).length, 2);
  assert.equal(run(["check"], { input: `${GOOD}\n` }).status, 0);
  assert.equal(run(["check", file("empty.ndjson", "\n")]).stdout, "no receipts\n");
  const pretty = jsonLines(run(["check", "--json"], { input: JSON.stringify(good, null, 2) }).stdout);
  assert.deepEqual(pretty, [{ file: "-", ok: true, issues: [] }]);
});

test("50 MB of NDJSON in flat memory", { timeout: 120_000 }, async () => {
  const infos = Array.from({ length: 60 }, (_, at) => `Строка ${at} ${"ы".repeat(14)}`);
  const line = JSON.stringify({ ...good, infos });
  const name = join(folder, "large.ndjson");
  const out = createWriteStream(name);
  const count = 20_000;
  for (let at = 0; at < count; at++) {
    if (!out.write(`${at === count / 2 ? BAD : line}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
  const watch = `process.on("exit", () => console.error(process.resourceUsage().maxRSS))`;
  const peak = (/** @type {string} */ path) => {
    const nodeArgs = ["--import", `data:text/javascript,${encodeURIComponent(watch)}`];
    const { status, stdout, stderr } = run(["check", path], { nodeArgs });
    return { status, stdout, kilobytes: Number(stderr) };
  };
  const small = peak(file("small.ndjson", `${line}\n`.repeat(200)));
  const large = peak(name);
  assert.equal(large.status, 1);
  assert.match(large.stdout, /^.+large\.ndjson:10001\n/);
  assert.match(large.stdout, /\n1 error in 1 of 20000 receipts\n$/);
  assert.ok(readFileSync(name).length > 45e6);
  assert.ok(large.kilobytes - small.kilobytes < 100_000, `${small.kilobytes} KB, ${large.kilobytes} KB`);
});

test("a line without an end is refused, not kept", () => {
  const { stdout } = run(["check", "--ndjson", "--json"], { input: `${GOOD}\n${"x".repeat(20 << 20)}\n${GOOD}` });
  const answers = jsonLines(stdout);
  assert.deepEqual(answers.map(({ ok }) => ok), [true, false, true]);
  assert.deepEqual(codesOf(answers[1]), ["too_large"]);
});

test("options of check", () => {
  const old = JSON.stringify({ ...good, items: [{ ...item, vat: "vat20" }] });
  const codes = (/** @type {string[]} */ ...args) => {
    const { stdout } = run(["check", "--json", ...args], { input: old });
    return codesOf(jsonLines(stdout)[0]);
  };
  assert.deepEqual(codes("--at", "2026-03-01"), ["vat_not_in_force"]);
  assert.deepEqual(codes("--at=2025-03-01"), []);
  assert.deepEqual(codes("--at", "2026-03-01", "--severity", "vat_not_in_force=off"), []);
  const levels = ["--severity", "vat_not_in_force=error", "--severity", "too_long=off"];
  assert.equal(run(["check", "--at", "2026-03-01", ...levels], { input: old }).status, 1);
  const many = JSON.stringify({ ...good, a: 1, b: 2, c: 3 });
  const [answer] = jsonLines(run(["check", "--json", "--max-issues", "1"], { input: many }).stdout);
  assert.deepEqual([answer.issues.length, answer.omitted], [1, 2]);
  const human = run(["check", "--max-issues", "1"], { input: many });
  assert.match(human.stdout, /\n {2}2 more not shown \(--max-issues\)\n\n1 error, 2 not shown\n$/);
  assert.equal(run(["check", "--max-issues", "0"], { input: many }).status, 1);
  assert.equal(run(["check", "--mode", "read"], { input: many }).status, 0);
  const grams = { ...item, price: "1.00", quantity: "0.125", amount: "0.13", unit: "kilogram" };
  const fine = JSON.stringify({ ...good, items: [grams] });
  assert.equal(codesOf(jsonLines(run(["check", "--json"], { input: fine }).stdout)[0]).length, 0);
  const strict = ["check", "--json", "--provider", "cloudkassir", "--ck-version", "3.0"];
  assert.notEqual(codesOf(jsonLines(run(strict, { input: fine }).stdout)[0]).length, 0);
  assert.deepEqual(run(["check", "--quiet"], { input: BAD }), { status: 1, stdout: "", stderr: "" });
  assert.deepEqual(run(["check", "-q"], { input: GOOD }), { status: 0, stdout: "", stderr: "" });
});

test("files that cannot be read do not hide the others", () => {
  mkdirSync(join(folder, "folder"));
  const { status, stdout, stderr } = run(["check", "--json", "nothing.json", "folder", "bad.json", "good.json/x"]);
  assert.equal(status, 2);
  assert.deepEqual(jsonLines(stdout).map(({ file, ok }) => [file, ok]), [["bad.json", false]]);
  assert.equal(
    stderr,
    "chek54: no such file: nothing.json\nchek54: a directory, not a file: folder\nchek54: no such file: good.json/x\n",
  );
  const alone = run(["check", "nothing.json"]);
  assert.deepEqual(alone, { status: 2, stdout: "", stderr: "chek54: no such file: nothing.json\n" });
  assert.equal(run(["encode", "nothing.json", "--to", "cloudkassir"]).status, 2);
  assert.equal(run(["decode", "folder", "--from", "cloudkassir"]).status, 2);
});

test("file names may be anything", () => {
  const plain = ["чек №1 'x' \"y\".json", "-dash.json", "100%.json", "emoji 🧾.json", "__proto__"];
  for (const name of [...plain, "a\nb.json", "\x1b[31mred.json"]) {
    file(name, BAD);
    const { status, stdout } = run(["check", "--json", "--", name]);
    assert.equal(status, 1, name);
    assert.equal(jsonLines(stdout)[0].file, name);
    const human = run(["check", "--", name]).stdout;
    assert.equal(human.split("\n")[0], name.replace(/\p{Cc}/gu, "\ufffd"));
    assert.doesNotMatch(human, /\x1b/);
  }
  assert.equal(run(["check", "./-dash.json"]).status, 1);
});

test("what others wrote does not command the terminal", () => {
  const hostile = '{"operation": "\\u001b[2J\u202e", \x1b[31m}';
  for (const args of [["check"], ["decode", "--from", "cloudkassir"]]) {
    const { stdout, stderr } = run(args, { input: hostile });
    assert.doesNotMatch(stdout + stderr, /[\x1b\u202e]/);
  }
});

test("colours are for terminals, or for who forces them", () => {
  const coloured = (/** @type {NodeJS.ProcessEnv} */ env) =>
    run(["check", "bad.json"], { env }).stdout.includes("\x1b[");
  assert.equal(coloured({}), false);
  assert.equal(coloured({ FORCE_COLOR: "1" }), true);
  assert.equal(coloured({ FORCE_COLOR: "0" }), false);
  assert.equal(coloured({ NO_COLOR: "1" }), false);
});

test("the language is that of the option, else of the locale", () => {
  const russian = (/** @type {string[]} */ args, /** @type {NodeJS.ProcessEnv} */ env) => {
    const { stdout, stderr } = run(args, { env });
    return /ошибка|Вызов|нет/.test(stdout + stderr);
  };
  for (const args of [["check", "bad.json"], ["help", "check"], ["chekc"]]) {
    assert.equal(russian(args, {}), false, args.join(" "));
    assert.equal(russian(args, { LANG: "ru_RU.UTF-8" }), true, args.join(" "));
    assert.equal(russian(args, { LC_MESSAGES: "ru_RU.UTF-8" }), true);
    assert.equal(russian(args, { LC_ALL: "C", LANG: "ru_RU.UTF-8" }), false);
    assert.equal(russian([...args, "--lang", "ru"], {}), true);
    assert.equal(russian([...args, "--lang=en"], { LANG: "ru_RU.UTF-8" }), false);
  }
  const { stdout } = run(["check", "--lang", "ru", "--ndjson"], { input: `${BAD}\n${WARNED}\n` });
  assert.match(stdout, /тег 1079/);
  assert.match(stdout, /\n1 ошибка, 1 предупреждение в 2 из 2 чеков\n$/);
  assert.doesNotMatch(run(["help", "encode", "--lang", "en"]).stdout, /\p{Script=Cyrillic}/u);
});

test("a reader that leaves early ends it quietly", async () => {
  const name = file("many.ndjson", `${BAD}\n`.repeat(20_000));
  for (const args of [["check", name], ["check", "--json", name]]) {
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env });
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += chunk));
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [status] = await once(child, "close");
    assert.deepEqual([status, stderr], [1, ""]);
  }
});

test("encode", () => {
  const args = ["encode", "good.json", "--to", "cloudkassir", "--inn", "7707083893"];
  const whole = run([...args, "--invoice-id", "5", "--account-id", "7"]);
  assert.deepEqual([whole.status, whole.stderr], [0, ""]);
  const body = JSON.parse(whole.stdout);
  assert.deepEqual([body.Inn, body.InvoiceId, body.AccountId], ["7707083893", "5", "7"]);
  assert.equal(body.CustomerReceipt.Items[0].Label, "Кофе");
  const full = run([...args, "--full", "--json"]);
  assert.equal(full.stdout.trim().split("\n").length, 1);
  assert.deepEqual(Object.keys(JSON.parse(full.stdout)), ["path", "body", "losses"]);
  assert.equal(run(["encode", "-", ...args.slice(2)], { input: GOOD }).stdout, run(args).stdout);
});

test("encode checks first, and says what is wrong beside the body", () => {
  const to = ["--to", "cloudkassir", "--inn", "7707083893"];
  const warning = run(["encode", ...to], { input: WARNED });
  assert.equal(warning.status, 0);
  assert.match(warning.stderr, /^<stdin>\n {2}! customer\.inn {2}invalid_checksum/);
  assert.equal(JSON.parse(warning.stdout).Inn, "7707083893");
  const refused = run(["encode", ...to], { input: BAD });
  assert.deepEqual([refused.status, refused.stdout], [1, ""]);
  assert.match(refused.stderr, /invalid_value/);
  const rules = JSON.stringify({ ...good, payments: { electronic: "1.00" } });
  assert.equal(run(["encode", ...to], { input: rules }).stdout, "");
  assert.equal(run(["encode", ...to, "--severity", "payments_mismatch=off"], { input: rules }).status, 0);
  const unchecked = run(["encode", ...to, "--no-check"], { input: rules });
  assert.deepEqual([unchecked.status, unchecked.stderr], [0, ""]);
  const unreadable = run(["encode", ...to, "--no-check", "--json"], { input: BAD });
  assert.deepEqual([unreadable.status, unreadable.stdout], [1, ""]);
  assert.deepEqual(codesOf(jsonLines(unreadable.stderr)[0]), ["invalid_value"]);
  const nobody = run(["encode", "--to", "cloudkassir"], { input: GOOD });
  assert.equal(nobody.status, 1);
  assert.match(nobody.stderr, /\n {4}Say --inn INN\n/);
  const items = [{ ...item, vat: "vat20" }];
  const input = JSON.stringify({ ...good, items, correction: { kind: "self", date: "2025-01-01" } });
  const device = run(["encode", ...to, "--ck-version", "3.3.7", "--no-check"], { input });
  assert.equal(device.status, 1);
  assert.match(device.stderr, /\n {4}Say --device-number NUMBER\n/);
  const named = run(["encode", ...to, "--ck-version", "3.3.7", "--no-check", "--device-number", "0001"], { input });
  assert.match(named.stdout, /"DeviceNumber": "0001"/);
});

test("decode is the way back", () => {
  const there = ["encode", "good.json", "--to", "cloudkassir", "--inn", "7707083893", "--invoice-id", "5"];
  const { stdout: body } = run(there);
  const { status, stdout, stderr } = run(["decode", "--from", "cloudkassir"], { input: body });
  assert.equal(status, 0);
  assert.equal(stderr, "chek54: not in the receipt: invoiceId (--full prints all)\n");
  assert.equal(JSON.parse(stdout).items[0].name, "Кофе");
  assert.equal(run(["check"], { input: stdout }).status, 0);
  const back = ["decode", "--from", "cloudkassir", "--full", "--json", "--ffd", "1.2", "--ck-version", "3.0"];
  const full = run(back, { input: body });
  assert.equal(full.stderr, "");
  assert.equal(JSON.parse(full.stdout).envelope.invoiceId, "5");
  const broken = run(["decode", "--from", "cloudkassir"], { input: "{" });
  assert.deepEqual([broken.status, broken.stdout], [1, ""]);
  assert.match(broken.stderr, /invalid_json/);
  const nothing = run(["decode", "--from", "cloudkassir"], { input: "{}" });
  assert.deepEqual([nothing.status, nothing.stdout], [1, ""]);
});

test("codes and vocabulary", () => {
  assert.match(run(["codes"]).stdout, /^invalid_json +error +Not JSON/);
  const [rows] = jsonLines(run(["codes", "--json"]).stdout);
  assert.ok(rows.every((/** @type {any} */ row) => row.code && row.source && row.ru && row.en));
  const lists = run(["vocabulary"]).stdout.trim().split("\n");
  assert.ok(lists.length > 9);
  for (const list of lists) {
    const { status, stdout } = run(["vocabulary", list, "--json"]);
    assert.equal(status, 0, list);
    assert.ok(JSON.parse(stdout).length > 0);
  }
  assert.match(run(["vocabulary", "unit"]).stdout, /^name +code +en +ffd +cloudkassir +paybox\npiece +0 +pcs or units/);
  assert.match(run(["vocabulary", "unit", "--lang", "ru"]).stdout, /\npiece +0 +шт\. или ед\./);
});

test("help and version", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  assert.deepEqual(run(["--version"]), { status: 0, stdout: `${version}\n`, stderr: "" });
  assert.equal(run(["-v"]).stdout, `${version}\n`);
  const help = run(["--help"]);
  assert.deepEqual([help.status, help.stderr], [0, ""]);
  for (const command of ["check", "encode", "decode", "codes", "vocabulary", "help"]) {
    assert.match(help.stdout, new RegExp(`^ {2}${command} `, "m"));
    const one = run(["help", command]);
    assert.deepEqual([one.status, one.stderr], [0, ""]);
    assert.equal(run([command, "--help"]).stdout, command === "help" ? help.stdout : one.stdout);
    assert.match(one.stdout, new RegExp(`^Usage: chek54 ${command}`));
  }
  assert.equal(run(["help"]).stdout, help.stdout);
  assert.deepEqual(run([]), { status: 2, stdout: "", stderr: help.stdout });
});

test("wrong usage is status 2 and says what to do", () => {
  for (const [line, told] of /** @type {[string, string][]} */ ([
    ["chekc", 'no command "chekc". Did you mean "check"?'],
    ["help encod", 'no command "encod". Did you mean "encode"?'],
    ["frobnicate", 'no command "frobnicate"'],
    ["good.json", '"good.json" is a file, not a command. Try: chek54 check good.json'],
    ["--json", "no command is given"],
    ["check --provder cloudkassir", 'no option "--provder". Did you mean "--provider"?'],
    ["check -x", 'no option "-x"'],
    ["check --__proto__", 'no option "--__proto__"'],
    ["check --to cloudkassir", 'check has no option "--to"; it is for: encode'],
    ["check --provider nobody", '--provider cannot be "nobody". It can be: cloudkassir, paybox, paykeeper'],
    ["check --ck-version 9", '--ck-version cannot be "9". It can be: 3.0, 3.3.7, 3.4.5'],
    ["check --mode write", '--mode cannot be "write". It can be: build, read'],
    ["check --lang de", '--lang cannot be "de". It can be: ru, en'],
    ["check --at tomorrow", '--at cannot be "tomorrow". It can be: YYYY-MM-DD'],
    ["check --at --json", "--at needs a value: --at DATE"],
    ["check --at", "--at needs a value: --at DATE"],
    ["check --json=yes", "--json takes no value"],
    ["check --max-issues many", '--max-issues cannot be "many". It can be: 0, 1, 2…'],
    ["check --severity to_long=off", '--severity: no code "to_long". Did you mean "too_long"?'],
    ["check --severity too_long", '--severity cannot be "too_long". It can be: too_long=error|warning|off'],
    ["check --severity required=off", "--severity: required is always an error: without it there is no receipt"],
    ["check - -", "standard input (-) can be given once"],
    ["encode good.json", "encode needs --to cloudkassir"],
    ["encode good.json --to nobody", '--to cannot be "nobody". It can be: cloudkassir'],
    ["encode a.json b.json --to cloudkassir", 'encode: one argument too many: "b.json"'],
    ["encode good.json --to cloudkassir --inn 1", '--inn cannot be "1": 10 or 12 digits with right check digits'],
    ["decode good.json", "decode needs --from cloudkassir"],
    ["codes x", 'codes: one argument too many: "x"'],
    ["vocabulary vats", 'no list "vats". Did you mean "vat"?'],
  ])) {
    const { status, stdout, stderr } = run(line.split(" "));
    assert.deepEqual([status, stdout], [2, ""], line);
    assert.equal(stderr.split("\n")[0], `chek54: ${told}`, line);
    assert.match(stderr, /\nSee: chek54 /);
  }
  const lines = ["chekc", "check --bogus", "check --max-issues x", "encode good.json", "vocabulary vats", "check - -"];
  for (const line of lines) {
    const { status, stderr } = run([...line.split(" "), "--lang=ru"]);
    assert.equal(status, 2);
    assert.match(stderr, /^chek54: .*[а-я]{3}.*\n(Вызов: .*\n)?Справка: chek54 /, line);
  }
});

test("codes that cannot be turned off are refused, all others are taken", () => {
  const shape = "required invalid_type invalid_value invalid_scale".split(" ");
  const fixed = ["invalid_json", "too_large", "too_deep", "invalid_option", ...shape];
  for (const code of fixed) {
    assert.equal(run(["check", "--severity", `${code}=off`], { input: GOOD }).status, 2, code);
  }
  const codes = JSON.parse(run(["codes", "--json"]).stdout).map((/** @type {any} */ row) => row.code);
  const others = codes.filter((/** @type {string} */ code) => !fixed.includes(code));
  assert.equal(others.length, codes.length - fixed.length);
  const args = others.flatMap((/** @type {string} */ code) => ["--severity", `${code}=off`]);
  assert.equal(run(["check", ...args], { input: JSON.stringify({ ...good, itmes: [] }) }).status, 0);
});
