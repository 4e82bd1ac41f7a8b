// Several processes on one PostgreSQL: what one knows the other knows, and when one is killed the
// other serves on.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Client } from "./client.mjs";
import { emptyPlace } from "./place.mjs";
import { engine, serve, whyNot } from "./served.mjs";

const reason = whyNot() ?? (engine === "postgresql" ? null : "skipped: it needs PostgreSQL");

describe("two processes on one database", { skip: reason ?? false }, () => {
  let place;
  let other;
  before(async () => {
    place = await emptyPlace();
    other = await serve(place.home);
  });
  after(async () => {
    assert.equal(await other?.stop(), 0);
    await place?.close();
  });

  test("whoever is signed in stays signed in, and everything goes on", async () => {
    const ada = await new Client(place.address).setUp(place.setUpLink());
    const council = await ada.add("/organisations",
      { name: "Oxford City Council", kind: "district_council" });

    ada.address = other.address;
    assert.match((await ada.get(council)).text, /Oxford City Council/);
    const police = await ada.add("/organisations",
      { name: "Thames Valley Police", kind: "police" });
    ada.address = place.address;
    assert.match((await ada.get(police)).text, /Thames Valley Police/);

    await place.site.kill();
    ada.address = other.address;
    assert.equal((await ada.get("/account")).status, 200);
    assert.match((await ada.get("/search?q=thames")).text, /1 result/);
    const person = await ada.add("/people",
      { name: "Jane Smithson", email: "jane.smithson@oxford.example", role: "manager" });
    await ada.get(person);
    assert.equal((await ada.post(`${person}/invitation`)).status, 303);
    const letter = await place.mail.letter("jane.smithson@oxford.example", "Your account with");
    assert.match(letter, /\/invitation\//);
    assert.equal(place.mail.count(), 2, "the invitation, and word of Ada's new app, once each");
    assert.equal((await ada.post("/sign-out")).status, 303);
    assert.equal((await ada.get("/account")).location, "/sign-in?then=%2Faccount");
  });
});
