// Signing in with an account kept elsewhere: a real, certified OpenID provider on this machine.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { inspectEverywhere, launch, open } from "./browser.mjs";
import { Client } from "./client.mjs";
import { emptyPlace, freshFolder } from "./place.mjs";
import { freePort, root, whyNot } from "./served.mjs";

describe("an account kept elsewhere", { skip: whyNot() ?? false }, () => {
  let place;
  let browser;
  let provider;
  const folder = freshFolder();

  before(async () => {
    const port = await freePort();
    const secret = path.join(folder, "secret");
    writeFileSync(secret, "half a secret & a sign\n");
    place = await emptyPlace({
      settings: () => `
[openid]
issuer = "http://127.0.0.1:${port}"
client_id = "wardmote"
client_secret_file = "${secret}"
words = "your council account"
`,
    });
    provider = spawn(process.execPath, [path.join(root, "tests/openid/provider.mjs"), String(port),
      "wardmote", `${place.address}/sign-in/openid/return`], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => provider.stdout.once("data", resolve));
    browser = await launch();
  });
  after(async () => {
    provider?.kill();
    await browser?.close();
    await place?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("whoever has no account here is told so, and whoever has one is let in", async () => {
    const administrator = await new Client(place.address).setUp(place.setUpLink());
    const page = await open(browser, { javascript: true });
    await page.goto(`${place.address}/documents`);
    const button = page.getByRole("button", { name: "Sign in with your council account" });
    await inspectEverywhere(page, "openid-sign-in");
    await button.click();
    await page.waitForURL(/\/sign-in\/openid\/return/);
    assert.equal(await page.locator("h1").innerText(), "You are not signed in");
    await inspectEverywhere(page, "openid-refused");

    // The provider knows her by this address.
    await administrator.add("/people", {
      name: "Jane Smithson", email: "jane.smithson@oxford.example", role: "manager",
    });
    await page.goto(`${place.address}/documents`);
    await button.click();
    await page.waitForURL(`${place.address}/documents`);
    assert.match(await page.locator("header").innerText(), /Jane Smithson/);
    await page.goto(`${place.address}/account`);
    await inspectEverywhere(page, "openid-account");
  });

  test("an answer that this browser did not ask for opens nothing", async () => {
    const stranger = new Client(place.address);
    const answer = await stranger.get("/sign-in/openid/return?code=stolen&state=guessed");
    assert.equal(answer.status, 422);
    assert.equal(stranger.cookies.has("session"), false);
  });
});
