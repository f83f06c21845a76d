// @ts-check
import { check } from "./commands/check.js";
import { codes } from "./commands/codes.js";
import { decode } from "./commands/decode.js";
import { encode } from "./commands/encode.js";
import { explain } from "./commands/explain.js";
import { help } from "./commands/help.js";
import { mark } from "./commands/mark.js";
import { qr } from "./commands/qr.js";
import { sandbox } from "./commands/sandbox.js";
import { tags } from "./commands/tags.js";
import { preview } from "./commands/preview.js";
import { vocabulary } from "./commands/vocabulary.js";

/**
 * What a command takes and does; its texts are in words.js. `most` is how many arguments it takes, `run` gives the
 * exit status.
 * @typedef {{ args: string, most: number, options: readonly import("./arguments.js").OptionName[],
 *   run: (call: Call) => number | Promise<number> }} Command
 */
/** @typedef {keyof typeof COMMANDS} CommandName */
/**
 * @typedef {import("./arguments.js").Arguments & { lang: import("chek54").Lang, say: import("./words.js").Say }} Call
 */

export const COMMANDS = { check, encode, decode, explain, preview, tags, mark, qr, codes, vocabulary, sandbox, help };
export const COMMAND_NAMES = /** @type {CommandName[]} */ (Object.keys(COMMANDS));
