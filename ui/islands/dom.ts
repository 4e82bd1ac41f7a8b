// Building elements and reading what the page says of itself, for the other islands.

/// An element with classes and contents. Words are text, never markup.
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, classes = "", ...contents: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = classes;
  made.append(...contents);
  return made;
}

export function button(words: string, classes: string, act: () => void): HTMLButtonElement {
  const made = element("button", `govuk-button ${classes}`, words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/// A dialog that is read out by its heading. It is added to the page, closed.
export function dialog(id: string, heading: string): { box: HTMLDialogElement; title: HTMLElement } {
  const title = element("h2", "govuk-heading-m", heading);
  title.id = `${id}-title`;
  const box = element("dialog", "app-dialog", title);
  box.id = id;
  box.setAttribute("aria-labelledby", title.id);
  document.body.append(box);
  return { box, title };
}

/// The token that proves a request comes from our own page; null when no one is signed in.
export function csrf(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? null;
}
