// @ts-check
import { ChekError, parseNotification, verifyNotification } from "chek54";
import { UsageError } from "../errors.js";
import { bytes, files } from "../input.js";
import { Report, isError, tell } from "../report.js";
import { print, table, visible } from "../terminal.js";

/** @typedef {import("chek54").Provider} Provider */
/** @typedef {import("../commands.js").Call} Call */

const PROVIDERS = ["cloudkassir", "paybox", "paykeeper"];

/** @type {import("../commands.js").Command} */
export const verify = {
  args: "PROVIDER",
  most: 1,
  options: ["body", "query", "header", "script", "secret-file", "secret", "json"],
  examples: [
    "chek54 verify cloudkassir --body body.txt --header 'Content-HMAC: 5fzk…=' --secret-file api-secret",
    "CHEK54_SECRET=… chek54 verify paybox --body - --script result < body.txt",
  ],
  async run(call) {
    const { name, args: [provider], values, lang, say } = call;
    if (provider === undefined) throw new UsageError("needsOption", { command: name, option: "PROVIDER" }, name);
    if (!PROVIDERS.includes(provider)) {
      throw new UsageError("badValue", { name: "PROVIDER", value: provider, can: PROVIDERS.join(", ") }, name);
    }
    if (provider === "paybox" && !values.script) {
      throw new UsageError("needsOption", { command: `${name} ${provider}`, option: "--script NAME" }, name);
    }
    const headers = headersOf(call);
    const secret = await secretOf(call);
    // The body of a GET is none.
    const file = values.body ?? (values.query === undefined ? files({ ...call, args: [] })[0] : undefined);
    const body = file === undefined ? undefined : await bytes(file);
    const { script, query } = values;
    const contentType = headers["content-type"];
    const delivery = { query: values.body === undefined ? query : undefined, headers, contentType, script: script ?? "" };
    const isSigned = (/** @type {Buffer | undefined} */ body) => {
      try {
        return verifyNotification(/** @type {Provider} */ (provider), { ...delivery, body, secret });
      } catch (error) {
        if (error instanceof ChekError) throw new UsageError("failed", { why: error.message }, name);
        throw error;
      }
    };
    let signed = body;
    let authentic = isSigned(body);
    // An editor, or echo, ends a text with a line end that nobody signed.
    const line = !authentic && body ? /\r?\n$/.exec(body.toString("latin1"))?.[0].length : undefined;
    if (body && line && isSigned(body.subarray(0, -line))) {
      authentic = true;
      signed = body.subarray(0, -line);
      console.error(`chek54: ${say("lineEnd")}`);
    }
    const said = parseNotification(/** @type {Provider} */ (provider), { ...delivery, body: signed, lang });
    const ok = authentic && !said.issues.some(isError);
    if (values.json) {
      await print(JSON.stringify({ authentic, ...said }));
      return ok ? 0 : 1;
    }
    const paint = new Report(process.stdout, say);
    const verdict = authentic ? paint.paint("fine", say("authentic")) : paint.paint("error", say("forged"));
    await print([verdict, table(rows(said, call))].join("\n"));
    if (!authentic && provider === "cloudkassir" && !headers["content-hmac"] && !headers["x-content-hmac"]) {
      console.error(`chek54: ${say("noHmac")}`);
    }
    tell(call, file ?? "-", { input: "", text: "", base: 0 }, { ok, issues: said.issues });
    return ok ? 0 : 1;
  },
};

/** @param {Call} call @returns {Record<string, string>} */
function headersOf({ name, values }) {
  const pairs = (values.header ?? []).map((line) => {
    const [key, value] = [line.slice(0, Math.max(line.indexOf(":"), 0)).trim(), line.slice(line.indexOf(":") + 1).trim()];
    if (!/^[\w-]+$/.test(key)) {
      throw new UsageError("badValue", { name: "--header", value: line, can: "'Content-HMAC: 5fzk…='" }, name);
    }
    return [key.toLowerCase(), value];
  });
  return Object.fromEntries(pairs);
}

/** From where others cannot see it, if possible: the words of a command are seen by all who use the machine. @param {Call} call */
async function secretOf({ name, values }) {
  const file = values["secret-file"];
  if (file === "-" && (values.body ?? "-") === "-" && values.query === undefined) throw new UsageError("stdinTwice", {}, name);
  const secret = values.secret ?? (file ? String(await bytes(file)).replace(/\r?\n$/, "") : process.env.CHEK54_SECRET);
  if (!secret) throw new UsageError("needsOption", { command: name, option: "--secret-file FILE | CHEK54_SECRET" }, name);
  return secret;
}

/** What is said, for people. @param {import("chek54").ProviderNotification} said @param {Call} call */
function rows({ kind, id, status, dedupeKey, envelope, receipt }, { say }) {
  const { fiscal, operation } = receipt;
  const around = Object.entries(envelope).filter(([name, value]) => typeof value !== "object" && !/^(sig|salt|sign|id|status)$/.test(name));
  const all = [
    [say("kind"), kind],
    ["id", id],
    [say("statusOf"), status],
    [say("qr operation"), operation],
    [say("qr total"), fiscal?.total],
    [say("qr fn"), fiscal?.fn],
    [say("qr fd"), fiscal?.fd],
    [say("qr fp"), fiscal?.fp],
    [say("qr dateTime"), fiscal?.dateTime],
    ...around.map(([name, value]) => [name, String(value)]),
    ["dedupeKey", dedupeKey],
  ];
  const known = /** @type {string[][]} */ (all.filter(([, value]) => value != null));
  return known.map((row) => row.map(visible));
}
