// The rolling plan: it is made, its owners are asked by e-mail and answer on a phone, the board
// ratifies its priorities, and the next year is made of it. Once without the page's script, once
// with it.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { financialYear, inDays, lastQuarter, typed } from "./dates.mjs";
import { council, openOffice } from "./office.mjs";
import { Person } from "./person.mjs";
import { engine, whyNot } from "./served.mjs";
import { inOrder, ways } from "./steps.mjs";

const quarter = lastQuarter();
const year = financialYear(quarter.first);
const next = financialYear(quarter.first + 1);
const april = (first) => ({ day: "1", month: "4", year: String(first) });
const march = (first) => ({ day: "31", month: "3", year: String(first + 1) });

const priorities = [
  ["Violent crime", { limb_crime: "yes", limb_violence: "yes", limb_substances: "yes" }],
  ["Anti-social behaviour", { limb_crime: "yes", limb_reoffending: "yes" }],
];
const wardens = "Student Community Wardens and House Champions";
const cameras = "Rose Hill cameras";
const app = "Student safety app";

for (const javascript of ways) {
  const way = `${javascript ? "with" : "without"} the script, on ${engine}`;
  describe(`the rolling plan ${way}`, { skip: whyNot() ?? false }, () => {
    let office;
    let jane; // manager
    const actions = {}; // addresses by title
    const step = inOrder();

    before(async () => {
      office = await openOffice(javascript, ["jane"]);
      jane = office.jane;
    });
    after(async () => assert.equal(await office?.close(), 0));

    step("a place without a plan says how to begin, and the way is short", async () => {
      await jane.go("/plan");
      await jane.see(/No plan yet/);
      await jane.inspect("plan-none");
      await jane.press("Add a strategy");
      await jane.submit({ title: "Our rolling plan", first_year: year });
      await jane.go("/plan");
      await jane.press(`Add the year ${year}`);
      await jane.submit({});
      await jane.go("/plan");
      await jane.see(new RegExp(`Rolling Plan ${year}: no actions`));
      await jane.inspect("plan-year-empty");
      for (const [at, [title, limbs]] of priorities.entries()) {
        await jane.press("Add a priority");
        await jane.submit({ title, number: String(at + 1), ...limbs });
        await jane.go(`/plan?year=${year}`);
      }
      await jane.see(/Violent crime/);
      assert.doesNotMatch(await jane.words(), /No priority serves/, "all four limbs are served");
    });

    step("business as usual is refused, what partnership adds is an action", async () => {
      for (const [at, title] of [wardens, cameras, app].entries()) {
        await jane.go(`/plan?year=${year}`);
        await jane.press("Add an action");
        if (at === 0) await jane.inspect("action-new");
        const values = {
          ref: `1.${at + 1}`, title, priority: { label: priorities[0][0] },
          activity_group: "whole_community", lead_organisation: { label: council },
          lead: office.ids.amir,
          ...typed("starts", april(quarter.first)), ...typed("due", march(quarter.first)),
        };
        if (at === 0) {
          await jane.submit(values);
          await jane.see(/business as usual/);
          await jane.inspect("action-mistakes");
        }
        await jane.submit({ ...values, added_value: "Universities, police and council share it." });
        actions[title] = jane.path();
        await jane.press("Begin this action");
        if (at === 0) await jane.inspect("action-beginning");
        await jane.press("Begin this action");
        await jane.see(/Report progress/);
      }
      await jane.inspect("action-begun");
    });

    step("the owners are asked, each by a letter", async () => {
      await jane.go(`/plan?year=${year}`);
      await jane.press("Ask for progress now");
      await jane.inspect("plan-ask");
      await jane.press("Ask them");
      await jane.see(new RegExp(`3 owners are asked for ${quarter.name}`));
    });

    step("an owner answers on a phone, without signing in, in less than a minute", async () => {
      const letter = await office.place.mail.letter(office.emailOf("amir"), wardens);
      const amir = new Person(office.browser, office.place.address, { javascript, width: 360 });
      await amir.sitDown();
      const began = Date.now();
      await amir.go(/http:\S+\/answer\/\S+/.exec(letter)[0]);
      assert.equal((await amir.page.context().cookies()).some(({ name }) => /session/.test(name)),
        false, "nobody is signed in");
      await amir.see(new RegExp(quarter.name));
      await amir.submit({
        rag: "at_risk", percent: "50", done: "Wardens began in two streets.",
      }, "Send");
      await amir.see(/Thank you: it is in the plan/);
      assert.ok(Date.now() - began < 60_000);
      await amir.inspect("answer-thanks");
      assert.equal((await amir.fetch("/plan")).status, 303, "the link opened nothing else");
      await amir.page.goBack();
      await amir.page.reload();
      await amir.see(/This link can no longer be used/);
      await amir.inspect("answer-used");

      const another = await office.place.mail.letter(office.emailOf("amir"), cameras);
      await amir.go(/http:\S+\/answer\/\S+/.exec(another)[0]);
      await amir.inspect("answer");
      await amir.press("Send");
      await amir.see(/There is a problem/);
      await amir.inspect("answer-mistakes");
      await amir.leave();
    });

    step("the plan shows what the owner says beside what is computed", async () => {
      await jane.go(`/plan?year=${year}`);
      const row = jane.main.locator("tbody tr", { hasText: wardens });
      assert.match(await row.innerText(), /\d+% of its time, owner says 50%/);
      await jane.inspect("plan");
      await jane.go(actions[wardens]);
      await jane.see(/Wardens began in two streets\./);
      await jane.see(new RegExp(`${quarter.name}: At risk, 50%`));
      await jane.inspect("action");
      for (const view of ["Board", "Timeline", "By priority"]) {
        await jane.go(`/plan?year=${year}`);
        await jane.press(view);
        await jane.see(new RegExp(wardens));
        await jane.inspect(`plan-${view.toLowerCase().replace(" ", "-")}`);
      }
      const csv = (await jane.fetch(`/plan.csv?year=${year}`)).body.toString();
      const line = csv.split("\r\n").find((each) => each.includes(wardens));
      assert.match(line, /At risk,50,/);
    });

    step("what is shown is narrowed, and widened again", async () => {
      await jane.go(`/plan?year=${year}`);
      await jane.page.setViewportSize({ width: 1280, height: 900 });
      const filter = jane.main.locator("form", { hasText: "Apply filters" });
      await filter.locator("input[name=only][value=mine]").check();
      await filter.getByRole("button", { name: "Apply filters" }).click();
      await jane.see(/No actions fit/);
      await jane.inspect("plan-none-fit");
      await jane.main.getByRole("link", { name: /Mine/ }).click();
      await jane.see(new RegExp(wardens));
    });

    step("the board ratifies the priorities by a minute, and the plan says so", async () => {
      // The board met yesterday and decided it.
      await jane.go("/meetings/new");
      await jane.submit({
        title: "Board of the spring", kind: "board", ...typed("starts", inDays(-1), "10am"),
      });
      const meeting = jane.path().split("/").at(-1);
      await jane.press("Record who came");
      await jane.submit({ [`came-${office.ids.dora}`]: "present" }, "Record who came");
      await jane.press("It was held");
      await jane.go(`/decisions/new?meeting=${meeting}&number=4`);
      await jane.submit({ words: "The priorities of the plan are ratified." });
      await jane.go(`/plan?year=${year}`);
      await jane.see(/Not yet/);
      await jane.press("Have the priorities ratified");
      await jane.inspect("plan-ratification");
      await jane.press("Ratify them");
      await jane.see(/There is a problem/);
      await jane.submit({ decision: { label:
        "Board of the spring, decision 4: The priorities of the plan are ratified." } },
        "Ratify them");
      await jane.see(/2 priorities are ratified/);
      assert.doesNotMatch(await jane.words(), /Not yet/);
      const row = jane.main.locator("tbody tr", { hasText: priorities[1][0] }).last();
      assert.match(await row.innerText(),
        new RegExp(`${inDays(-1).words}\\s+Board of the spring, decision 4`));
      await jane.inspect("plan-ratified");
    });

    step("the yearly refresh decides on every unfinished action at once", async () => {
      await jane.press("Refresh for the next year");
      await jane.inspect("plan-refresh");
      const fate = (title, value) => ({ [`fate-${actions[title].split("/").at(-1)}`]: value });
      const reason = (title, words) => ({ [`reason-${actions[title].split("/").at(-1)}`]: words });
      const make = `Make the plan of ${next}`;
      await jane.submit({ ...fate(wardens, "carry"), ...fate(cameras, "finish") }, make);
      await jane.see(/There is a problem/);
      await jane.inspect("plan-refresh-mistakes");
      await jane.submit({
        ...fate(app, "drop"), ...reason(app, "The universities have one of their own."),
        ...reason(cameras, "Both watch the shops."), summary: "Wardens go on in more streets.",
      }, make);
      await jane.see(new RegExp(`The plan of ${next} is made`));
      await jane.see(new RegExp(`Rolling Plan ${next}: 1 action`));
      await jane.see(new RegExp(wardens));
      await jane.see(/Wardens go on in more streets\./);
      await jane.see(/Not yet/);
      await jane.inspect("plan-refreshed");
      await jane.go(actions[wardens]);
      await jane.see(/Carried over/);
      await jane.inspect("action-carried");
    });

    step("two years are compared", async () => {
      await jane.go(`/plan?year=${next}`);
      await jane.press("Compare two years");
      await jane.see(new RegExp(`Carried over: 1 action[^]*${wardens}`));
      await jane.see(new RegExp(`Finished in ${year}: 1 action[^]*${cameras}\\s+Both watch`));
      await jane.see(new RegExp(`Dropped in ${year}: 1 action[^]*${app}\\s+The universities have`));
      await jane.inspect("plan-comparison");
    });
  });
}
