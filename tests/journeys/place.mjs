// An empty place of its own for a journey: a workspace, a database that nobody has used, a real
// mail server, and the program serving them.
import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { engine, freePort, root, serve } from "./served.mjs";

let databases = 0;

/// The address of an empty database; SQLite's is a file in `folder`.
export function freshDatabase(folder) {
  databases += 1;
  if (engine === "sqlite") return `sqlite:${folder}/records-${databases}.sqlite`;
  const { PGUSER, PGPASSWORD, PGHOST, PGPORT } = process.env;
  const name = `wardmote_${process.pid}_${databases}`;
  execFileSync("createdb", [name]);
  return `postgresql://${PGUSER}:${PGPASSWORD}@${PGHOST}:${PGPORT}/${name}?sslmode=disable`;
}

export function freshFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "wardmote-journey-"));
  chmodSync(folder, 0o755); // the mail server has another user
  return folder;
}

/// Runs a command of the program to its end; gives what it said. Throws when it fails.
export function command(...words) {
  return execFileSync(process.env.WARDMOTE, words, { encoding: "utf8" });
}

async function answers(port) {
  for (let tries = 0; tries < 100; tries += 1) {
    const there = await new Promise((resolve) => {
      const socket = createConnection(port, "127.0.0.1");
      socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (there) return;
    await pause(100);
  }
  throw new Error(`nothing answers on port ${port}`);
}

/// What a letter says, its transfer encoding taken off.
function decoded(letter) {
  const end = letter.indexOf("\n\n");
  const head = letter.slice(0, end);
  const body = letter.slice(end + 2);
  if (/^content-transfer-encoding: base64/im.test(head))
    return Buffer.from(body, "base64").toString();
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body;
  const bytes = body.replace(/=\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

/// A mail server that takes what is sent to oxford.example.
async function mailServer(folder) {
  const port = await freePort();
  const program = spawn(path.join(root, "tests/mail/smtp_server"), [folder, String(port)],
    { stdio: "ignore" });
  program.unref(); // a journey that fails on its way must not wait for it
  process.on("exit", () => program.kill("SIGTERM"));
  await answers(port);
  const kept = path.join(folder, "Maildir/new");
  const letters = () => {
    try {
      return readdirSync(kept).sort()
        .map((name) => readFileSync(path.join(kept, name), "utf8").replaceAll("\r\n", "\n"));
    } catch {
      return []; // before the first
    }
  };
  return {
    port,
    count: () => letters().length,
    /// The text of the one letter to this address that has these words, once it has come. A subject
    /// has them only while it is plain ASCII.
    async letter(to, subject) {
      for (let tries = 0; tries < 300; tries += 1) {
        const fitting = letters().filter((letter) =>
          new RegExp(`^to:.*${to}`, "im").test(letter) &&
          (letter + decoded(letter)).includes(subject));
        if (fitting.length > 1) throw new Error(`${fitting.length} letters to ${to}: ${subject}`);
        if (fitting.length === 1) return decoded(fitting[0]);
        await pause(100);
      }
      throw new Error(`no letter to ${to}: ${subject}`);
    },
    stop: () => program.kill("SIGTERM"),
  };
}

/// The place, with the program serving it. `settings` is more TOML for the workspace.
export async function emptyPlace({ settings = () => "", name = "The Oxford Safer Communities" } = {}) {
  const folder = freshFolder();
  const home = path.join(folder, "home");
  const database = freshDatabase(folder);
  const mail = await mailServer(path.join(folder, "mail"));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  command("new", "--home", home, "--name", name, "--area", "E07000178", "--place", "Oxford");
  appendFileSync(path.join(home, "wardmote.toml"), `
[site]
url = "${address}"

[database]
address = "${database}"

[mail]
url = "smtp://127.0.0.1:${mail.port}"
from = "partnership@oxford.example"
allow_plain = true
${settings(address)}`);
  const site = await serve(home, { port });
  return {
    folder, home, database, mail, site, address,
    /// What the program printed for whoever sets the partnership up.
    setUpLink: () => /http:\S+\/set-up\?token=\S+/.exec(site.log())[0],
    async close() {
      mail.stop();
      const status = await site.stop();
      rmSync(folder, { recursive: true, force: true });
      return status;
    },
  };
}
