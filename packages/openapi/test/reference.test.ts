import { serve, type Server } from "@openspeed/adapter-node";
import { complaintsOf, hasChromium, openBrowser } from "@openspeed/chromium";
import { createApp } from "@openspeed/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openapi } from "../src/index.ts";
import { reference } from "../src/reference.ts";
import { mountsOf } from "./fixture.ts";

const app = createApp({
  mode: "production",
  routes: mountsOf(),
  plugins: [openapi({ title: "The <Fixture>", path: "/api" }), reference({ path: "/docs" })],
});
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(app.fetch(new Request(`http://127.0.0.1${path}`, { headers })));

test("the page has a policy of its own each time, and text that it did not write stays text", async () => {
  const [first, second] = [await get("/docs"), await get("/docs")];
  expect(first.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; script-src 'nonce-[\w+/]{24}'; style-src /,
  );
  expect(first.headers.get("content-security-policy")).not.toBe(second.headers.get("content-security-policy"));
  const policy = first.headers.get("content-security-policy") ?? "";
  expect(policy.replace("style-src 'unsafe-inline'", "")).not.toMatch(/unsafe|https?:|\*/);
  const html = await first.text();
  expect(html).toContain("<title>The &lt;Fixture&gt;</title>");
  expect(html).toContain('"url":"/api.json"');
  expect(html).not.toMatch(/(?:src|href)="(?!\/|data:)/);
});

test("the script is kept for good under the name of its content, and is asked for again under another", async () => {
  const src = /src="([^"]+)"/.exec(await (await get("/docs")).text())?.[1] ?? "";
  const script = await get(src);
  expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect((await script.arrayBuffer()).byteLength).toBeGreaterThan(1_000_000);
  const tag = script.headers.get("etag") ?? "";
  expect(tag).toMatch(/^"[0-9a-f]{16}"$/);
  expect((await get("/docs/scalar.js", { "if-none-match": tag })).status).toBe(304);
  expect((await get("/docs/scalar.js")).headers.get("cache-control")).toBe("no-cache");
});

test("without Scalar it says what to do", async () => {
  const errors: unknown[] = [];
  const bare = createApp({
    plugins: [reference({ bundle: new URL("file:///nowhere/standalone.js") })],
    onError: (error) => void errors.push(error),
  });
  expect((await bare.fetch(new Request("http://127.0.0.1/reference"))).status).toBe(500);
  expect(String(errors[0])).toContain(
    "OS_OPENAPI_REFERENCE: Scalar's browser bundle cannot be read. Run npm install @scalar/api-reference",
  );
});

describe.runIf(hasChromium)("in Chromium", () => {
  const browser = openBrowser();
  let server: Server;
  beforeAll(async () => {
    server = await serve(app, { port: 0, hostname: "127.0.0.1", signals: false, grace: 100 });
  });
  afterAll(() => server.close());

  test("it shows the operations, breaks no rule of its policy, and asks nobody else", async () => {
    const page = await browser().newPage({ viewport: { width: 1280, height: 900 } });
    const complaints = complaintsOf(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    // Not every violation is said on the console.
    await page.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        console.error(`Content Security Policy: ${violatedDirective} ${blockedURI}`),
      ),
    );
    await page.goto(`${server.url}/docs`);
    await page.getByRole("heading", { name: "The <Fixture>" }).first().waitFor();
    const operations = page.locator("a", { hasText: "HTTP Method" });
    await page.getByRole("button", { name: "Open Group - tickets" }).click();
    for (const name of ["List", "/tickets/{id}"]) await operations.filter({ hasText: name }).first().waitFor();
    await operations.filter({ hasText: "List" }).first().click();
    await page.getByText("What to look for").first().waitFor();
    const shot = process.env["OPENSPEED_SHOTS"];
    if (shot !== undefined) await page.screenshot({ path: `${shot}/reference.png` });
    await page.close();
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(server.url) && !/^(?:data|blob):/.test(url))).toEqual([]);
    expect(asked.some((url) => url.endsWith("/api.json"))).toBe(true);
  });
});
