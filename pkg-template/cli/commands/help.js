// @ts-check
import { COMMON_OPTIONS, OPTIONS } from "../arguments.js";
import { COMMANDS, COMMAND_NAMES } from "../commands.js";
import { UsageError } from "../errors.js";
import { nearest } from "../../spelling.js";
import { print, table } from "../terminal.js";

/** @typedef {import("../arguments.js").OptionName} OptionName */
/** @typedef {import("../commands.js").CommandName} CommandName */
/** @typedef {import("../words.js").Say} Say */

/** @type {import("../commands.js").Command} */
export const help = {
  args: "[COMMAND]",
  most: 1,
  options: [],
  examples: ["chek54 help check"],
  async run({ args: [wanted], say }) {
    const command = COMMAND_NAMES.find((name) => name === wanted);
    if (!command && wanted !== undefined) {
      throw new UsageError("unknownCommand", { name: wanted, near: nearest(wanted, COMMAND_NAMES) });
    }
    await print(command ? manual(command, say) : overview(say));
    return 0;
  },
};

/** @param {Say} say */
export function overview(say) {
  const options = say("options").toLowerCase();
  return [
    say("about"),
    `${say("usage")}: chek54 ${say("command")} [${options}] [FILE|-]...`,
    `${say("commands")}:\n${indented(COMMAND_NAMES.map((name) => [name, say(`chek54 ${name}`)]))}`,
    optionList(COMMON_OPTIONS, say),
    [say("input"), say("status"), say("details")].join("\n"),
  ].join("\n\n");
}

/** @param {CommandName} command @param {Say} say */
function manual(command, say) {
  const { args, options, examples } = COMMANDS[command];
  const about = say(`chek54 ${command}`);
  const reads = /FILE|ORDER/.test(args);
  return [
    usage(command, say),
    about[0].toUpperCase() + about.slice(1),
    [say(`help ${command}`), ...(reads ? [say("input")] : [])].join("\n"),
    optionList([...options, "lang", "help"], say),
    `${say("examples")}:\n${examples.join("\n").replace(/^/gm, "  ")}`,
    ...(reads || command === "verify" ? [say("status")] : []),
  ].join("\n\n");
}

/** @param {CommandName} command @param {Say} say */
export function usage(command, say) {
  return `${say("usage")}: chek54 ${command} [${say("options").toLowerCase()}] ${COMMANDS[command].args}`.trimEnd();
}

/** @param {readonly OptionName[]} names @param {Say} say */
function optionList(names, say) {
  const row = (/** @type {OptionName} */ name) => {
    const { short, value } = /** @type {import("../arguments.js").Option} */ (OPTIONS[name]);
    return [`${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`, say(`--${name}`)];
  };
  return `${say("options")}:\n${indented(names.map(row))}`;
}

/** @param {string[][]} rows */
function indented(rows) {
  return table(rows).replace(/^/gm, "  ");
}
