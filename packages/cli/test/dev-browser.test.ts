/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { hasChromium, launchChromium } from "@openspeed/chromium";
import { home, PAGES } from "./dev-project.ts";
import { type Running, running } from "./dev-server.ts";
import { project, type TestProject } from "./project.ts";

describe.runIf(hasChromium)("a page in the browser", () => {
  let app: TestProject;
  let dev: Running;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = project(PAGES);
    dev = await running(app.root, ["dev"]);
    browser = await launchChromium();
    page = await browser.newPage();
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
    await page.goto(dev.url);
    await page.waitForSelector("os-island[data-hydrated]");
  });

  afterAll(async () => {
    await browser?.close();
    await dev?.stop("SIGKILL");
    app?.[Symbol.dispose]();
  });

  /** A mark that only a reload takes away. */
  const marked = (): Promise<boolean> => page.evaluate(() => Reflect.get(window, "mark") === true);
  const mark = (): Promise<boolean> => page.evaluate(() => Reflect.set(window, "mark", true));

  test("islands are hydrated", async () => {
    await expect
      .poll(async () => {
        await page.click("button");
        return page.textContent("button");
      })
      .not.toBe("count 3");
  });

  test("styles are swapped in place", async () => {
    await mark();
    const count = await page.textContent("button");
    app.write({ "src/style.css": "h1 { color: rgb(0, 0, 255); }\n" });
    await page.waitForFunction(
      () => getComputedStyle(document.querySelector("h1") ?? document.body).color === "rgb(0, 0, 255)",
    );
    expect(await marked()).toBe(true);
    expect(await page.textContent("button")).toBe(count);
    await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]').length === 1);
  });

  test("a changed page is loaded again", async () => {
    await mark();
    app.write({ "routes/page.tsx": home(1) });
    await page.waitForSelector("h1:text('Home v1')");
    expect(await marked()).toBe(false);
  });

  test("a changed island is loaded again", async () => {
    app.write({ "src/counter.island.tsx": (PAGES["src/counter.island.tsx"] ?? "").replace("count {", "counted {") });
    await page.waitForSelector("button:text('counted 3')");
  });

  test("what is wrong covers the page with its lines, also after a reload, until it is mended", async () => {
    app.write({ "routes/page.tsx": home(2).replace("</section>", "</div>") });
    await page.waitForSelector("openspeed-overlay");
    const words = (): Promise<string | undefined> =>
      page.evaluate(() => document.querySelector("openspeed-overlay")?.shadowRoot?.textContent ?? undefined);
    expect(await words()).toContain("routes/page.tsx:3:");
    expect(await words()).toContain("> 3 | export default page");
    await page.reload();
    await page.waitForSelector("openspeed-overlay");
    expect(await page.textContent("h1")).toBe("Home v1");

    app.write({ "routes/page.tsx": home(3) });
    await page.waitForSelector("h1:text('Home v3')");
    expect(await page.locator("openspeed-overlay").count()).toBe(0);
  });

  test("nothing of it violates the page's policy", () => {
    expect(complaints).toEqual([]);
  });
});
