// A partnership at work: its six authorities, people of theirs in senior posts and in none, and
// those who are signed in. Made by forms sent by hand, for journeys that begin where it ends.
import { launch } from "./browser.mjs";
import { Client } from "./client.mjs";
import { Person } from "./person.mjs";
import { emptyPlace } from "./place.mjs";

export const council = "Oxford City Council";
export const police = "Thames Valley Police";

const authorities = [
  [council, "district_council"],
  ["Oxfordshire County Council", "county_council"],
  [police, "police"],
  ["Oxfordshire Fire and Rescue Authority", "fire_and_rescue"],
  ["The Probation Service, Thames Valley", "probation"],
  ["NHS Thames Valley Integrated Care Board", "integrated_care_board"],
];

/// By the name they have in a journey. Who has no `seat` needs no browser.
const people = {
  jane: { name: "Jane Smithson", role: "manager", of: council, seat: true },
  tom: { name: "Tom Marsh", role: "manager", of: council, seat: true },
  cora: { name: "Cora Bell", role: "coordinator", of: council, seat: true },
  amir: { name: "Amir Khan", role: "officer", of: council },
  dora: { name: "Dora Lane", role: "chair", of: council, post: "Director of Communities" },
  pat: { name: "Pat Oakley", role: "board_member", of: police, post: "Chief Superintendent" },
  finn: { name: "Finn Ashby", role: "partner_officer", of: police, post: "Inspector", junior: true },
};

const idOf = (address) => address.split("/").at(-1);
const emailOf = ({ name }) => `${name.toLowerCase().replace(" ", ".")}@oxford.example`;

/// Gives the place, the browser, ids of organisations by name, of people and posts by the name of
/// the person, and a Person for each who sits at a browser.
export async function openOffice(javascript, seats) {
  const place = await emptyPlace();
  const browser = await launch();
  const ada = await new Client(place.address).setUp(place.setUpLink());
  const office = { place, browser, ada, organisations: {}, ids: {}, posts: {} };
  for (const [name, kind] of authorities) {
    const organisation = idOf(await ada.add("/organisations", { name, kind }));
    office.organisations[name] = organisation;
    await ada.add("/members", { organisation, standing: "responsible" });
  }
  for (const [who, is] of Object.entries(people)) {
    const organisation = office.organisations[is.of];
    const address = await ada.add("/people",
      { name: is.name, email: emailOf(is), role: is.role, organisation });
    office.ids[who] = idOf(address);
    if (is.post) office.posts[who] = idOf(await ada.add("/posts", {
      title: is.post, organisation, person: office.ids[who], senior: is.junior ? "no" : "yes",
    }));
    if (is.seat && seats.includes(who)) {
      await ada.get(address);
      await ada.post(`${address}/invitation`);
      const letter = await place.mail.letter(emailOf(is), "Your account with");
      const session = await new Client(place.address).accept(
        /http:\S+\/invitation\/\S+/.exec(letter)[0]);
      const person = new Person(browser, place.address,
        { name: is.name, email: emailOf(is), javascript });
      await (await person.sitDown()).takeOver(session);
      office[who] = person;
    }
  }
  office.emailOf = (who) => emailOf(people[who]);
  office.close = async () => {
    await browser.close();
    return place.close();
  };
  return office;
}
