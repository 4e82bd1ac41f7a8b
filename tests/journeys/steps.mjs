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

/// Both ways in which pages are used: without the page's script, and with it. WARDMOTE_WAY=plain or
/// script walks in one of them, and WARDMOTE_QUICK=1 looks at no page closely: enough on a second
/// database, or while a journey is being written.
const way = process.env.WARDMOTE_WAY;
export const ways = way ? [way === "script"] : [false, true];
export const quick = process.env.WARDMOTE_QUICK === "1";
