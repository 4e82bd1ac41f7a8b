// Nothing typed is ever lost: a form marked data-draft keeps its values for this tab, until a page says that they were
// saved. They belong to one person, hold no password, and go when that person signs out.
import { button, element } from "./dom";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
interface Draft {
  at: number;
  sent: boolean; // submitted, but no page has said yet that it was saved
  values: [index: number, name: string, value: string | boolean][];
}

const mark = "wardmote-draft ";

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter((one): one is Control =>
    (one instanceof HTMLInputElement && !["password", "file", "submit", "button"].includes(one.type)) ||
    one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement);
}

// Hidden fields are kept too: the version that was opened tells the server of a change made meanwhile. Not the token.
const isKept = (one: Control) => one.name !== "" && one.name !== "csrf";
const isTick = (one: Control): one is HTMLInputElement =>
  one instanceof HTMLInputElement && ["checkbox", "radio"].includes(one.type);
const valueOf = (one: Control) => (isTick(one) ? one.checked : one.value);

function read(key: string): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function restore(form: HTMLFormElement, draft: Draft): boolean {
  const all = controls(form);
  let changed = false;
  for (const [index, name, value] of draft.values) {
    const one = all[index];
    if (!one || one.name !== name || valueOf(one) === value) continue;
    if (isTick(one)) one.checked = value === true;
    else one.value = String(value);
    changed ||= one.type !== "hidden";
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return changed;
}

function notice(form: HTMLFormElement, key: string, draft: Draft): void {
  const at = new Date(draft.at);
  const day = at.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
  const when = `${day} at ${at.getHours() % 12 || 12}.${String(at.getMinutes()).padStart(2, "0")}${at.getHours() < 12 ? "am" : "pm"}`;
  const discard = button("Discard it", "govuk-button--secondary app-button-s", () => {
    sessionStorage.removeItem(key);
    location.assign(location.pathname + location.search);
  });
  const words = element("p", "govuk-body", `What you typed here on ${when} has been put back. It is not saved yet.`);
  const box = element("div", "govuk-inset-text", words, discard);
  box.setAttribute("role", "status");
  form.before(box);
}

function forget(which: (key: string) => boolean): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(mark) && which(key)) sessionStorage.removeItem(key);
}

/// Watches the page's forms; gives a function that keeps them at once, for when the session is about to end.
export function keepDrafts(): () => void {
  const person = document.body.dataset.person ?? "";
  if (!person) return () => {};
  const own = `${mark}${person} `;
  forget((key) => !key.startsWith(own)); // another person used this tab before
  if (document.querySelector(".govuk-notification-banner--success")) forget((key) => read(key)?.sent ?? true);
  for (const form of document.querySelectorAll<HTMLFormElement>("header form[method='post']"))
    form.addEventListener("submit", () => forget(() => true)); // signing out
  const served = document.querySelector(".govuk-error-summary") !== null; // the server gave back what was typed

  const keepers = [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")].map((form, index) => {
    const key = `${own}${location.pathname}${location.search} ${index}`;
    const draft = read(key);
    let touched = false;
    if (draft && !served && restore(form, draft)) {
      touched = true;
      notice(form, key, draft);
    }
    const keep = (sent: boolean) => {
      if (!touched) return;
      const values = controls(form).flatMap((one, i): Draft["values"] => isKept(one) ? [[i, one.name, valueOf(one)]] : []);
      sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, values } satisfies Draft));
    };
    form.addEventListener("input", () => {
      touched = true;
      keep(false);
    });
    form.addEventListener("submit", () => keep(true));
    return () => keep(false);
  });
  return () => keepers.forEach((keep) => keep());
}
