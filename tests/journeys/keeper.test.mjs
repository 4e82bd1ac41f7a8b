// The record keeper from an empty database: a partnership is set up, people are let in, two of them
// change the same document, and each step is looked at. Once without the page's script, once with
// it; on SQLite, or under pg_virtualenv on PostgreSQL.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { launch } from "./browser.mjs";
import { Person } from "./person.mjs";
import { emptyPlace } from "./place.mjs";
import { engine, whyNot } from "./served.mjs";
import { inOrder } from "./steps.mjs";

const authorities = [
  ["Oxford City Council", "district_council"],
  ["Oxfordshire County Council", "county_council"],
  ["Thames Valley Police", "police"],
  ["Oxfordshire Fire and Rescue Authority", "fire_and_rescue"],
  ["The Probation Service, Thames Valley", "probation"],
  ["NHS Thames Valley Integrated Care Board", "integrated_care_board"],
];

for (const javascript of [false, true]) {
  const way = `${javascript ? "with" : "without"} the script, on ${engine}`;
  describe(`the keeper ${way}`, { skip: whyNot() ?? false }, () => {
    let place;
    let browser;
    let ada; // who sets it up
    let jane; // manager
    let amir; // officer
    const step = inOrder();
    const somebody = (name, email, password) =>
      new Person(browser, place.address, { name, email, password, javascript });

    before(async () => {
      place = await emptyPlace();
      browser = await launch();
      ada = somebody("Ada Field", "ada.field@oxford.example", "otter lantern gravel");
      jane = somebody("Jane Smithson", "jane.smithson@oxford.example", "walnut harbour pencil");
      amir = somebody("Amir Khan", "amir.khan@oxford.example", "thistle copper window");
    });
    after(async () => {
      await browser?.close();
      assert.equal(await place?.close(), 0, "the program ends calmly when it is told to");
    });

    step("nobody signs in before it is set up", async () => {
      await ada.sitDown();
      await ada.go("/");
      await ada.see(/Not set up yet/);
      await ada.inspect("not-set-up");
      const answer = await ada.fetch("/set-up?token=a-guess");
      assert.equal(answer.status, 404);
    });

    step("the printed link makes the partnership and its administrator", async () => {
      await ada.go(place.setUpLink());
      await ada.inspect("set-up");
      await ada.submit({ name: "", password: "short", again: "shorter" }, "Go on");
      await ada.see(/There is a problem/);
      await ada.inspect("set-up-mistakes");
      await ada.submit({
        name: "The Oxford Safer Communities Partnership", place: "Oxford",
        administrator_name: ada.name, administrator_email: ada.email,
        password: ada.password, again: ada.password,
      }, "Go on");
      await ada.enrol();
      assert.equal(ada.path(), "/");
      assert.equal((await ada.fetch("/set-up?token=again")).status, 404);
      assert.equal(
        (await ada.fetch(new URL(place.setUpLink()).pathname + new URL(place.setUpLink()).search))
          .status, 404, "the link worked once");
    });

    step("the home page says what to do first", async () => {
      await ada.see(/Add the responsible authorities/);
      await ada.inspect("home-first");
      await ada.press("Add the responsible authorities");
      await ada.see(/Six kinds .* are missing/);
      await ada.inspect("partnership-empty");
    });

    step("the six responsible authorities are added", async () => {
      await ada.go("/organisations");
      await ada.inspect("organisations-empty");
      await ada.go("/partnership/authorities/new");
      await ada.inspect("authority-new");
      await ada.press("Save");
      await ada.see(/There is a problem/);
      await ada.inspect("authority-mistakes");
      for (const [name, kind] of authorities) {
        await ada.go("/partnership/authorities/new");
        await ada.submit({ name, kind });
        await ada.see(new RegExp(`${name} is a responsible authority`));
      }
      await ada.see(/Every kind that section 5 .* is here/);
      await ada.inspect("partnership");
      await ada.go("/members");
      assert.equal(await ada.main.locator("tbody tr").count(), authorities.length);
      await ada.inspect("members");
    });

    step("two people are added and invited", async () => {
      await ada.go("/people");
      await ada.inspect("people");
      for (const [who, role, job] of [[jane, "manager", "Community safety manager"],
        [amir, "officer", "Community safety officer"]]) {
        await ada.go("/people/new");
        if (who === jane) await ada.inspect("person-new");
        await ada.submit({ name: who.name, email: who.email, role, job_title: job });
        who.address_ = ada.path();
        await ada.press("Send an invitation");
        await ada.see(new RegExp(`An invitation is on its way to ${who.email}`));
      }
      await ada.inspect("person-invited");
    });

    step("both open their letter, choose a password and set up their app", async () => {
      for (const who of [jane, amir]) {
        const letter = await place.mail.letter(who.email, "Your account with");
        assert.match(letter, /The Oxford Safer Communities Partnership/);
        who.invitation = /http:\S+\/invitation\/\S+/.exec(letter)[0];
        await who.sitDown();
        await who.accept(who.invitation);
        assert.equal(who.path(), "/");
      }
      await jane.inspect("home-of-a-manager");
      await jane.go(jane.invitation);
      await jane.see(/This link can no longer be used/);
      await jane.inspect("link-used");
    });

    step("they sign in with password and code", async () => {
      await jane.go("/");
      await jane.signOut();
      await jane.inspect("signed-out");
      await jane.go("/documents");
      await jane.see(/Sign in to see that page/);
      await jane.submit({ email: jane.email, password: "not the password" }, "Go on");
      await jane.see(/There is a problem/);
      await jane.inspect("sign-in-refused");
      await jane.submit({ email: jane.email, password: jane.password }, "Go on");
      await jane.inspect("code");
      await jane.submit({ code: jane.recoveryCodes.shift() }, "Sign in");
      assert.equal(jane.path(), "/documents");
    });

    step("a document is added and has two versions", async () => {
      await jane.inspect("documents-empty");
      await jane.press("Add a document");
      await jane.inspect("document-new");
      await jane.press("Save");
      await jane.see(/There is a problem/);
      await jane.inspect("document-mistakes");
      await jane.submit({
        title: "Terms of reference", kind: "terms_of_reference", marking: "OFFICIAL",
        "review_on-day": "1", "review_on-month": "4", "review_on-year": "2027",
        about: "What the partnership is for.", restricted: "no",
      });
      jane.document = jane.path();
      for (const [number, note] of [[1, "First"], [2, "Quorum raised to five"]]) {
        const file = path.join(place.folder, `terms-${number}.txt`);
        writeFileSync(file, `Terms of reference, version ${number}\n`);
        await jane.submit({ file, note }, "Add this version");
        await jane.see(new RegExp(`Version ${number} is added: terms-${number}.txt`));
      }
      await jane.inspect("document");
      for (const number of [1, 2]) {
        const { status, headers, body } = await jane.fetch(`${jane.document}/versions/${number}`);
        assert.equal(status, 200);
        assert.match(headers["content-disposition"], /^attachment/);
        assert.equal(body.toString(), `Terms of reference, version ${number}\n`);
      }
    });

    step("who changes what another has open is shown it, and nothing is lost", async () => {
      await amir.go(`${jane.document}/edit`);
      await amir.inspect("document-edit");
      await jane.go(`${jane.document}/edit`);
      await jane.submit({ title: "Terms of reference 2026", about: "What it does, and how." });
      await jane.see(/Terms of reference 2026 is saved/);

      await amir.submit({ about: "What it is for, and who sits on it.", kind: "protocol" });
      await amir.see(/Jane Smithson changed this document while you had it open/);
      await amir.see(/What it does, and how\./);
      const value = (name) => amir.main.locator(`form[method=post] [name="${name}"]`).first();
      assert.equal(await value("title").inputValue(), "Terms of reference 2026", "hers is kept");
      assert.equal(await value("about").inputValue(), "What it is for, and who sits on it.");
      assert.equal(await value("kind").inputValue(), "protocol", "his is kept");
      await amir.inspect("clash");
      await amir.submit({ about: "What it does, and how; and who sits on it." });
      await amir.see(/Terms of reference 2026/);
      await amir.see(/What it does, and how; and who sits on it\./);
      await amir.see(/Protocol or agreement/);
    });

    step("the history shows both, and who has looked is a page", async () => {
      await jane.go(`${jane.document}/history`);
      await jane.see(/Amir Khan/);
      await jane.see(/What it is for, and who sits on it|and who sits on it/);
      await jane.see(/Terms of reference 2026/);
      await jane.inspect("history");
      await jane.go(`${jane.document}/seen`);
      await jane.see(/Amir Khan/);
      await jane.see(/Jane Smithson/);
      await jane.inspect("who-has-looked");
    });

    step("a restricted document does not exist for others", async () => {
      await amir.go("/documents/new");
      await amir.submit({
        title: "Zebra protocol", kind: "protocol", marking: "OFFICIAL-SENSITIVE",
        about: "Known to few.", restricted: "yes",
      });
      const secret = amir.path();
      await amir.see(/OFFICIAL-SENSITIVE/);
      await amir.inspect("document-restricted");
      await amir.go(`${secret}/access`);
      await amir.see(/Amir Khan/);
      await amir.inspect("access-list");

      await jane.go("/documents");
      await jane.see(/1 document/);
      assert.equal((await jane.words()).includes("Zebra"), false, "not in the list");
      for (const part of ["", "/history", "/seen", "/edit", "/access"])
        assert.equal((await jane.fetch(secret + part)).status, 404, `${part} is not there`);
      await jane.go("/search?q=zebra");
      await jane.see(/Nothing that you may see has these words/);
      await jane.inspect("search-nothing");
      const csv = await jane.fetch("/documents.csv");
      assert.equal(csv.body.toString().includes("Zebra"), false, "not in the file");

      await amir.go("/search?q=zebra");
      await amir.see(/1 result/);
      await amir.go(`${secret}/access`);
      await amir.main.locator("select[name=person]").selectOption({ label: jane.name });
      await amir.press("Put on the list");
      await jane.go(secret);
      assert.equal(await jane.heading(), "Zebra protocol");
    });

    step("words are found, and a list is downloaded as it is shown", async () => {
      await jane.go("/search?q=terms");
      await jane.see(/Terms of reference 2026/);
      await jane.inspect("search");
      await jane.go("/organisations?kind=police");
      await jane.see(/Thames Valley Police/);
      assert.equal(await jane.main.locator("tbody tr").count(), 1);
      await jane.inspect("organisations-filtered");
      const link = jane.main.locator('a[href*=".csv"]').first();
      const csv = await jane.fetch(await link.getAttribute("href"));
      assert.equal(csv.status, 200);
      assert.match(csv.headers["content-type"], /^text\/csv/);
      const lines = csv.body.toString().trimEnd().split("\r\n");
      assert.equal(lines.length, 2, "the heading and the police");
      assert.match(lines[1], /Thames Valley Police/);
      const json = JSON.parse((await jane.fetch("/organisations.json?kind=police")).body);
      assert.match(JSON.stringify(json), /Thames Valley Police/);
      await jane.go("/organisations?kind=university");
      await jane.see(/No organisations fit/);
      await jane.inspect("organisations-none-fit");
      await jane.go("/organisations");
      await jane.inspect("organisations");
      await jane.press("Thames Valley Police");
      await jane.inspect("organisation");
    });

    step("a record is removed and restored", async () => {
      await jane.press("Remove");
      await jane.inspect("removal");
      await jane.press("Remove this organisation");
      await jane.see(/Thames Valley Police is removed/);
      await jane.go("/organisations?removed=1");
      await jane.press("Thames Valley Police");
      await jane.inspect("removed");
      await jane.press("Restore");
      await jane.see(/Thames Valley Police is restored/);
    });

    step("a form that comes after its session has ended is kept", async () => {
      // Jane at a second browser; she ends that session from the first.
      const other = somebody(jane.name, jane.email, jane.password);
      other.recoveryCodes = jane.recoveryCodes;
      await other.sitDown();
      await other.signIn({ recovery: true, then: `${jane.document}/edit` });
      await other.fill({ about: "Typed before the session ended." });

      await jane.go("/account");
      await jane.inspect("account");
      await jane.press("Sign it out");
      await jane.see(/That browser is signed out/);

      await other.press("Save");
      await other.see(/You were signed out meanwhile/);
      await other.inspect("signed-out-meanwhile");
      await other.submit({ email: other.email, password: other.password }, "Go on");
      await other.submit({ code: other.recoveryCodes.shift() }, "Sign in");
      await other.see(/You are signed in again/);
      await other.inspect("signed-in-again");
      await other.press("Send it");
      await other.see(/Typed before the session ended\./);
      await other.leave();
      jane.recoveryCodes = other.recoveryCodes;
    });

    if (javascript) {
      step("the keys: ? shows them, / searches, j and k walk the rows", async () => {
        const { page } = jane;
        await jane.go("/organisations");
        await page.keyboard.press("?");
        assert.ok(await page.locator("#app-keys").isVisible());
        await jane.inspect("keys-dialog");
        await page.keyboard.press("Escape");
        await page.keyboard.press("/");
        assert.equal(await page.evaluate(() => document.activeElement.id), "site-search");
        await page.evaluate(() => document.activeElement.blur());
        await page.keyboard.press("j");
        const first = await page.evaluate(() => document.activeElement.textContent);
        await page.keyboard.press("j");
        const second = await page.evaluate(() => document.activeElement.textContent);
        assert.notEqual(first, second);
        await page.keyboard.press("k");
        assert.equal(await page.evaluate(() => document.activeElement.textContent), first);
        await Promise.all([page.waitForURL(/\/partnership$/),
          page.keyboard.press("g").then(() => page.keyboard.press("p"))]);
      });

      step("a draft survives an ended session", async () => {
        const other = somebody(jane.name, jane.email, jane.password);
        other.recoveryCodes = jane.recoveryCodes;
        await other.sitDown();
        await other.signIn({ recovery: true, then: `${jane.document}/edit` });
        await other.main.locator('[name="about"]').pressSequentially(" And more.");
        await jane.go("/account");
        await jane.press("Sign it out");
        await other.page.reload();
        await other.see(/Sign in to see that page/);
        await other.signIn({ recovery: true });
        assert.equal(other.path(), `${jane.document}/edit`);
        await other.see(/What you typed here on .* has been put back/);
        assert.match(await other.main.locator('[name="about"]').inputValue(), /And more\./);
        await other.inspect("draft");
        await other.leave();
      });

      step("the page warns before the session ends, and can keep it", async () => {
        const { page } = jane;
        await page.clock.install();
        await jane.go("/partnership");
        await page.clock.fastForward("28:30");
        await page.locator("#app-timeout").waitFor({ state: "visible" });
        await jane.inspect("time-out");
        await page.getByRole("button", { name: "Stay signed in" }).click();
        await page.locator("#app-timeout").waitFor({ state: "hidden" });
      });

      step("what is printed is noted", async () => {
        await amir.go(jane.document);
        const noted = amir.page.waitForResponse(/\/seen\/print$/);
        await amir.page.pdf();
        assert.equal((await noted).status(), 204);
        await amir.go("/account/looked");
        await amir.see(/Printed/);
        await jane.go(`${jane.document}/seen`);
        await jane.see(/Amir Khan\s+Printed/);
      });
    }

    step("the account, the keys and what one has looked at are pages", async () => {
      for (const [name, address] of [["keys", "/keys"], ["looked", "/account/looked"],
        ["change-password", "/account/password"], ["change-name", "/account/name"],
        ["new-codes", "/account/recovery-codes"]]) {
        await amir.go(address);
        await amir.inspect(name);
      }
      await amir.go("/account/recovery-codes");
      await amir.submit({ current: amir.password }, "Make new codes");
      assert.equal(await amir.main.locator(".app-codes li").count(), 10);
    });

    step("the administrator's pages", async () => {
      for (const [name, address] of [["administration", "/administration"],
        ["access-review", "/administration/access"], ["audit", "/administration/audit"],
        ["jobs", "/administration/jobs"], ["settings", "/administration/settings"],
        ["person", amir.address_]]) {
        await ada.go(address);
        await ada.inspect(name);
      }
      await ada.go("/administration/audit");
      await ada.press("Verify both logs now");
      for (let tries = 0; tries < 100; tries += 1) {
        await ada.go("/administration/audit");
        if (/Nothing was changed or taken away/.test(await ada.words())) break;
        await pause(100);
      }
      await ada.see(/Nothing was changed or taken away/);
      await ada.inspect("audit-verified");
    });

    step("a door that is shut says so", async () => {
      await amir.go("/administration");
      assert.match(await amir.words(), /Your role does not open this page/);
      await amir.inspect("not-allowed");
      await amir.go("/documents/no-such-document");
      await amir.inspect("no-such-document");
    });

    step("whoever guesses a password has to wait, then to stop", async () => {
      await amir.go("/");
      await amir.signOut();
      const said = [];
      for (let guess = 0; guess < 7; guess += 1) {
        await amir.submit({ email: amir.email, password: `guess number ${guess}` }, "Go on");
        said.push(await amir.main.locator(".govuk-error-summary").innerText());
      }
      assert.match(said.at(-1), /Wait \d+ seconds?, then try again/);
      assert.doesNotMatch(said[0], /Wait/);
      await amir.inspect("sign-in-wait");
    });

    step("a forgotten password is chosen anew by a letter", async () => {
      await amir.go("/reset");
      await amir.inspect("reset");
      await amir.submit({ email: amir.email }, "Send the link");
      await amir.inspect("reset-sent");
      const letter = await place.mail.letter(amir.email, "Choose a new password");
      await amir.go(/http:\S+\/reset\/\S+/.exec(letter)[0]);
      amir.password = "granite sparrow kettle";
      await amir.submit({ password: amir.password, again: amir.password }, "Go on");
      await amir.submit({ code: await amir.app.code() }, "Sign in");
      assert.equal(amir.path(), "/");
      await amir.signOut();
    });
  });
}
