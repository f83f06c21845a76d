// @ts-check
/** @typedef {import("./words.js").Say} Say */
/** @typedef {import("./words.js").Text} Text */

/** What ends a call: `params.near` is what may have been meant. */
class CallError extends Error {
  /** @param {Text} text @param {Record<string, unknown>} [params] */
  constructor(text, params = {}) {
    super(text);
    this.text = text;
    this.params = params;
  }

  /** @param {Say} say */
  told(say) {
    return say(this.text, this.params) + (this.params.near ? say("meant", this.params) : "");
  }
}

/** A call that cannot be: shown with the way to the help. */
export class UsageError extends CallError {
  /** @param {Text} text @param {Record<string, unknown>} [params] @param {import("./commands.js").CommandName} [command] */
  constructor(text, params, command) {
    super(text, params);
    this.command = command;
  }
}

/** Input that cannot be read. */
export class InputError extends CallError {}
