// Somebody at a browser, with an authenticator app of their own.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import { inspectEverywhere, open } from "./browser.mjs";
import { quick } from "./steps.mjs";

const halfMinute = 30_000;

function fromBase32(text) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text].map((one) => digits.indexOf(one).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/// The one-time code of a step (half-minutes since 1970), by RFC 6238.
export function oneTimeCode(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/// An authenticator app: no code twice, and the clock a step ahead at most.
export class App {
  constructor(secret) {
    this.secret = secret.replaceAll(/\s/g, "");
    this.last = 0;
  }
  async code() {
    const step = Math.max(Math.floor(Date.now() / halfMinute), this.last + 1);
    await pause(Math.max(0, (step - 1) * halfMinute - Date.now()));
    this.last = step;
    return oneTimeCode(this.secret, step);
  }
}

export class Person {
  constructor(browser, address, { name, email, password, javascript, width = 1280 }) {
    Object.assign(this, { browser, address, name, email, password, javascript, width });
    this.recoveryCodes = [];
    this.app = null;
  }

  /// Opens a browser of their own; closing the one they had.
  async sitDown() {
    await this.leave();
    this.page = await open(this.browser, { javascript: this.javascript, width: this.width });
    this.aside = this.javascript ? this.page : await open(this.browser, { javascript: true });
    return this;
  }
  async leave() {
    await this.page?.context().close();
    if (this.aside !== this.page) await this.aside?.context().close();
  }

  /// Goes on in the session of a client.
  async takeOver({ cookies }) {
    await this.page.context().addCookies(
      [...cookies].map(([name, value]) => ({ name, value, url: this.address })));
    return this;
  }

  go(path) {
    return this.page.goto(path.startsWith("http") ? path : this.address + path);
  }
  path() {
    return new URL(this.page.url()).pathname;
  }
  get main() {
    return this.page.locator("main");
  }
  words() {
    return this.main.innerText();
  }
  heading() {
    return this.page.locator("h1").innerText();
  }
  see(words, where) {
    return this.main.innerText().then((text) => assert.match(text, words, where));
  }

  /// Follows a link, or presses a button, of the main part by its words.
  async press(words) {
    const named = { name: words, exact: true };
    const target = this.main.getByRole("link", named).or(this.main.getByRole("button", named));
    await target.first().click();
    await this.page.waitForLoadState();
  }

  /// Opens a part of the page that is folded away, by its words.
  unfold(words) {
    return this.main.locator("summary", { hasText: words }).first().click();
  }

  /// Fills the page's form by the names of its controls.
  async fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const control = this.main.locator(`form[method=post] [name="${name}"]`);
      const kind = await control.first().evaluate((one) =>
        one.tagName === "SELECT" ? "select" : one.type);
      if (kind === "select") await control.selectOption(value);
      else if (kind === "file") await control.setInputFiles(value);
      else if (["radio", "checkbox"].includes(kind))
        await this.main.locator(`[name="${name}"][value="${value}"]`).check();
      else await control.fill(value);
    }
  }
  async submit(values, words = "Save") {
    await this.fill(values);
    await this.press(words);
  }

  /// What this person may download, as text or bytes.
  async fetch(path) {
    const response = await this.page.request.get(this.address + path, { maxRedirects: 0 });
    return { status: response.status(), headers: response.headers(), body: await response.body() };
  }

  async inspect(name) {
    if (quick) return;
    const way = this.javascript ? "script" : "plain";
    await inspectEverywhere(this.page, `${way}-${name}`, this.aside);
  }

  /// From the page with the QR code to the recovery codes.
  async enrol() {
    assert.equal(await this.heading(), "Set up your authenticator app");
    assert.ok(await this.main.locator("svg").count(), "there is a QR code");
    const secret = await this.main.locator("details .app-hash").textContent();
    this.app = new App(secret);
    await this.inspect("authenticator-app");
    await this.submit({ code: "12 34" }, "Go on");
    await this.see(/There is a problem/);
    await this.submit({ code: await this.app.code() }, "Go on");
    assert.equal(await this.heading(), "Your recovery codes");
    this.recoveryCodes = await this.main.locator(".app-codes li").allInnerTexts();
    assert.equal(this.recoveryCodes.length, 10);
    await this.inspect("recovery-codes");
    await this.press("I have kept them: go on");
  }

  /// Opens the link of an invitation and goes all the way in.
  async accept(link) {
    await this.go(link);
    assert.equal(await this.heading(), "Choose your password");
    await this.inspect("choose-password");
    await this.submit({ password: "short", again: "short" }, "Go on");
    await this.see(/There is a problem/);
    await this.submit({ password: this.password, again: this.password }, "Go on");
    await this.enrol();
  }

  /// Password, then a code of the app or, when asked to, a recovery code.
  async signIn({ recovery = false, then = "/" } = {}) {
    if (this.path() !== "/sign-in") await this.go(then);
    await this.submit({ email: this.email, password: this.password }, "Go on");
    assert.equal(await this.heading(), "Enter your code");
    const code = recovery ? this.recoveryCodes.shift() : await this.app.code();
    await this.submit({ code }, "Sign in");
  }

  async signOut() {
    await this.page.locator("header").getByRole("button", { name: "Sign out" }).click();
    await this.page.waitForLoadState();
    await this.see(/You are signed out/);
  }
}
