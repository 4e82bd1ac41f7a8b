// Keyboard shortcuts. The page says what there is: an element with data-key="g e" is opened, or focused, by those keys in
// turn; j and k walk the first links of the rows inside data-rows. Nothing is listed here that the page does not hold.
import { button, dialog, element } from "./dom";

const offKey = "wardmote-keys-off"; // single keys can be turned off: WCAG 2.1.4
const pause = 1500; // ms after which a half-typed sequence is forgotten

const isOff = () => localStorage.getItem(offKey) === "yes";

function keyed(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-key]")];
}

function wordsOf(target: HTMLElement): string {
  const label = target instanceof HTMLInputElement ? target.labels?.[0]?.textContent : target.textContent;
  return (target.dataset.keyWords ?? label ?? "").trim();
}

function rowLinks(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-rows] tbody > tr, [data-rows] > li")]
    .map((row) => row.querySelector<HTMLAnchorElement>("a[href]"))
    .filter((link): link is HTMLAnchorElement => link !== null);
}

function walk(step: 1 | -1): void {
  const links = rowLinks();
  const here = links.findIndex((link) => link.closest("tr, li")?.contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  links[Math.max(0, Math.min(next, links.length - 1))]?.focus();
}

function line(keys: string, words: string): HTMLElement {
  const shown = element("dt", "app-keys__keys");
  keys.split(" ").forEach((key, i) => shown.append(...(i > 0 ? [" then "] : []), element("kbd", "app-key-cap", key)));
  return element("div", "app-keys__line", shown, element("dd", "app-keys__words", words));
}

function fill(list: HTMLElement): void {
  list.replaceChildren();
  const seen = new Set<string>();
  for (const target of keyed()) {
    const keys = target.dataset.key ?? "";
    if (!seen.has(keys)) list.append(line(keys, keys === "?" ? "Show these keys" : wordsOf(target)));
    seen.add(keys);
  }
  if (rowLinks().length > 0)
    list.append(line("j", "Next row"), line("k", "Previous row"), line("Enter", "Open the row"));
}

function helpDialog(): HTMLDialogElement {
  const { box } = dialog("app-keys", "Keys");
  const list = element("dl", "app-keys");
  const toggle = button("", "govuk-button--secondary", () => {
    localStorage.setItem(offKey, isOff() ? "no" : "yes");
    name();
  });
  const name = () => (toggle.textContent = isOff() ? "Turn keys on" : "Turn keys off");
  const close = button("Close", "", () => box.close());
  close.autofocus = true;
  box.append(list, element("div", "app-buttons", close, toggle));
  box.addEventListener("beforetoggle", () => {
    fill(list);
    name();
  });
  return box;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select") || target.closest("dialog") !== null);
}

export function listenForKeys(): void {
  const targets = keyed();
  if (targets.length === 0 && rowLinks().length === 0) return;
  const help = helpDialog();
  for (const link of targets.filter((target) => target.dataset.key === "?"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      help.showModal();
    });

  let typed = "";
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
      return;
    const now = Date.now();
    if (now - last > pause) typed = "";
    last = now;
    for (const keys of typed ? [`${typed} ${event.key}`, event.key] : [event.key]) {
      typed = "";
      const target = keyed().find((one) => one.dataset.key === keys);
      if (target) {
        event.preventDefault();
        if (target.matches("input, textarea, select")) target.focus();
        else target.click();
      } else if (keyed().some((one) => one.dataset.key?.startsWith(`${keys} `))) {
        typed = keys;
      } else if (keys === "?") {
        help.showModal();
      } else if (keys === "j" || keys === "k") {
        walk(keys === "j" ? 1 : -1);
      } else {
        continue;
      }
      return;
    }
  });
}
