// The money: a grant whose return is already filled, which finance checks; money that moves only
// with its funder's consent; and what a cut takes. Once without the page's script, once with it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe } from "node:test";

import { financialYear, inDays, lastQuarter, typed } from "./dates.mjs";
import { council, openOffice } from "./office.mjs";
import { engine, whyNot } from "./served.mjs";
import { inOrder, ways } from "./steps.mjs";

const quarter = lastQuarter();
const year = financialYear(quarter.first);
const cutFrom = financialYear(quarter.first + 1);
const april = (first) => ({ day: "1", month: "4", year: String(first) });
const march = (first) => ({ day: "31", month: "3", year: String(first + 1) });
/// The months of the year until the quarter's end, as inputs have them: "2014-04".
const spentMonths = Array.from({ length: 3 * quarter.number }, (_, at) =>
  `${quarter.first + (at > 8 ? 1 : 0)}-${String((at + 3) % 12 + 1).padStart(2, "0")}`);

const idOf = (address) => address.split("/").at(-1);

for (const javascript of ways) {
  const way = `${javascript ? "with" : "without"} the script, on ${engine}`;
  describe(`the money ${way}`, { skip: whyNot() ?? false }, () => {
    let office;
    let jane; // manager: agrees grants
    let tom; // manager: checks for finance
    let cora; // coordinator: writes returns
    let grant;
    let giving; // the return
    let moving; // the virement
    const lines = {};
    const step = inOrder();

    before(async () => {
      office = await openOffice(javascript, ["jane", "tom", "cora"]);
      ({ jane, tom, cora } = office);
      office.posts.violence = idOf(await office.ada.add("/posts",
        { title: "Violence coordinator", organisation: office.organisations[council] }));
    });
    after(async () => assert.equal(await office?.close(), 0));

    step("without grants the page of funding says how to begin", async () => {
      await jane.go("/funding");
      await jane.inspect("funding-empty");
      await jane.press("Add a grant");
      await jane.inspect("grant-new");
      await jane.submit({
        reference: "PCC/1", title: "Community Safety Fund", funder: { label: council },
        ...typed("agreed_on", april(quarter.first)), ...typed("ends", march(quarter.first + 1)),
        purposes: "The rolling plan", underspend: "returned",
      });
      grant = jane.path();
      await jane.inspect("grant-draft");
    });

    step("its posts and projects are lines, and its money is shared among them", async () => {
      await jane.go("/funded-posts/new");
      await jane.submit({
        title: "Violence coordinator", post: office.posts.violence, full_time_equivalent: "100",
        ...typed("starts", april(quarter.first)),
      });
      await jane.go("/projects/new");
      await jane.submit({ title: "Sanctuary scheme" });
      for (const [title, rank, pays] of [["Sanctuary scheme", "1", "project"],
        ["Violence coordinator", "2", "funded_post"]]) {
        await jane.go(grant);
        await jane.press("Add a line");
        await jane.submit({ title, rank, [pays]: { label: title } });
        lines[title] = jane.path();
      }
      await jane.go(grant);
      await jane.press("Change the money");
      await jane.inspect("grant-money");
      const of = (title, first) => `${idOf(lines[title])}-${financialYear(first)}`;
      const money = {};
      for (const first of [quarter.first, quarter.first + 1])
        Object.assign(money, {
          [`grant-${financialYear(first)}`]: "50,000",
          [of("Sanctuary scheme", first)]: "10,000", [of("Violence coordinator", first)]: "45,000",
        });
      await jane.submit(money, "Save the money");
      await jane.see(/There is a problem/);
      await jane.inspect("grant-money-mistakes");
      await jane.submit({
        [of("Violence coordinator", quarter.first)]: "40,000",
        [of("Violence coordinator", quarter.first + 1)]: "40,000",
      }, "Save the money");
      await jane.see(/The money of the grant is saved/);
      await jane.press("Record that it is agreed");
      await jane.see(/Grant: agreed/);
      await jane.inspect("grant-agreed");
    });

    step("an action of the plan stands on the post that the grant pays for", async () => {
      await jane.go("/strategies/new");
      await jane.submit({ title: "Our rolling plan", first_year: year });
      const strategy = idOf(jane.path());
      await jane.go(`/plan-years/new?strategy=${strategy}&year=${year}`);
      await jane.submit({});
      await jane.go(`/priorities/new?plan_year=${idOf(jane.path())}&number=1`);
      await jane.submit({ title: "Violent crime", limb_violence: "yes", limb_crime: "yes" });
      await jane.go(`/actions/new?priority=${idOf(jane.path())}`);
      await jane.submit({
        ref: "1.1", title: "Knife bins", activity_group: "whole_community",
        added_value: "Police and council empty them together.",
        lead_organisation: { label: council }, lead: office.ids.amir, post: office.posts.violence,
        ...typed("starts", april(quarter.first)), ...typed("due", march(quarter.first)),
      });
      await jane.press("Begin this action");
      await jane.press("Begin this action");
    });

    step("spend is kept by month, and the server adds it up", async () => {
      await cora.go(lines["Violence coordinator"]);
      await cora.go(`${lines["Violence coordinator"]}/months?year=${year}`);
      await cora.inspect("line-months");
      // Two thirds of an even share: 40,000 / 12 = 3,333 a month, 2,000 are spent.
      await cora.submit(Object.fromEntries(
        spentMonths.map((month) => [`actual-${month}`, "2,000"])), "Save the months");
      await cora.see(new RegExp(`The months of ${year} are saved`));
      await cora.see(new RegExp(`£${2 * spentMonths.length},000`));
    });

    step("a coordinator opens a return that is filled already", async () => {
      await cora.go(grant);
      await cora.press(`Open the return for Q${quarter.number} ${year}`);
      giving = cora.path();
      const spent = `£${2 * spentMonths.length},000`;
      await cora.see(new RegExp(`Violence coordinator: spend to date\\s+${spent}`));
      await cora.see(/All lines: budget \S+\s+£50,000/);
      await cora.see(/Action 1\.1: Knife bins/);
      await cora.see(/5% or more below an even share/);
      await cora.inspect("return-draft");
      await cora.press("Send it to finance");
      await cora.see(/Say what was done with the money first/);
      await cora.inspect("return-not-yet");
      await cora.go(giving);
      await cora.press("Edit");
      await cora.submit({
        narrative: "The coordinator ran two campaigns.", underspend: "The post began late.",
      });
      await cora.press("Send it to finance");
      await cora.see(/With finance/);
      await cora.inspect("return-with-finance");
      assert.doesNotMatch(await cora.words(), /Submit it to the funder/, "no coordinator submits");
    });

    step("finance checks it, and what was sent stays as it was", async () => {
      await tom.go(giving);
      await tom.press("Submit it to the funder");
      await tom.see(/Submitted/);
      const before = (await tom.fetch(`${giving}/return.csv`)).body.toString();
      await cora.go(`${lines["Violence coordinator"]}/months?year=${year}`);
      await cora.submit({ [`actual-${spentMonths[0]}`]: "9,999" }, "Save the months");
      const after = (await tom.fetch(`${giving}/return.csv`)).body.toString();
      assert.equal(after, before);
      await tom.go(giving);
      await tom.inspect("return-submitted");
    });

    step("money does not move without the funder's consent in writing", async () => {
      await cora.go(lines["Violence coordinator"]);
      await cora.press("Ask to move money from this line");
      await cora.submit({
        reason: "Two more homes need locks", to_line: idOf(lines["Sanctuary scheme"]),
        amount: "1,000", year,
      });
      moving = cora.path();
      await cora.inspect("virement-asked");
      await jane.go(moving);
      assert.doesNotMatch(await jane.words(), /Move the money/, "there is no button for it");
      await jane.unfold("Record the funder’s consent");
      await jane.submit(typed("consent_on", inDays(0)), "Record the funder’s consent");
      await jane.see(/Add the document of the funder.s consent first/);
      await jane.inspect("virement-refused");
      await jane.go(grant);
      await jane.see(/Sanctuary scheme\s+£10,000/);
    });

    step("with it, it moves", async () => {
      const letter = path.join(office.place.folder, "consent.txt");
      writeFileSync(letter, "We consent.\n");
      await jane.go(moving);
      await jane.unfold("Record the funder’s consent");
      await jane.submit({ consent: letter, ...typed("consent_on", inDays(0)) },
        "Record the funder’s consent");
      await jane.see(/The funder consents/);
      await jane.press("Move the money");
      await jane.see(/Virement: done/);
      await jane.inspect("virement-done");
      await jane.go(grant);
      await jane.see(/Sanctuary scheme\s+£11,000\s+£10,000/);
      await jane.see(/Violence coordinator\s+£39,000\s+£40,000/);
    });

    step("a cut shows which posts and which actions of the plan fall", async () => {
      await jane.go("/funding/cliff");
      await jane.inspect("cliff");
      await jane.main.locator("[name=cut]").fill("30");
      await jane.main.locator("[name=from]").selectOption(cutFrom);
      await jane.press("Show what falls");
      // 50,000 less 30% is 35,000: 10,000 are the project's, 25,000 of 40,000 are left of the post.
      await jane.see(new RegExp(
        `With 30% less from ${cutFrom}, grants give £35,000 in that year instead of £50,000`));
      await jane.see(/Violence coordinator in part/);
      await jane.see(/Falls in part 0\.62 of 1\.00 full time, £25,000/);
      await jane.see(/1\.1 Knife bins\s+Violence coordinator\s+Falls in part: £25,000 of £40,000/);
      await jane.inspect("cliff-cut");
      await jane.main.locator("[name=cut]").fill("many");
      await jane.press("Show what falls");
      await jane.see(/Cut must be a whole number/);
      await jane.inspect("cliff-mistakes");
    });
  });
}
