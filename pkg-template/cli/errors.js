// @ts-check
/** @typedef {import("./commands.js").CommandName} CommandName */
/** @typedef {import("./words.js").Text} Text */

/** What ends a call, input that cannot be read for one; `params.near` is what may have been meant. */
export class CallError extends Error {
  /** @param {Text} text @param {Record<string, unknown>} [params] */
  constructor(text, params = {}) {
    super(text);
    this.told = (/** @type {import("./words.js").Say} */ say) =>
      say(text, params) + (params.near ? say("meant", params) : "");
  }
}

/** A call that cannot be: shown with the way to the help. */
export class UsageError extends CallError {
  /** @param {Text} text @param {Record<string, unknown>} [params] @param {CommandName} [command] */
  constructor(text, params, command) {
    super(text, params);
    this.command = command;
  }
}
