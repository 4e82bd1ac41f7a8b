// A running Wardmote for a journey: starts the program on a free port, stops it calmly at the end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/// "postgresql" when the journey runs under pg_virtualenv, "sqlite" otherwise.
export const engine = process.env.WARDMOTE_TEST_DATABASE ?? "sqlite";

/// Why the journeys cannot run here, or null. WARDMOTE is the program.
export function whyNot() {
  if (!existsSync("/usr/bin/chromium")) return "skipped: /usr/bin/chromium is absent";
  if (!process.env.WARDMOTE) return "skipped: WARDMOTE does not name the program to test";
  if (!existsSync(process.env.WARDMOTE)) return `skipped: ${process.env.WARDMOTE} is absent`;
  return null;
}

/// The same for journeys through the example, which WARDMOTE_HOME names.
export function whyNoExample() {
  if (!process.env.WARDMOTE_HOME) return "skipped: WARDMOTE_HOME does not name a workspace";
  return whyNot();
}

/// A port that nobody has: for a site whose messages say where it is, before it is there.
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/// Serves the workspace; gives its address and stop(), which resolves to the exit status.
export async function serve(home = process.env.WARDMOTE_HOME, { port = 0, more = [] } = {}) {
  const program = spawn(
    process.env.WARDMOTE, ["serve", "--home", home, "--port", String(port), ...more],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  process.on("exit", () => program.kill("SIGKILL")); // a journey that fails on its way
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
    /// As when the machine loses its power.
    kill: () => {
      program.kill("SIGKILL");
      return ended;
    },
  };
}
