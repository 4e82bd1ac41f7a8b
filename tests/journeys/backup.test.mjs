// A backup made while people work, restored into an empty place: the same in every part, the logs
// whole, and it serves.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { Client } from "./client.mjs";
import { command, emptyPlace, freshDatabase, freshFolder } from "./place.mjs";
import { engine, serve, whyNot } from "./served.mjs";

describe(`a backup on ${engine}`, { skip: whyNot() ?? false }, () => {
  let place;
  let folder;
  before(async () => {
    place = await emptyPlace();
    folder = freshFolder();
  });
  after(async () => {
    await place?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /// What a backup says of itself: its tables, and each part with its SHA-256.
  const manifest = (file) =>
    JSON.parse(execFileSync("unzip", ["-p", file, "manifest.json"], { encoding: "utf8" }));

  test("is made while people work, and restored it is equal and verifies", async () => {
    const ada = await new Client(place.address).setUp(place.setUpLink());
    const written = [];
    let working = true;
    const work = (async () => {
      while (working)
        written.push(await ada.add("/organisations",
          { name: `Organisation ${written.length + 1}`, kind: "other" }));
    })();
    while (written.length < 5) await pause(20);
    const before = [...written];
    const backup = path.join(folder, "backup.zip");
    command("backup", "--home", place.home, "--to", backup);
    working = false;
    await work;
    assert.ok(written.length > before.length, "people worked meanwhile");

    const home = path.join(folder, "restored");
    cpSync(path.join(place.home, "keys"), path.join(home, "keys"), { recursive: true });
    const database = freshDatabase(folder);
    command("restore", "--home", home, "--database", database, "--from", backup);
    const verified = command("audit", "verify", "--home", home, "--database", database);
    assert.match(verified, /nothing was changed or taken away/);

    // Backed up again, the restored place has the same parts with the same hashes.
    const again = path.join(folder, "again.zip");
    command("backup", "--home", home, "--database", database, "--to", again);
    const first = manifest(backup);
    const rows = (name) => first.tables.find((table) => table.name === name).rows;
    assert.ok(rows("organisation") >= before.length);
    assert.ok(rows("change_log") > before.length && rows("seen_log") > 0, "the logs are in it");
    assert.ok(first.parts.some(({ name }) => name === "tables/change_log.jsonl"));
    assert.deepEqual(manifest(again).tables, first.tables);
    assert.deepEqual(manifest(again).parts, first.parts);

    const site = await serve(home, { more: ["--database", database] });
    ada.address = site.address;
    for (const address of before) assert.equal((await ada.get(address)).status, 200, address);
    assert.equal(await site.stop(), 0);
  });
});
