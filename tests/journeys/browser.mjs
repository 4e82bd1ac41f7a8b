// A real browser, and what every page must hold in it: no accessibility violation, nothing wider
// than the screen, no word in the console.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";

import { engine, root } from "./served.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.WARDMOTE_PICTURES ?? path.join(root, "build/journeys");
export const widths = [360, 768, 1280];

const rules = [
  "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
];

export function launch() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
}

/// What the browser itself remarks when a form comes back with its mistakes, or a door is shut.
const answeredNo = /status of (403|404|409|410|422)/;

/// Opens a page that writes down every complaint of the browser in `page.complaints`.
export async function open(browser, { width = 1280, javascript = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 700 ? 720 : 900 },
    javaScriptEnabled: javascript,
    locale: "en-GB",
    timezoneId: "Europe/London",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !answeredNo.test(message.text()))
      page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("requestfailed", (request) => page.complaints.push(`failed: ${request.url()}`));
  return page;
}

function tell(violations) {
  return violations
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 5).map((node) => `    ${node.target.join(" ")}`);
      return `${id}: ${help}\n${places.join("\n")}`;
    })
    .join("\n");
}

/// Elements that stick out past the right edge and are not inside something that scrolls.
function tooWide() {
  const edge = document.documentElement.clientWidth;
  const names = [];
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && box.right > edge + 1 && names.length < 5)
      names.push(`${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`);
  }
  return { sideways: document.documentElement.scrollWidth > edge, names };
}

/// Text of charts that is drawn over other text of the same chart.
function overlaps() {
  const found = [];
  for (const picture of document.querySelectorAll("svg")) {
    const texts = [...picture.querySelectorAll("text")]
      .map((text) => ({ words: text.textContent.trim(), box: text.getBoundingClientRect() }))
      .filter(({ words, box }) => words && box.width > 0);
    for (let i = 0; i < texts.length; ++i)
      for (let k = i + 1; k < texts.length; ++k) {
        const [a, b] = [texts[i].box, texts[k].box];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // A box of text is taller than its letters: a few pixels of touching boxes are no overlap.
        if (across > 2 && down > 5) found.push(`"${texts[i].words}" over "${texts[k].words}"`);
      }
  }
  return found;
}

async function takePicture(page, name) {
  mkdirSync(pictures, { recursive: true });
  const file = path.join(pictures, `${name}-${page.viewportSize().width}.png`);
  await page.screenshot({ path: file, fullPage: true });
}

async function hasRoom(page, where) {
  const { sideways, names } = await page.evaluate(tooWide);
  assert.equal(sideways, false, `${where} scrolls sideways: ${names.join(", ")}`);
  assert.deepEqual(await page.evaluate(overlaps), [], `${where}: text over text in a chart`);
}

async function isAccessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }), rules);
  assert.equal(violations.length, 0, `${where}:\n${tell(violations)}`);
}

async function isInOrder(page, where) {
  assert.deepEqual(page.complaints, [], `${where}: the console is not silent`);
  assert.equal(await page.locator("h1").count(), 1, `${where} has one main heading`);
}

/// Holds the page now open to all of it, and takes its picture as build/journeys/NAME-WIDTH.png.
export async function inspect(page, name) {
  const where = `${name} at ${page.viewportSize().width} px`;
  await takePicture(page, name);
  await hasRoom(page, where);
  await isAccessible(page, where);
  await isInOrder(page, where);
}

/// The same HTML in a browser that runs scripts, though not the page's own: axe needs one. `aside`
/// is an open page for this.
async function copyTo(aside, page) {
  const html = (await page.content()).replace(/<script\b.*?<\/script>/gs, "");
  await aside.unrouteAll();
  await aside.route(page.url().split("#")[0], (route) =>
    route.fulfill({ body: html, contentType: "text/html; charset=utf-8" }));
  await aside.goto(page.url());
}

/// Holds the page now open to all of it at every width, without leaving it. Where the page runs no
/// scripts, its HTML is held to it in `aside`, an open page of the same browser that does.
export async function inspectEverywhere(page, name, aside = page) {
  await isInOrder(page, name);
  if (aside !== page) await copyTo(aside, page);
  const usual = aside.viewportSize();
  for (const width of widths) {
    const where = `${name} at ${width} px`;
    await aside.setViewportSize({ width, height: width < 700 ? 720 : 900 });
    if (process.env.WARDMOTE_PICTURES) await takePicture(aside, name);
    await hasRoom(aside, where);
    // Between these two nothing that axe looks at differs: the narrow page has cards for tables.
    // The narrow one is the same on every engine, and with the script and without.
    if (width === 1280 || (width === 360 && engine === "sqlite" && aside === page))
      await isAccessible(aside, where);
  }
  await aside.setViewportSize(usual);
}
