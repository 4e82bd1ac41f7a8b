// Meetings and duties: a manager plans the year, builds an agenda and a board pack, records who
// came and what was decided, and keeps the proof of what the law asks. Once without the page's
// script, once with it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { inDays, typed } from "./dates.mjs";
import { openOffice } from "./office.mjs";
import { bookmarksOf, readPages, writePaper } from "./papers.mjs";
import { engine, whyNot } from "./served.mjs";
import { inOrder, ways } from "./steps.mjs";

const themes = ["Alcohol and the night-time economy", "Mental health", "", "Exploitation"];

for (const javascript of ways) {
  const way = `${javascript ? "with" : "without"} the script, on ${engine}`;
  describe(`meetings and duties ${way}`, { skip: whyNot() ?? false }, () => {
    let office;
    let jane; // manager
    let meeting; // the first of the year
    const step = inOrder();

    before(async () => {
      office = await openOffice(javascript, ["jane"]);
      jane = office.jane;
    });
    after(async () => assert.equal(await office?.close(), 0));

    step("an empty list of meetings says what to do first", async () => {
      await jane.go("/meetings");
      await jane.inspect("meetings-empty");
      await jane.press("Plan the year’s meetings");
      assert.equal(jane.path(), "/meetings/year");
      await jane.inspect("meetings-year");
    });

    step("the year's four meetings are planned with their themes", async () => {
      await jane.submit({ "1-theme": themes[0] }, "Plan these meetings");
      await jane.see(/There is a problem/);
      await jane.inspect("meetings-year-mistakes");
      const values = {};
      themes.forEach((theme, at) => Object.assign(values,
        typed(`${at + 1}-starts`, inDays(60 + 90 * at), "2pm"),
        { [`${at + 1}-venue`]: "Town Hall", [`${at + 1}-theme`]: theme }));
      await jane.submit(values, "Plan these meetings");
      await jane.see(/4 meetings are planned/);
      assert.equal(await jane.main.locator("tbody tr").count(), 4);
      await jane.see(/Mental health/);
      await jane.inspect("meetings");
      await jane.press(`Board, ${inDays(60).monthWords}`);
      meeting = jane.path();
      await jane.inspect("meeting-planned");
    });

    step("the agenda is built, in the order that is wanted", async () => {
      const add = async (values) => {
        await jane.unfold("Add an item to the agenda");
        await jane.submit(values, "Add this item");
        await jane.see(/The item is on the agenda/);
      };
      await add({ title: themes[0], kind: "theme", minutes_allotted: "60", presenter: "Police" });
      await add({ title: "How the plan stands", kind: "decision", minutes_allotted: "20" });
      const second = jane.main.locator("tbody tr").nth(1);
      await second.getByRole("button", { name: /^Up/ }).click();
      await jane.see(/How the plan stands[^]*Alcohol and the night-time economy/);
      await jane.unfold("Add an item to the agenda");
      await jane.submit({ presenter: "Dora Lane" }, "Add this item");
      await jane.see(/Enter the title/);
      assert.equal(await jane.main.locator("[name=presenter]").inputValue(), "Dora Lane");
    });

    step("papers that come in time are not marked; what is no PDF is refused", async () => {
      const note = path.join(office.place.folder, "note.txt");
      writeFileSync(note, "No paper.\n");
      await jane.go(meeting);
      await jane.unfold("Add a paper to an item");
      await jane.submit({ paper_title: "A note", file: note }, "Add this paper");
      await jane.see(/A paper is a PDF/);
      const paper = writePaper(path.join(office.place.folder, "plan.pdf"), "Plan", 3);
      await jane.submit({
        item: { label: "How the plan stands" }, paper_title: "Progress of the plan", file: paper,
      }, "Add this paper");
      await jane.see(/The paper is added/);
      assert.doesNotMatch(await jane.words(), /Late: supplement/);
    });

    step("after the deadline a paper is a late supplement, and says so", async () => {
      // The meeting is brought forward: it is tomorrow, and its papers were due days ago.
      await jane.go(`${meeting}/edit`);
      await jane.inspect("meeting-edit");
      await jane.submit({ ...typed("starts", inDays(1), "10am"), quorum: "2", chair: office.ids.dora });
      const paper = writePaper(path.join(office.place.folder, "night.pdf"), "Night", 2);
      await jane.unfold("Add a paper to an item");
      await jane.submit({ item: { label: themes[0] }, paper_title: "Nights in figures", file: paper },
        "Add this paper");
      await jane.see(/The paper is added, and marked late/);
      await jane.see(/Nights in figures[^]*Late: supplement 1/);
      await jane.inspect("meeting-papers");
    });

    step("the board pack is one PDF, whose pages are those named on the screen", async () => {
      await jane.press("Make the board pack");
      await jane.see(/The pack is being made/);
      for (let tries = 0; tries < 120 && !/Edition 1 \(PDF\)/.test(await jane.words()); tries += 1) {
        await pause(250);
        await jane.go(meeting);
      }
      const words = await jane.words();
      const [, all] = /Edition 1 \(PDF\), (\d+) pages/.exec(words);
      const link = jane.main.getByRole("link", { name: "Edition 1 (PDF)" });
      const { status, headers, body } = await jane.fetch(await link.getAttribute("href"));
      assert.equal(status, 200);
      assert.match(headers["content-type"], /^application\/pdf/);
      const file = path.join(office.place.folder, "pack.pdf");
      writeFileSync(file, body);
      const pages = readPages(file);
      assert.equal(pages.length, Number(all), "as many pages as the screen says");
      pages.forEach((text, at) => assert.ok(text.includes(`Page ${at + 1} of ${all}`), text));
      const marks = [["Agenda and index", 1]];
      for (const [title, begins, of] of [["Progress of the plan", "Plan", 3],
        ["Nights in figures", "Night", 2]]) {
        const page = Number(new RegExp(`${title}, page (\\d+)`).exec(words)[1]);
        for (let each = 1; each <= of; each += 1)
          assert.ok(pages[page + each - 2].includes(`${begins}, page ${each}`), title);
        const index = new RegExp(`${title}(?: \\(late\\))?\\s+${page}$`, "m");
        assert.match(pages[0], index, "the printed index names the same page");
        marks.push([title, page]);
      }
      assert.deepEqual(bookmarksOf(file), marks);
      assert.match(pages[0], /Nights in figures \(late\)/);
      await jane.inspect("meeting-pack");
    });

    step("who came is recorded, with seniority and quorum", async () => {
      await jane.press("Send the papers out");
      await jane.see(/The meeting is now: Papers out/);
      await jane.see(/A meeting that has not begun cannot have been held/);
      await jane.go(`${meeting}/edit`);
      await jane.submit(typed("starts", inDays(-1), "10am"));
      await jane.press("Record who came");
      await jane.inspect("attendance");
      await jane.submit({
        [`came-${office.ids.dora}`]: "present", [`came-${office.ids.jane}`]: "present",
        [`came-${office.ids.finn}`]: "substitute", [`came-${office.ids.pat}`]: "apologies",
      }, "Record who came");
      await jane.see(/Dora Lane\s+Oxford City Council\s+Director of Communities\s+Senior\s+Present/);
      await jane.see(/Finn Ashby\s+Thames Valley Police\s+Inspector\s+Present as a substitute/);
      await jane.see(/2 organisations were there, and the quorum is 2: the meeting was quorate/);
      await jane.see(/Nobody in a senior position was there of .*Thames Valley Police/);
    });

    step("minutes, a decision and an action are kept", async () => {
      await jane.press("It was held");
      await jane.press("How the plan stands");
      await jane.press("Edit");
      await jane.submit({ minutes: "The board went through the plan." });
      await jane.go(meeting);
      await jane.see(/The board went through the plan\./);
      await jane.press("Record a decision");
      await jane.inspect("decision-new");
      await jane.submit({ words: "Street drinking comes first in the summer." });
      await jane.go(meeting);
      await jane.see(/1\. Street drinking comes first in the summer\./);
      await jane.press("Record an action");
      await jane.submit({
        words: "Bring figures of ambulance calls", owner: office.ids.finn,
        ...typed("due", inDays(20)),
      });
      await jane.go(meeting);
      await jane.see(/Bring figures of ambulance calls\s+Finn Ashby/);
      await jane.press("Approve the minutes");
      await jane.see(/Minutes approved/);
      await jane.inspect("meeting-minuted");
    });

    step("an open action comes back at the next meeting until it is done", async () => {
      await jane.go("/meetings");
      await jane.press(`Board, ${inDays(150).monthWords}`);
      const next = jane.path();
      await jane.see(/Carried forward from earlier meetings[^]*Bring figures of ambulance calls/);
      await jane.inspect("meeting-carried");
      await jane.press("Bring figures of ambulance calls");
      await jane.press("Edit");
      await jane.submit({ ...typed("done_on", inDays(0)), outcome: "They were brought." });
      await jane.go(next);
      assert.doesNotMatch(await jane.words(), /Carried forward/);
    });

    step("a meeting that falls away says why", async () => {
      await jane.unfold("Cancel this meeting");
      await jane.press("Cancel this meeting");
      await jane.see(/There is a problem/);
      await jane.submit({ reason: "The election is on that day" }, "Cancel this meeting");
      await jane.see(/The election is on that day/);
      await jane.go("/meetings?state=cancelled");
      assert.equal(await jane.main.locator("tbody tr").count(), 1);
    });

    /// What the tracker says of a duty, as one line.
    const duty = async (words) => {
      await jane.go("/duties");
      const row = jane.main.locator("tbody tr", { hasText: words });
      return (await row.innerText()).replaceAll(/\s+/g, " ");
    };
    const summary = "A summary of the plan is published in the area";

    step("a duty is open until something in the records proves it", async () => {
      assert.match(await duty(summary), /Overdue .*No dated document of this kind is in the library/);
      await jane.inspect("duties");
      await jane.go("/documents/new");
      await jane.submit({
        title: "Our plan in four pages", kind: "plan_summary", marking: "OFFICIAL",
        ...typed("dated_on", inDays(0)), restricted: "no",
      });
      assert.match(await duty(summary), /Met .*Our plan in four pages/);
    });

    step("taken away, the duty falls open; restored, it is met", async () => {
      await jane.press("Our plan in four pages");
      const proof = jane.path();
      await jane.press("Remove");
      await jane.press("Remove this document");
      assert.match(await duty(summary), /Overdue .*No dated document of this kind/);
      await jane.go(proof);
      await jane.press("Restore");
      assert.match(await duty(summary), /Met .*Our plan in four pages/);
      await jane.inspect("duties-met");
    });
  });
}
