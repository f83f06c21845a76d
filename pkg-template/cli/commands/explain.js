// @ts-check
import { explain as explained } from "chek54";
import { UsageError } from "../errors.js";
import { print } from "../terminal.js";

/** @typedef {import("chek54").Provider} Provider */

const PROVIDERS = ["cloudkassir", "paybox", "paykeeper"];

/** @type {import("../commands.js").Command} */
export const explain = {
  args: "PROVIDER CODE",
  most: 2,
  options: ["list", "json"],
  examples: ["chek54 explain cloudkassir 14", "chek54 explain cloudkassir 2 --list warning"],
  async run({ name, args: [provider, code], values, lang, say }) {
    if (code === undefined) throw new UsageError("needsOption", { command: name, option: "PROVIDER CODE" }, name);
    if (!PROVIDERS.includes(provider)) {
      throw new UsageError("badValue", { name: "PROVIDER", value: provider, can: PROVIDERS.join(", ") }, name);
    }
    const found = explained(/** @type {Provider} */ (provider), code, { list: values.list, lang });
    if (values.json) await print(JSON.stringify(found));
    if (!found) console.error(`chek54: ${say("unknownMeaning", { provider, code })}`);
    else if (!values.json) {
      const { list, message, kind, retry, final, hint } = found;
      const ends = final === undefined ? [] : [say(final ? "isFinal" : "isNotFinal")];
      const facts = [say(`kind ${kind}`), say(retry ? "retry" : "noRetry"), ...ends];
      await print([`${list} ${found.code}: ${message}`, `  ${hint}`, `  ${facts.join("; ")}`].join("\n"));
    }
    return found ? 0 : 1;
  },
};
