// An existing plan of thirty actions is brought in from a spreadsheet: its columns are mended, what
// it leaves open is answered, two bad rows are looked at, the rest comes in, and is undone. Once
// without the page's script, once with it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { launch } from "./browser.mjs";
import { Client } from "./client.mjs";
import { Person } from "./person.mjs";
import { emptyPlace } from "./place.mjs";
import { engine, whyNot } from "./served.mjs";

/// As a council keeps it: titles, a blank row, a column of its own, two rows that cannot be read.
function plan() {
  const rows = [
    ["Oxford Safer Communities Partnership"],
    ["Rolling plan 2026-27, as agreed by the board"],
    [],
    ["Ref", "Action", "Who it is for", "Lead agency", "Start date", "Target date", "Cost",
      "Why partnership", "RAG"],
  ];
  for (let i = 1; i <= 30; i += 1) {
    const police = i % 3 === 0;
    rows.push([
      `${Math.ceil(i / 10)}.${((i - 1) % 10) + 1}`, `Action number ${i} of the plan`,
      "Whole community", police ? "TVP" : "Oxford City Council", "1 April 2026",
      i === 7 ? "when the money comes" : "31/03/2027", i % 2 ? `£${i},250` : "",
      i === 11 ? "" : "Members do together what none can do alone", "Green",
    ]);
  }
  const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(",")).join("\r\n");
}

