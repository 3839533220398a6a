/** What Desk tells browsers, and what it does not take from them; the pages that are not its own among them. */
import { complaintsOf, hasChromium, openBrowser } from "@openspeed/chromium";
import { describe, expect, test } from "vitest";
import { desk } from "./desk.ts";
import { devServer } from "./dev-server.ts";

describe("answers", () => {
  const ask = desk();
  const html = { accept: "text/html" };

  test.each([
    ["GET /", html],
    ["GET /admin", html],
    ["GET /nowhere", html],
    ["GET /nowhere", {}],
    ["GET /api", {}],
    ["GET /reference", html],
    ["GET /playground", html],
    ["DELETE /api", {}],
  ])("%s is careful, and has an id", async (target, headers) => {
    const answer = await ask(target, undefined, headers);
    expect(answer.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'|default-src 'none'/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  });

  test.each(["POST /person", "POST /api/organisations", "DELETE /api/tickets/1", "PATCH /api/tickets/1"])(
    "%s is not taken from another site",
    async (target) => {
      const headers = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
      const answer = await ask(target, target.startsWith("DELETE") ? undefined : { a: 1 }, headers);
      expect([answer.status, answer.json]).toEqual([403, expect.objectContaining({ name: "crossSite" })]);
    },
  );
});

describe.runIf(hasChromium)("in Chromium", () => {
  const browser = openBrowser();
  const url = devServer();

  test.each([
    ["/playground", "Desk"],
    ["/reference", "Desk"],
    ["/organisations/siam-cycles/tickets", "Siam Cycles"],
  ])("%s works under its policy", async (path, words) => {
    const page = await browser().newPage();
    const complaints = complaintsOf(page);
    await page.goto(url() + path, { waitUntil: "load" });
    await page.getByText(words).first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
