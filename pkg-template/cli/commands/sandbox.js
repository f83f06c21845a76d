// @ts-check
import { ChekError } from "chek54";
import { UsageError } from "../errors.js";
import { print, table, visible } from "../terminal.js";

/** @typedef {import("chek54/sandbox").SandboxRequest} SandboxRequest */

/** @type {import("../commands.js").Command} */
export const sandbox = {
  args: "",
  most: 0,
  options: ["port", "webhook", "secret", "fault", "seed", "json", "quiet"],
  examples: ["chek54 sandbox --port 5455 --webhook http://localhost:3000/notification --fault lostAnswer:kkt/receiptx1"],
  async run({ name, values, say }) {
    const { port = "0", webhook, secret, fault = [], seed, json, quiet } = values;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
      throw new UsageError("badValue", { name: "--port", value: port, can: "0..65535" }, name);
    }
    if (webhook !== undefined && !(/^https?:\/\//i.test(webhook) && URL.canParse(webhook))) {
      throw new UsageError("badValue", { name: "--webhook", value: webhook, can: "http://…, https://…" }, name);
    }
    const show = (/** @type {SandboxRequest} */ { method, url, outcome, at }) =>
      print(
        json
          ? JSON.stringify({ method, url, outcome, at })
          : visible(`${new Date(at).toISOString().slice(11, 19)}  ${outcome}  ${method} ${pathOf(url)}`),
      );
    // Seven hundred kilobytes that no other command needs.
    const { startSandbox } = await import("chek54/sandbox");
    let server;
    try {
      server = await startSandbox({
        port: Number(port),
        faults: fault,
        ...(webhook === undefined ? {} : { webhookUrl: webhook }),
        ...(secret === undefined ? {} : { credentials: { apiSecret: secret, secret } }),
        ...(seed === undefined ? {} : { seed: /^\d{1,15}$/.test(seed) ? Number(seed) : seed }),
        onRequest: (request) => void (quiet || show(request)),
      });
    } catch (error) {
      if (!(error instanceof ChekError)) throw error;
      // All else was looked at before: a port that is taken has the system's word for it.
      const why = { name: error.cause ? "--port" : "--fault", why: error.message };
      throw new UsageError("refusedOption", why, name);
    }
    const { url } = server;
    if (json) await print(JSON.stringify({ url }));
    else {
      const rows = [
        ["CloudKassir", "new CloudKassir({ baseUrl })"],
        ["Paybox", "new Paybox({ baseUrl })"],
        ["PayKeeper", "new PayKeeper({ baseUrl })"],
        [say("sandboxState"), `GET ${url}/sandbox/state`],
        [say("sandboxFaults"), `POST ${url}/sandbox/faults ["lostAnswer:kkt/receiptx1"]`],
      ];
      await print(`${say("sandboxRuns", { url })}\n\n${table(rows)}\n\n${say("sandboxEnd")}`);
    }
    await new Promise((resolve) => {
      process.once("SIGINT", resolve);
      process.once("SIGTERM", resolve);
    });
    await server.close();
    return 0;
  },
};

/** @param {string} url */
function pathOf(url) {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
