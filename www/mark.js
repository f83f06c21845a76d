// @ts-check
// A marking code, explained while it is typed or scanned.

import { parseMark } from "../pkg/index.js";
import { byId, element, icon } from "./element.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Lang} Lang */

export class Mark {
  #code = byId("mark-code", HTMLInputElement);
  #found = byId("mark-found", HTMLElement);
  #lang = /** @type {Lang} */ ("ru");

  constructor() {
    this.#code.addEventListener("input", () => this.say(this.#lang));
  }

  /** @param {Lang} lang */
  say(lang) {
    this.#lang = lang;
    const text = this.#code.value;
    if (text.trim() === "") {
      this.#found.replaceChildren();
      return;
    }
    const said = words[lang];
    const { kind, gtin, serial, ai, issues, tag1162Hex, tag1163, raw } = parseMark(text, { lang });
    const fields = Object.entries(ai).filter(([id]) => id !== "01" && id !== "21");
    const parts = [
      [said.markKind, said.markKinds[kind]],
      ["GTIN", gtin],
      [said.markSerial, serial],
      ...fields.map(([id, value]) => [/** @type {Record<string, string>} */ (said.markFields)[id] ?? `(${id})`, value]),
      [said.markTag(1162), tag1162Hex],
      [said.markTag(tag1163.tag), tag1163.value],
      [said.markTag(2000), raw],
    ];
    const rows = parts.flatMap(([term, value]) =>
      value === null
        ? []
        : [element("dt", {}, `${term}`), element("dd", {}, `${value}`.replaceAll("\u001d", "<GS>"))],
    );
    const told = issues.map(({ severity, message, hint }) =>
      element("li", { className: `told told-${severity}` }, icon(severity), [message, hint].filter(Boolean).join(". ")),
    );
    const fine = told.length ? [] : [element("li", { className: "told told-fine" }, icon("fine"), said.markFine)];
    this.#found.replaceChildren(
      element("ul", { className: "mark-issues" }, ...told, ...fine),
      element("dl", { className: "mark-parts" }, ...rows),
    );
  }
}
