// A journey of several steps.
import { test } from "node:test";

/// Gives step(name, act), of which each stands on those before it: once one fails, the rest are
/// skipped.
export function inOrder() {
  let broken = false;
  return (name, act) => test(name, async (context) => {
    if (broken) return context.skip("an earlier step failed");
    broken = true;
    await act();
    broken = false;
  });
}

/// Both ways in which pages are used: without the page's script, and with it. While a journey is
/// being written WARDMOTE_WAY=plain or script walks it in one, and WARDMOTE_QUICK=1 looks at no page
/// closely.
const way = process.env.WARDMOTE_WAY;
export const ways = way ? [way === "script"] : [false, true];
export const quick = process.env.WARDMOTE_QUICK === "1";
