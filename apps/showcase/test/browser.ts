/** Chromium, for tests of what people see. */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const required = (process.env["OPENSPEED_REQUIRE"] ?? "").split(/[\s,]+/).includes("chromium");

/** Without it these tests are skipped, unless `OPENSPEED_REQUIRE` says that it must be there. */
export const hasChromium: boolean = existsSync(PROGRAM) || required;

/** One browser for a file of tests. */
export function openBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!hasChromium) return;
    browser = await chromium.launch({
      executablePath: PROGRAM,
      args: ["--no-sandbox", "--disable-background-networking", "--disable-quic"],
    });
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error("The browser has not started.");
    return browser;
  };
}
