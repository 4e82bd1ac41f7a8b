// The site without a browser: forms sent by hand, cookies kept. For journeys of which only the
// answers matter.
import assert from "node:assert/strict";

import { App } from "./person.mjs";

const unescaped = (text) => text.replaceAll("&amp;", "&").replaceAll("&#39;", "'");

export class Client {
  constructor(address) {
    this.address = address;
    this.cookies = new Map();
    this.csrf = "";
  }

  async ask(path, form) {
    const response = await fetch(new URL(path, this.address), {
      method: form ? "POST" : "GET",
      body: form && new URLSearchParams({ csrf: this.csrf, ...form }),
      headers: { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      redirect: "manual",
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    const token = /name="csrf" (?:value|content)="([^"]*)"/.exec(text);
    if (token) this.csrf = token[1];
    return { status: response.status, text, location: response.headers.get("location") };
  }
  get(path) {
    return this.ask(path);
  }
  post(path, form = {}) {
    return this.ask(path, form);
  }

  /// The printed link, to the end: the partnership is made and its administrator signed in.
  async setUp(link) {
    const { pathname, search, searchParams } = new URL(link);
    await this.get(pathname + search);
    const password = "otter lantern gravel";
    const made = await this.post("/set-up", {
      token: searchParams.get("token"), name: "The Oxford Safer Communities Partnership",
      place: "Oxford", administrator_name: "Ada Field",
      administrator_email: "ada.field@oxford.example", password, again: password,
    });
    return this.enrol(made);
  }

  /// Opens the link of an invitation, to the end: a password is chosen and somebody signed in.
  async accept(link) {
    const { pathname } = new URL(link);
    await this.get(pathname);
    const password = "walnut harbour pencil";
    return this.enrol(await this.post(pathname, { password, again: password }));
  }

  /// From the answer that leads to the page with the QR code.
  async enrol(answer) {
    assert.equal(answer.status, 303, unescaped(answer.text));
    const page = await this.get(answer.location);
    const app = new App(/class="govuk-body app-hash">([^<]+)</.exec(page.text)[1]);
    const done = await this.post("/sign-in/app", { code: await app.code(), then: "/" });
    assert.match(done.text, /Your recovery codes/);
    return this;
  }

  /// Adds a record; gives its address.
  async add(path, form) {
    await this.get(`${path}/new`);
    const { status, location, text } = await this.post(path, form);
    assert.equal(status, 303, unescaped(text));
    return location;
  }
}
