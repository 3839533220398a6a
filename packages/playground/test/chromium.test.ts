import { readFile } from "node:fs/promises";
import { serve, type Server } from "@openspeed/adapter-node";
import { complaintsOf, hasChromium, openBrowser } from "@openspeed/chromium";
import { type App, policy, provide } from "@openspeed/core";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { playground } from "../src/index.ts";
import { deskApp, gate } from "./desk.ts";

interface Opened {
  readonly page: Page;
  readonly url: string;
  /** What the page complained of, and requests that left the origin. */
  readonly complaints: string[];
  /** Shows a route by its key. */
  readonly show: (key: string) => Promise<void>;
  /** Sends, and gives the part of the page that shows the answer. */
  readonly send: () => Promise<Locator>;
}

describe.runIf(hasChromium)("in Chromium", () => {
  const browser = openBrowser();
  const servers = new Set<Server>();
  afterEach(async () => {
    await Promise.all(
      browser()
        .contexts()
        .map((context) => context.close()),
    );
    await Promise.all([...servers].map((server) => server.close()));
    servers.clear();
  });

  async function open(
    app: App = deskApp({ plugins: [playground({ title: "Desk" })] }),
    options: BrowserContextOptions = {},
  ): Promise<Opened> {
    const server = await serve(app, { port: 0, hostname: "127.0.0.1", signals: false, grace: 100 });
    servers.add(server);
    const context = await browser().newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints = complaintsOf(page);
    page.on("request", (request) => {
      if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(server.url))
        complaints.push(request.url());
    });
    const url = `${server.url}/playground`;
    await page.goto(url);
    await page.locator(".frame").waitFor();
    const answer = page.getByRole("region", { name: "Answer" });
    return {
      page,
      url,
      complaints,
      show: async (key) => {
        await page.goto(`${url}#${encodeURI(key)}`);
        const [, path = ""] = key.split(" ");
        await page.locator(".about-line .path", { hasText: path }).waitFor();
      },
      send: async () => {
        await page.getByRole("button", { name: /^Send/ }).click();
        return answer;
      },
    };
  }

  const stated = (answer: Locator, text: string | RegExp): Promise<void> =>
    answer.getByRole("status").getByText(text).waitFor();

  test("a form of a schema is filled, sent, and its value comes", async () => {
    const { page, show, send, complaints } = await open();
    await show("POST /tickets");
    await page.getByLabel("session").fill("ada");
    await page.getByLabel("title", { exact: true }).fill("Coffee machine is sad");
    await page.getByRole("radiogroup", { name: "priority" }).getByRole("radio", { name: "high" }).check();
    await page.getByRole("button", { name: "Add an item to tags" }).click();
    await page.getByLabel("0", { exact: true }).fill("kitchen");
    await page.getByRole("button", { name: "assignee is null" }).click();
    await page.getByLabel("assignee", { exact: true }).fill("grace");
    await page.getByRole("radiogroup", { name: "Which contact" }).getByRole("radio", { name: "phone" }).check();
    await page.getByLabel("number", { exact: true }).fill("12345");
    await page.getByRole("button", { name: "Add place" }).click();
    await page.getByLabel("building").fill("A");
    await page.getByLabel("floor").fill("3");
    await page.getByRole("button", { name: "Add labels" }).click();
    await page.getByLabel("Add to labels: its name").fill("team");
    await page.getByRole("button", { name: "Add to labels" }).click();
    await page.getByLabel("team", { exact: true }).fill("blue");

    await page.getByRole("radiogroup", { name: "Write the body as" }).getByRole("radio", { name: "JSON" }).check();
    const raw = page.getByLabel("Body as JSON");
    expect(JSON.parse(await raw.inputValue())).toEqual({
      title: "Coffee machine is sad",
      priority: "high",
      urgent: false,
      assignee: "grace",
      tags: ["kitchen"],
      contact: { kind: "phone", number: "12345" },
      place: { building: "A", floor: 3 },
      labels: { team: "blue" },
    });
    const answer = await send();
    await stated(answer, "201 Created");
    expect(JSON.parse((await answer.locator("pre").textContent()) ?? "")).toEqual({
      id: 2,
      title: "Coffee machine is sad",
      priority: "high",
      tags: ["kitchen"],
    });
    await answer.getByRole("tab", { name: "Headers" }).click();
    await answer.getByText("application/json").waitFor();
    expect(complaints).toEqual([]);
  });

  test("what validation finds stands at its fields", async () => {
    const { page, show, send } = await open();
    await show("POST /tickets");
    await page.getByLabel("session").fill("ada");
    const title = page.getByLabel("title", { exact: true });
    await title.fill("ab");
    await page.getByRole("radiogroup", { name: "Which contact" }).getByRole("radio", { name: "email" }).check();
    await page.getByLabel("address").fill("nobody");
    const answer = await send();
    await stated(answer, "422 Unprocessable Content");
    expect(await title.getAttribute("aria-invalid")).toBe("true");
    const described = (await title.getAttribute("aria-describedby"))?.split(" ") ?? [];
    const words = await Promise.all(described.map((id) => page.locator(`#${id}`).textContent()));
    expect(words).toEqual(["What is wrong, in a few words.", expect.stringContaining(">=3 characters")]);
    expect(await page.getByLabel("address").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("building").count()).toBe(0);
    // From what is wrong to its field.
    await answer.getByRole("button", { name: "body.contact.address" }).click();
    expect(await page.getByLabel("address").evaluate((input) => input === document.activeElement)).toBe(true);
    await page.getByLabel("address").fill("nobody@example.com");
    await title.fill("abc");
    await send();
    await stated(answer, "201 Created");
    expect(await title.getAttribute("aria-invalid")).toBe("false");
  });

  test("a path without its param is not sent, a wrong one is judged by the server", async () => {
    const { page, show, send } = await open();
    await show("GET /tickets/:id");
    const answer = await send();
    await page.getByText("The path has no place for an empty one.").waitFor();
    await page.getByLabel("id", { exact: true }).fill("one");
    await send();
    await stated(answer, "422");
    expect(await page.getByLabel("id", { exact: true }).getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("id", { exact: true }).fill("77");
    await send();
    await stated(answer, "404");
    await answer.getByText("noSuchTicket").first().waitFor();
  });

  test("items of a stream are shown as they come, until somebody stops it", async () => {
    const between = gate();
    const { page, show, send } = await open(deskApp({ plugins: [playground()] }, between));
    await show("GET /ticks");
    const answer = await send();
    const items = answer.getByRole("log").getByRole("listitem");
    await items.filter({ hasText: `"tick":1` }).waitFor();
    await stated(answer, "Streaming");
    expect(await items.count()).toBe(1);
    between.open();
    await items.nth(1).filter({ hasText: `"tick":2` }).waitFor();
    expect(await items.nth(1).locator(".item-event").textContent()).toBe("tick");
    await page.getByRole("button", { name: "Stop" }).click();
    await stated(answer, "Stopped");
    await show("GET /lines");
    await send();
    await items.nth(1).filter({ hasText: `"line":2` }).waitFor();
    await answer.locator(".answer-streaming").waitFor({ state: "detached" });
  });

  test("the plan says what ran, in order, and how long each took", async () => {
    const { page, show, send } = await open();
    await show("DELETE /tickets/:id");
    await page.getByRole("tab", { name: "Plan" }).click();
    await page.getByText("Send the request to see how long each step takes.").waitFor();
    const names = page.locator(".plan-name");
    expect(await names.allTextContents()).toEqual(["config", "db", "rateLimit", "session", "user", "tx", "handler"]);
    await page.getByLabel("id", { exact: true }).fill("1");
    const answer = await send();
    await stated(answer, "401 Unauthorized");
    const row = (name: string): Locator =>
      answer.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    await row("handler").getByText("did not run").waitFor();
    await page.getByLabel("session").fill("ada");
    await send();
    await stated(answer, "204 No Content");
    expect(await names.allTextContents()).toEqual(["config", "db", "rateLimit", "session", "user", "tx", "handler"]);
    await row("db").getByText("with the app").waitFor();
    const took = async (name: string): Promise<number> =>
      Number.parseFloat((await row(name).getByRole("cell").last().textContent()) ?? "");
    expect(await took("user")).toBeGreaterThan(1);
    expect(await took("rateLimit")).toBeGreaterThan(await took("user"));
  });

  test("files, forms, texts, images, cookies, headers, redirects, and any method", async () => {
    const { page, show, send, complaints } = await open();
    await show("POST /pictures");
    await page.getByLabel("title", { exact: true }).fill("A note");
    await page
      .getByLabel("picture", { exact: true })
      .setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
    const answer = await send();
    await answer.getByText(`"A note"`).waitFor();
    expect(JSON.parse((await answer.locator("pre").textContent()) ?? "")).toEqual({ title: "A note", size: 5 });

    await show("POST /subscribe");
    await page.getByLabel("email").fill("ada@example.com");
    await page.getByRole("radiogroup", { name: "weekly" }).getByRole("radio", { name: "true" }).check();
    await send();
    await answer.getByText(`"ada@example.com"`).waitFor();
    expect(await answer.locator("pre").textContent()).toContain(`"weekly": true`);

    await show("PUT /notes/:name");
    await page.getByLabel("name", { exact: true }).fill("a/ b");
    await page.getByRole("textbox", { name: "Body" }).fill("Buy milk");
    await send();
    await answer.getByText("a/ b: Buy milk").or(answer.getByText("a%2F b: Buy milk")).waitFor();

    await show("GET /icon");
    await send();
    await expect.poll(() => answer.locator("img").evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(96);

    await show("GET /greeting");
    await page.getByRole("radiogroup", { name: "lang" }).getByRole("radio", { name: "th" }).check();
    await page.getByLabel("x-name").fill("Ada");
    await send();
    await answer.getByText("สวัสดี Ada").waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe("");

    await show("GET /old");
    await send();
    await answer.getByText("Followed a redirect to /lines").waitFor();

    await show("* /echo/*rest");
    await page.getByRole("radiogroup", { name: "Method" }).getByRole("radio", { name: "PATCH" }).check();
    await page.getByLabel("rest").fill("a/b");
    await send();
    await answer.getByText("PATCH a/b").waitFor();
    expect(complaints).toEqual([]);
  });

  test("routes are found and requests sent without a mouse", async () => {
    const { page, url } = await open();
    await page.locator("body").press("/");
    await page.keyboard.type("open tick");
    const links = page.getByRole("navigation", { name: "Routes" }).getByRole("link");
    await expect.poll(() => links.count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Open a ticket" }).waitFor();
    await page.locator("#search").fill("tickets");
    await page.keyboard.press("ArrowDown");
    expect(await links.first().evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "List tickets" }).waitFor();
    expect(page.url()).toBe(`${url}#GET%20/tickets`);
    await page.keyboard.press("Control+Enter");
    await page.getByText("200 OK").waitFor();
  });

  test("what was sent is kept, replayed, and saved as a file without credentials", async () => {
    const { page, show, send, complaints } = await open();
    await show("POST /tickets");
    await page.getByLabel("session").fill("top-secret");
    await page.getByLabel("title", { exact: true }).fill("Lamp is out");
    const answer = await send();
    await stated(answer, "201 Created");
    await page.reload();
    await page.getByRole("link", { name: /^History/ }).click();
    await page.getByRole("button", { name: "Replay POST /tickets" }).click();
    await stated(answer, "409 Conflict");
    expect(await page.getByLabel("title", { exact: true }).inputValue()).toBe("Lamp is out");

    await page.getByRole("link", { name: /^History/ }).click();
    await page.getByRole("listitem").filter({ hasText: "POST" }).nth(1).waitFor();
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all as a test" }).click();
    const text = await readFile(await (await downloading).path(), "utf8");
    expect(text).not.toContain("top-secret");
    const body = {
      type: "application/json",
      value: { title: "Lamp is out", priority: "low", urgent: false, assignee: null, tags: [] },
    };
    const credentials = [{ scheme: "session", in: "header", name: "authorization", prefix: "Bearer " }];
    const shared = { key: "POST /tickets", target: "/tickets", body, credentials };
    expect(JSON.parse(text)).toEqual({
      format: "openspeed-requests",
      version: 1,
      requests: [
        {
          ...shared,
          answer: {
            status: 201,
            type: "application/json",
            value: { id: 2, title: "Lamp is out", priority: "low", tags: [] },
          },
        },
        {
          ...shared,
          answer: {
            status: 409,
            type: "application/problem+json",
            problem: "duplicate",
            value: { type: "about:blank", title: "There is such a ticket", status: 409, name: "duplicate" },
          },
        },
      ],
    });
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("top-secret");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Nothing was sent yet.").waitFor();
    expect(complaints).toEqual([]);
  });

  test("the graph shows what needs what, drawn and as a table", async () => {
    const { page } = await open();
    await page.getByRole("link", { name: "Graph" }).click();
    const node = page.getByRole("button", { name: "tx 2 routes, provider, request" });
    await node.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => node.getAttribute("aria-pressed")).toBe("true");
    expect(await page.locator(".edge-near").count()).toBe(2); // config → db → tx
    const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "tx", exact: true }) });
    expect(await row.getByRole("cell").allTextContents()).toEqual([
      expect.stringContaining("provider, request"),
      "db",
      expect.stringContaining("2 routes"),
    ]);
    await row.getByRole("link", { name: "POST /tickets" }).click();
    await page.getByRole("heading", { name: "Open a ticket" }).waitFor();
  });

  test("in production, behind a guard, it sends requests, and says why there are no times", async () => {
    const guard = provide("guard", { meta: [policy({ kind: "admin" })] }, ({ header }) => header("x-admin") !== null);
    const app = deskApp({ mode: "production", plugins: [playground({ use: [guard] })] });
    const { page, show, send, complaints } = await open(app);
    await show("GET /lines");
    await stated(await send(), "200 OK");
    await page.getByRole("tab", { name: "Plan" }).click();
    await page.getByText("The app says times in development only.").waitFor();
    expect(complaints).toEqual([]);
  });

  const looks: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["phone", { colorScheme: "light", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true }],
  ];
  test.for(looks)("it is accessible and can be looked at: %s", async ([name, options]) => {
    const { page, show, send } = await open(undefined, options);
    const axe = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
    const look = async (view: string): Promise<void> => {
      await page.mouse.move(0, 0);
      await page.screenshot({
        path: new URL(`../../../.reports/playground/${view}-${name}.png`, import.meta.url).pathname,
      });
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: { run: () => Promise<Found> } }).axe.run();
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      });
      expect({ view, found }).toEqual({ view, found: [] });
      // Nothing is larger than the screen; what scrolls is within.
      expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    };
    await show("POST /tickets");
    await look("form");
    await page.getByLabel("session").fill("ada");
    await page.getByRole("radiogroup", { name: "Which contact" }).getByRole("radio", { name: "email" }).check();
    await page.getByLabel("title", { exact: true }).fill("ab");
    const answer = await send();
    await stated(answer, "422");
    await look("invalid");
    await page.getByLabel("title", { exact: true }).fill("Coffee machine is sad");
    await page.getByLabel("address").fill("ada@example.com");
    await send();
    await stated(answer, "201");
    await look("answer");
    await page.getByRole("tab", { name: "Plan" }).click();
    await look("plan");
    await show("POST /pictures");
    await look("files");
    await page.getByRole("link", { name: "Graph" }).click();
    await page.getByRole("heading", { name: "Graph" }).waitFor();
    await look("graph");
    await page.getByRole("link", { name: /^History/ }).click();
    await page.getByRole("heading", { name: "History" }).waitFor();
    await look("history");
    if (name !== "phone") return;
    await page.getByRole("button", { name: "Routes" }).click();
    await look("routes");
  });
});

/** What axe-core finds, as far as it is read here. */
interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