for (const javascript of [false, true]) {
  const way = `${javascript ? "with" : "without"} the script, on ${engine}`;
  describe(`an existing plan brought in ${way}`, { skip: whyNot() ?? false }, () => {
    let place;
    let browser;
    let jane; // manager
    let imported; // the address of the import
    let broken = false;

    const step = (name, act) => test(name, async (context) => {
      if (broken) return context.skip("an earlier step failed");
      broken = true;
      await act();
      broken = false;
    });
    const actions = async () =>
      (await jane.fetch("/actions.csv")).body.toString().trimEnd().split("\r\n").length - 1;
    const file = (name, text) => {
      const made = path.join(place.folder, name);
      writeFileSync(made, text);
      return made;
    };

    before(async () => {
      place = await emptyPlace();
      browser = await launch();
      jane = new Person(browser, place.address, {
        name: "Jane Smithson", email: "jane.smithson@oxford.example",
        password: "walnut harbour pencil", javascript,
      });
      const ada = await new Client(place.address).setUp(place.setUpLink());
      for (const name of ["Oxford City Council", "Thames Valley Police"])
        await ada.add("/organisations", { name, kind: "other" });
      const person = await ada.add("/people", {
        name: jane.name, email: jane.email, role: "manager", job_title: "Community safety manager",
      });
      await ada.post(`${person}/invitation`);
      const letter = await place.mail.letter(jane.email, "Your account with");
      await jane.sitDown();
      await jane.accept(/http:\S+\/invitation\/\S+/.exec(letter)[0]);
    });
    after(async () => {
      await browser?.close();
      assert.equal(await place?.close(), 0, "the program ends calmly when it is told to");
    });

    step("the year of the plan and its priority are there first", async () => {
      await jane.go("/strategies/new");
      await jane.submit({ title: "Community safety strategy", first_year: "2026-27" });
      await jane.go("/plan-years/new");
      await jane.submit({ strategy: { label: "Community safety strategy" }, year: "2026-27" });
      await jane.go("/priorities/new");
      await jane.submit({
        plan_year: { label: "2026-27" }, number: "1", title: "Anti-social behaviour",
        limb_crime: "yes", limb_substances: "no", limb_reoffending: "no", limb_violence: "no",
      });
      await jane.see(/Anti-social behaviour is saved/);
    });

    step("the list of actions leads to it, and what is no spreadsheet is refused", async () => {
      await jane.go("/actions");
      await jane.press("Bring in a spreadsheet");
      assert.equal(await jane.heading(), "Bring in a spreadsheet");
      await jane.inspect("imports");
      await jane.press("Go on");
      await jane.see(/There is a problem[\s\S]*Choose a file/);
      await jane.submit({ file: file("photo.csv", "\0\0\0") }, "Go on");
      await jane.see(/not a spreadsheet or CSV file/);
      await jane.inspect("imports-mistakes");
    });

    step("the columns are guessed, and mended", async () => {
      await jane.submit({ file: file("plan.csv", plan()) }, "Go on");
      assert.equal(await jane.heading(), "What each column is");
      await jane.see(/30 rows below the headings in row 4/);
      const chosen = (column) => jane.main.locator(`[name="column-${column}"]`).inputValue();
      assert.equal(await chosen(1), "title");
      assert.equal(await chosen(3), "lead_organisation");
      assert.equal(await chosen(8), "", "a colour is no field of an action");
      await jane.inspect("imports-columns");
      await jane.submit({ "column-8": "title" }, "Go on");
      await jane.see(/There is a problem[\s\S]*cannot both be/);
      await jane.inspect("imports-columns-mistakes");
      await jane.submit({ "column-8": "" }, "Go on");
      imported = jane.path().replace("/gaps", "");
    });

    step("what the file leaves open is asked", async () => {
      assert.equal(await jane.heading(), "What the file leaves open");
      await jane.inspect("imports-gaps");
      await jane.press("Go on");
      await jane.see(/There is a problem[\s\S]*Select the priority it serves/);
      await jane.submit({
        priority: { label: "Anti-social behaviour" },
        "name-0": { label: "Thames Valley Police" },
      }, "Go on");
    });

    step("every row says what will happen, and nothing is written yet", async () => {
      assert.equal(await jane.heading(), "Check what will happen");
      await jane.see(/28 actions will be new and 2 rows cannot be brought in\./);
      await jane.inspect("imports-preview");
      await jane.press("Refused (2)");
      await jane.see(/“when the money comes”: Due must be a date/);
      await jane.see(/business as usual/);
      await jane.inspect("imports-refused");
      assert.equal(await actions(), 0);
      const csv = (await jane.fetch(`${imported}/refused.csv`)).body.toString();
      assert.equal(csv.trimEnd().split("\r\n").length, 3, "the headings and two rows");
    });

    step("the good rows come in, and the bad ones can be had again", async () => {
      await jane.press("Bring in 28 actions");
      await jane.see(/28 actions made, 0 changed, 2 rows refused\./);
      await jane.inspect("imports-done");
      assert.equal(await actions(), 28);
      const bad = (await jane.fetch(`${imported}/refused.csv`)).body.toString();
      const mended = bad.replace("when the money comes", "31 March 2027")
        .replace(",,Green", ",Members share it,Green");
      await jane.go("/actions/imports");
      await jane.submit({ file: file("mended.csv", mended) }, "Go on");
      await jane.press("Go on");
      await jane.submit({ priority: { label: "Anti-social behaviour" } }, "Go on");
      await jane.see(/2 actions will be new\./);
      await jane.press("Bring in 2 actions");
      assert.equal(await actions(), 30);
    });

    step("the same file with another date changes what is here", async () => {
      await jane.go("/actions/imports");
      await jane.submit({
        file: file("later.csv", plan().replaceAll("31/03/2027", "30/06/2027")),
      }, "Go on");
      await jane.press("Go on");
      await jane.submit({ priority: { label: "Anti-social behaviour" } }, "Go on");
      await jane.see(/29 actions will be changed and 1 row cannot be brought in\./);
      await jane.see(/Due: 30 June 2027, was 31 March 2027/);
      await jane.inspect("imports-preview-of-changes");
      await jane.press("Forget this file");
      await jane.see(/The file is forgotten/);
    });

    step("the first import is undone", async () => {
      await jane.go(imported);
      await jane.press("Undo this import");
      await jane.inspect("imports-undo");
      await jane.press("Undo this import");
      await jane.see(/Undone by Jane Smithson/);
      assert.equal(await actions(), 2);
      await jane.inspect("imports-undone");
      await jane.go("/actions/imports");
      await jane.see(/plan\.csv/);
      await jane.inspect("imports-past");
    });
  });
}
