// A page that is printed leaves a line in the log of who has seen what.
import { csrf } from "./dom";

export function tellOfPrints(): void {
  const token = csrf();
  if (token === null) return;
  window.addEventListener("beforeprint", () => {
    navigator.sendBeacon("/seen/print", new URLSearchParams({ path: location.pathname, csrf: token }));
  });
}
