/** Every page in light and dark, on a phone and a desktop: nothing serious for axe, nothing too wide, nothing in the console. */
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium, openBrowser } from "@openspeed/chromium";
import { devServer } from "./dev-server.ts";

const reports = fileURLToPath(new URL("../.reports/", import.meta.url));
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
const org = "/organisations/siam-cycles/tickets";

interface Look {
  readonly name: string;
  readonly path: string;
  readonly person: string;
  readonly status?: number;
  /** Brings the page to the state that is looked at. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

const looks: readonly Look[] = [
  { name: "home", path: "/", person: "niran-chaiyasit" },
  { name: "home-guest", path: "/", person: "" },
  { name: "person", path: "/person", person: "" },
  { name: "tickets", path: `${org}?state=open&state=pending`, person: "niran-chaiyasit" },
  {
    name: "tickets-page-2",
    path: `${org}?sort=-priority`,
    person: "",
    prepare: (page) => page.click("text=Next page"),
  },
  { name: "tickets-empty", path: `${org}?q=zeppelin`, person: "niran-chaiyasit" },
  { name: "ticket", path: `${org}/71`, person: "niran-chaiyasit" },
  { name: "ticket-guest", path: `${org}/12`, person: "" },
  {
    name: "ticket-refused",
    path: `${org}/70`,
    person: "niran-chaiyasit",
    status: 422,
    prepare: (page) => page.click("text=Send and solve"),
  },
  { name: "ticket-long", path: org, person: "niran-chaiyasit", prepare: openLongTicket },
  { name: "new", path: `${org}/new`, person: "niran-chaiyasit" },
  {
    name: "new-refused",
    path: `${org}/new`,
    person: "niran-chaiyasit",
    status: 422,
    prepare: async (page) => {
      await page.fill("#requester", "nobody");
      await page.fill("#tags", "Fine NOT_FINE");
      await page.click("text=Create ticket");
    },
  },
  { name: "settings-profile", path: "/settings/profile", person: "niran-chaiyasit" },
  { name: "settings-notifications", path: "/settings/notifications", person: "niran-chaiyasit" },
  { name: "settings-organisation", path: "/settings/organisation?saved", person: "niran-chaiyasit" },
  { name: "settings-guest", path: "/settings/profile", person: "", status: 403 },
  { name: "admin", path: "/admin", person: "maya-lindgren" },
  { name: "admin-organisations", path: "/admin/organisations", person: "maya-lindgren" },
  { name: "admin-people", path: "/admin/people", person: "maya-lindgren" },
  { name: "admin-imports", path: "/admin/imports", person: "maya-lindgren" },
  { name: "admin-refused", path: "/admin", person: "niran-chaiyasit", status: 403 },
  { name: "not-found", path: "/nowhere", person: "niran-chaiyasit", status: 404 },
  { name: "menu", path: "/", person: "maya-lindgren", prepare: openMenus },
];

async function openMenus(page: Page): Promise<void> {
  for (const summary of await page.locator("summary:visible").all()) await summary.click();
  for (const summary of await page.locator(".panel summary:visible").all()) await summary.click();
}

/** Words that break nowhere, and a script that puts no spaces between words. */
async function openLongTicket(page: Page): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}${org}/new`);
  await page.fill("#title", `${"Donaudampfschifffahrtsgesellschaft".repeat(4)} กระดิ่งจักรยานไม่ดังตั้งแต่เช้าวันจันทร์`);
  await page.fill("#requester", `${"long".repeat(14)}@example.com`);
  await page.fill("#description", `${"https://example.com/".repeat(20)}\n\n${"กระดิ่งจักรยานไม่ดัง".repeat(20)}`);
  await page.fill("#tags", "a-tag-of-nearly-thirty-letters another-tag-of-thirty-letters third fourth fifth");
  await page.click("text=Create ticket");
  await page.waitForURL(/\/\d+$/);
}

const browser = openBrowser();
const url = devServer();

describe.skipIf(!hasChromium)("looks", () => {
  test.each(looks)("$name", async ({ name, path, person, status = 200, prepare }) => {
    const context = await browser().newContext({ viewport: sizes.desktop });
    if (person !== "") await context.addCookies([{ name: "desk-person", value: person, url: url() }]);
    for (const [size, viewport] of Object.entries(sizes)) {
      const page = await context.newPage();
      const said: string[] = [];
      page.on("console", (message) => {
        // Chromium tells of every answer that is no success; the status that is wanted is checked below.
        if (message.type() === "error" && !message.text().includes(`status of ${status}`)) said.push(message.text());
      });
      page.on("pageerror", (error) => said.push(String(error)));
      let last = 0;
      page.on("response", (response) => {
        if (response.request().isNavigationRequest()) last = response.status();
      });
      await page.setViewportSize(viewport);
      await page.goto(url() + path);
      await prepare?.(page);
      await page.waitForLoadState("load");
      expect(last).toBe(status);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        await page.screenshot({ path: `${reports}${name}-${size}-${colorScheme}.png`, fullPage: name !== "menu" });
        expect(await tooWide(page), `${size} ${colorScheme}`).toBe(0);
        expect(await seriousFaults(page), `${size} ${colorScheme}`).toEqual([]);
      }
      await page.setViewportSize({ ...viewport, width: Math.min(viewport.width, 360) });
      expect(await tooWide(page), "at 360 pixels").toBe(0);
      expect(said).toEqual([]);
      await page.close();
    }
    await context.close();
  });
});

/** Colours that are on their way to others are neither; what moves for ever is not waited for. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** By how many pixels the page is wider than the window. */
async function tooWide(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function seriousFaults(page: Page): Promise<readonly string[]> {
  // Run by the browser's own tools, so the page's policy has no say.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
