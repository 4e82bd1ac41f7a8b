// Warns before the session ends, keeps it alive when asked, and keeps what was typed when it ends all the same.
import { button, csrf, dialog, element } from "./dom";

const seenKey = "wardmote-last-request"; // shared by the tabs of one browser: any of them keeps the session alive

function words(seconds: number): string {
  if (seconds > 90) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

export function warnBeforeTimeout(keepNow: () => void): void {
  const token = csrf();
  const idle = Number(document.body.dataset.idleSeconds);
  const left = Number(document.body.dataset.secondsLeft);
  if (token === null || !(idle > 0) || !(left > 0)) return;
  const end = Date.now() + left * 1000; // nothing the person does moves this one
  const warning = Math.min(120, idle / 3); // seconds before the end
  const seen = () => localStorage.setItem(seenKey, String(Date.now()));
  seen();

  const { box, title } = dialog("app-timeout", "You will be signed out soon");
  const count = element("p", "govuk-body");
  const spoken = element("p", "govuk-visually-hidden"); // the count changes each second; this is read out now and then
  spoken.setAttribute("role", "status");
  const kept = element("p", "govuk-body", "What you have typed is kept in this tab and comes back after you sign in again.");
  const stay = button("Stay signed in", "", () => void renew());
  stay.autofocus = true;
  box.append(count, spoken, kept, element("div", "app-buttons", stay));

  let dismissed = false; // the warning of the last end, which cannot be put off
  async function renew(): Promise<void> {
    if (isLast()) {
      dismissed = true;
      box.close();
      return;
    }
    try {
      const answer = await fetch("/session/renewal", { method: "POST", body: new URLSearchParams({ csrf: token ?? "" }) });
      if (!answer.ok) throw new Error(String(answer.status));
      seen();
      box.close();
    } catch {
      kept.textContent = "The server did not answer. What you have typed is kept in this tab. Try again.";
    }
  }
  const idleEnd = () => Number(localStorage.getItem(seenKey) ?? 0) + idle * 1000;
  const isLast = () => end <= idleEnd();

  let said = "";
  const tick = () => {
    const remaining = Math.ceil((Math.min(end, idleEnd()) - Date.now()) / 1000);
    if (remaining <= 0) {
      keepNow();
      window.clearInterval(timer);
      location.assign(location.pathname + location.search); // the server asks to sign in, then leads back here
      return;
    }
    if (remaining > warning) {
      if (box.open) box.close(); // another tab has kept the session alive
      return;
    }
    if (!box.open && !(isLast() && dismissed)) {
      title.textContent = isLast() ? "Your sign-in is about to end" : "You will be signed out soon";
      stay.textContent = isLast() ? "Continue" : "Stay signed in";
      keepNow();
      box.showModal();
    }
    count.textContent = `${isLast() ? "It ends" : "You will be signed out"} in ${words(remaining)}.`;
    const now = remaining > 60 ? "more than a minute" : remaining > 20 ? "less than a minute" : "less than 20 seconds";
    if (now !== said) spoken.textContent = `${now} left`;
    said = now;
  };
  const timer = window.setInterval(tick, 1000);
}
