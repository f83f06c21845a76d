// @ts-check
/** @typedef {import("./index.js").Issue} Issue */

/** What was given is wrong: `issues` has every finding. */
export class ReceiptError extends Error {
  static {
    this.prototype.name = "ReceiptError";
  }

  /**
   * @param {Issue[]} issues
   * @param {number} [omitted] how many more there were than `maxIssues` lets through
   */
  constructor(issues, omitted = 0) {
    const first = issues.find((issue) => issue.severity === "error") ?? issues[0];
    const where = first ? pathText(first.path) : "";
    const more = issues.length - 1 + omitted;
    super(first ? `${where && `${where}: `}${first.message}${more > 0 ? ` (+${more})` : ""}` : `${omitted}`);
    this.issues = issues;
  }
}

/** Anything else that a call can end in; `code` says what. */
export class ChekError extends Error {
  static {
    this.prototype.name = "ChekError";
  }

  /**
   * @param {string} code
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
  }
}

/** `items[0].price` @param {Issue["path"]} path */
function pathText(path) {
  return path.reduce((/** @type {string} */ text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text ? `${text}.${key}` : key;
  }, "");
}
