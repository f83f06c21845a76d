#!/usr/bin/env node
// @ts-check
// The command. Exit status: 0 fine, 1 findings of severity error, 2 wrong usage or input that cannot be read.

import { readFileSync } from "node:fs";
import { language, parse } from "./cli/arguments.js";
import { COMMANDS } from "./cli/commands.js";
import { overview, usage } from "./cli/commands/help.js";
import { CallError, UsageError } from "./cli/errors.js";
import { print } from "./cli/terminal.js";
import { words } from "./cli/words.js";

/** @param {string[]} argv */
async function main(argv) {
  const lang = language(argv);
  const say = words(lang);
  process.stderr.on("error", () => {});
  process.stdout.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
    // Whoever read us (head) has enough.
    if (error.code === "EPIPE") process.exit();
    console.error(`chek54: ${say("cannotWrite", { why: error.message })}`);
    process.exit(2);
  });
  try {
    if (argv.length === 0) {
      console.error(overview(say));
      return 2;
    }
    const call = { ...parse(argv), lang, say };
    if (call.values.version) {
      const manifest = readFileSync(new URL("./package.json", import.meta.url), "utf8");
      await print(JSON.parse(manifest).version);
      return 0;
    }
    return await COMMANDS[call.name].run(call);
  } catch (error) {
    console.error(`chek54: ${told(error, say)}`);
    return 2;
  }
}

/** @param {unknown} error @param {import("./cli/words.js").Say} say */
function told(error, say) {
  if (!(error instanceof CallError)) return say("failed", { why: error instanceof Error ? error.message : error });
  if (!(error instanceof UsageError)) return error.told(say);
  const { command } = error;
  const see = say("see", { command: command ? `chek54 help ${command}` : "chek54 --help" });
  return [error.told(say), ...(command ? [usage(command, say)] : []), see].join("\n");
}

process.exitCode = await main(process.argv.slice(2));
