// A running Wardmote for a journey: starts the program on a free port, stops it calmly at the end.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/// Why the journeys cannot run here, or null. WARDMOTE is the program, WARDMOTE_HOME a workspace.
export function whyNot() {
  if (!existsSync("/usr/bin/chromium")) return "skipped: /usr/bin/chromium is absent";
  if (!process.env.WARDMOTE) return "skipped: WARDMOTE does not name the program to test";
  if (!existsSync(process.env.WARDMOTE)) return `skipped: ${process.env.WARDMOTE} is absent`;
  if (!process.env.WARDMOTE_HOME) return "skipped: WARDMOTE_HOME does not name a workspace";
  return null;
}

/// Serves the workspace; gives its address and stop(), which resolves to the exit status.
export async function serve(home = process.env.WARDMOTE_HOME) {
  const program = spawn(process.env.WARDMOTE, ["serve", "--home", home, "--port", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => program.on("exit", (code) => resolve(code)));
  let said = "";
  const address = await new Promise((resolve, reject) => {
    const slow = setTimeout(() => reject(new Error(`not ready after 60 s: ${said}`)), 60_000);
    const listen = (bytes) => {
      said += bytes;
      const found = /http:\/\/[\d.]+:\d+/.exec(said);
      if (found) {
        clearTimeout(slow);
        resolve(found[0]);
      }
    };
    program.stdout.on("data", listen);
    program.stderr.on("data", listen);
    program.on("exit", () => {
      clearTimeout(slow);
      reject(new Error(`the program ended: ${said}`));
    });
  });
  return {
    address,
    log: () => said,
    stop: () => {
      program.kill("SIGTERM");
      return ended;
    },
  };
}
