// The site as people use it: a manager reads the report, an analyst follows a figure to its file, a
// councillor looks at a ward. By HTML alone, unless a test says otherwise.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { inspect, launch, open, widths } from "./browser.mjs";
import { serve, whyNoExample } from "./served.mjs";

const reason = whyNoExample();

describe("the site", { skip: reason ?? false }, () => {
  let site;
  let browser;
  let cookies; // of the community safety manager, whose pages these are
  before(async () => {
    site = await serve();
    browser = await launch();
    const page = await open(browser);
    await page.goto(`${site.address}/`);
    await page.getByRole("button", { name: "Community safety manager" }).click();
    await page.waitForURL(`${site.address}/`);
    cookies = await page.context().cookies();
    await page.context().close();
  });
  after(async () => {
    await browser?.close();
    const status = await site?.stop();
    assert.equal(status, 0, "the program ends calmly when it is told to");
  });

  /// Opens an address at one width; gives the page and the response.
  async function go(address, options) {
    const page = await open(browser, options);
    await page.context().addCookies(cookies);
    const response = await page.goto(site.address + address);
    return { page, response };
  }

  /// The address of a link that begins so, from the page at `from`.
  async function firstLink(from, begins) {
    const { page } = await go(from);
    const href = await page.locator(`main a[href^="${begins}"]`).first().getAttribute("href");
    await page.context().close();
    return href;
  }

  const pages = {
    home: async () => "/",
    evidence: async () => "/evidence",
    ward: async () => {
      const { page } = await go("/evidence");
      const code = await page.locator("select[name=place] option").nth(1).getAttribute("value");
      await page.context().close();
      return `/evidence?place=${code}`;
    },
    figure: () => firstLink("/evidence", "/evidence/"),
    sources: async () => "/sources",
    source: () => firstLink("/sources", "/sources/"),
    reports: async () => "/reports",
    report: () => firstLink("/reports", "/reports/"),
    methods: async () => "/methods",
    accessibility: async () => "/accessibility",
  };

  for (const [name, address] of Object.entries(pages)) {
    for (const width of widths) {
      test(`${name} holds at ${width} px`, async () => {
        const { page, response } = await go(await address(), { width, javascript: true });
        assert.equal(response.status(), 200);
        await inspect(page, name);
        await page.context().close();
      });
    }
  }

  test("the first page leads to the report, the evidence and the sources", async () => {
    const { page } = await go("/");
    for (const begins of ["/reports", "/evidence", "/sources"])
      assert.ok(await page.locator(`a[href^="${begins}"]`).count(), begins);
    await page.context().close();
  });

  test("the dashboard says its finding, and every measure leads to its own page", async () => {
    const { page } = await go("/evidence");
    assert.ok((await page.locator("h1").innerText()).length > 10);
    const rows = page.locator("table.app-table tbody tr");
    const count = await rows.count();
    assert.ok(count >= 1, "there is a measure");
    assert.equal(await rows.locator('th a[href^="/evidence/"]').count(), count);
    await page.context().close();
  });

  test("a ward is chosen without a script", async () => {
    const { page } = await go("/evidence");
    const place = page.locator("select[name=place]");
    const name = (await place.locator("option").nth(1).innerText()).trim();
    await place.selectOption({ index: 1 });
    await page.locator("form.app-bar button").first().click();
    await page.waitForURL(/place=/);
    assert.equal(await page.locator("select[name=place] option:checked").innerText(), name);
    assert.ok((await page.locator("main").innerText()).includes(name));
    await page.context().close();
  });

  test("a figure is followed to the file it comes from", async () => {
    const { page } = await go("/evidence");
    await page.locator('table.app-table tbody th a[href^="/evidence/"]').first().click();
    assert.ok(await page.locator("main figure svg").count(), "it has a picture");
    assert.ok(await page.locator("main table").count(), "it has a table");
    await page.locator('main a[href^="/sources/"]').first().click();
    await page.waitForURL(/\/sources\//);
    assert.match(await page.locator("main").innerText(), /[0-9a-f]{4}/, "its hash is shown");
    await page.context().close();
  });

  test("every picture has words for who cannot see it", async () => {
    const { page } = await go(await firstLink("/evidence", "/evidence/"));
    for (const picture of await page.locator("main svg").all()) {
      const hidden = await picture.getAttribute("aria-hidden");
      const label = (await picture.getAttribute("aria-label")) ??
        (await picture.getAttribute("aria-labelledby"));
      assert.ok(hidden === "true" || (label ?? "").length > 0);
    }
    await page.context().close();
  });

  test("the table is downloaded as CSV", async () => {
    const { page } = await go("/evidence");
    const href = await page.locator('a[href*=".csv"]').first().getAttribute("href");
    const response = await page.request.get(site.address + href);
    assert.equal(response.status(), 200);
    assert.match(response.headers()["content-type"], /^text\/csv/);
    assert.match(response.headers()["content-disposition"], /attachment; filename=".+\.csv"/);
    const lines = (await response.text()).trimEnd().split("\r\n");
    assert.ok(lines.length > 1);
    await page.context().close();
  });

  test("a page that is not there says so and offers a way on", async () => {
    for (const width of widths) {
      const { page, response } = await go("/nowhere", { width, javascript: true });
      assert.equal(response.status(), 404);
      assert.match(await page.locator("h1").innerText(), /not found/i);
      assert.ok(await page.locator('main a[href="/"]').count());
      page.complaints.length = 0; // the browser itself remarks on the 404
      await inspect(page, "not-found");
      await page.context().close();
    }
  });

  test("the keyboard skips to the main part", async () => {
    const { page } = await go("/evidence");
    await page.keyboard.press("Tab");
    const skip = page.locator(".govuk-skip-link");
    assert.ok(await skip.evaluate((link) => link === document.activeElement));
    assert.ok(await skip.isVisible());
    await page.keyboard.press("Enter");
    assert.match(page.url(), /#main$/);
    await page.context().close();
  });

  test("on a phone the menu opens without a script", async () => {
    const { page } = await go("/", { width: 360 });
    const list = page.locator("#menu");
    assert.equal(await list.isVisible(), false);
    await page.locator(".app-menu").click();
    assert.equal(await list.isVisible(), true);
    await page.context().close();
  });

  test("the dashboard and a figure print", async () => {
    for (const [name, address] of [["evidence", "/evidence"],
      ["figure", await firstLink("/evidence", "/evidence/")]]) {
      const { page } = await go(address, { javascript: true });
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
      assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator(".govuk-service-navigation").isVisible(), false);
      assert.equal(await page.locator("form.app-bar").first().isVisible().catch(() => false),
        false);
      await page.context().close();
    }
  });

  test("the council report opens whole, alone and without a word to any other place", async () => {
    const inside = await firstLink("/reports", "/reports/");
    const { page } = await go(inside, { javascript: true });
    const alone = await page.locator('main a[href$="report.html"]').first().getAttribute("href");
    const others = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(site.address + alone) && !request.url().startsWith("data:"))
        others.push(request.url());
    });
    const response = await page.goto(site.address + alone);
    assert.equal(response.status(), 200);
    assert.deepEqual(others, []);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await inspect(page, "report-alone");
    }
    await page.context().close();
  });

  test("the report is downloaded as PDF, Word and figures", async () => {
    const { page } = await go(await firstLink("/reports", "/reports/"));
    for (const [ending, begins] of [["report.pdf", "%PDF-"], ["report.docx", "PK"],
      ["figures.csv", ""]]) {
      const href = await page.locator(`main a[href$="${ending}"]`).first().getAttribute("href");
      const response = await page.request.get(site.address + href);
      assert.equal(response.status(), 200);
      assert.match(response.headers()["content-disposition"], /^attachment/);
      assert.equal((await response.body()).subarray(0, begins.length).toString(), begins);
    }
    await page.context().close();
  });

  test("what is shown to somebody signed in is kept by no browser", async () => {
    const { page, response } = await go("/evidence");
    assert.match(response.headers()["cache-control"], /no-store/);
    const style = await page.locator("link[rel=stylesheet]").getAttribute("href");
    const asset = await page.request.get(site.address + style);
    assert.match(asset.headers()["cache-control"], /immutable/);
    await page.context().close();
  });

  test("without signing in there is the way in, and nothing else", async () => {
    for (const address of ["/", "/evidence", "/evidence.csv", "/reports", "/people", "/search?q=police"]) {
      const page = await open(browser);
      await page.goto(site.address + address);
      assert.match(page.url(), /\/sign-in\?then=/, address);
      await page.context().close();
    }
  });

  test("no page can run a script that was slipped in", async () => {
    const { page, response } = await go("/evidence?place=%3Cscript%3Ealert(1)%3C/script%3E", {
      javascript: true,
    });
    assert.ok(response.status() < 500);
    assert.equal(await page.locator("main script").count(), 0);
    assert.match(response.headers()["content-security-policy"], /default-src 'none'/);
    await page.context().close();
  });

  test("the log names no address and no query", async () => {
    const { page } = await go("/evidence?place=a-secret-place");
    await page.context().close();
    assert.equal(site.log().includes("a-secret-place"), false);
  });
});
