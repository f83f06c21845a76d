// @ts-check
// Tabs, each with its panel; where a media query says that there is room, all panels stand side by side instead.

export class Tabs {
  #tabs;
  #tabbed;
  #opened = 0;
  #changed;

  /**
   * @param {HTMLElement} list its buttons name their panels in aria-controls
   * @param {{ only?: MediaQueryList, changed?: (panel: string) => void }} [options] `only`: where there are tabs at all
   */
  constructor(list, { only, changed } = {}) {
    this.#tabbed = only;
    this.#changed = changed;
    const buttons = /** @type {HTMLButtonElement[]} */ ([...list.querySelectorAll("[role=tab]")]);
    this.#tabs = buttons.map((tab, index) => {
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (!panel) throw new Error(`The page has no panel for #${tab.id}`);
      tab.addEventListener("click", () => this.#open(index));
      tab.addEventListener("keydown", (event) => this.#walk(event, index));
      return { tab, panel, role: panel.getAttribute("role"), label: panel.getAttribute("aria-labelledby") };
    });
    only?.addEventListener("change", () => this.#place());
    this.#place();
  }

  /** Shows a panel, wherever it stands now. @param {string} panel its id */
  open(panel) {
    const index = this.#tabs.findIndex((each) => each.panel.id === panel);
    if (index >= 0 && index !== this.#opened) this.#open(index);
  }

  /** The id of the panel that is open. */
  get opened() {
    return this.#tabs[this.#opened].panel.id;
  }

  /** @param {number} index */
  #open(index) {
    this.#opened = index;
    this.#place();
    this.#changed?.(this.opened);
  }

  #place() {
    const tabbed = this.#tabbed?.matches ?? true;
    for (const [index, { tab, panel, role, label }] of this.#tabs.entries()) {
      const open = index === this.#opened;
      tab.setAttribute("aria-selected", String(open));
      tab.tabIndex = open ? 0 : -1;
      panel.hidden = tabbed && !open;
      set(panel, "role", tabbed ? "tabpanel" : role);
      set(panel, "aria-labelledby", tabbed ? tab.id : label);
    }
  }

  /** The arrows lead from tab to tab. @param {KeyboardEvent} event @param {number} from */
  #walk(event, from) {
    const last = this.#tabs.length - 1;
    const to = { ArrowRight: from === last ? 0 : from + 1, ArrowLeft: from === 0 ? last : from - 1, Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    this.#open(to);
    this.#tabs[to].tab.focus();
  }
}

/** @param {HTMLElement} element @param {string} name @param {string | null} value */
function set(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
