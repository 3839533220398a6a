/** Chromium, for tests of what people see. `CHROMIUM` names another program than the usual one. */
import { existsSync } from "node:fs";
import { isRequired } from "@openspeed/required";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/**
 * Whether tests in a browser can run. Where there is none they are skipped, with a line that says how to get it; where
 * `OPENSPEED_REQUIRE` names `chromium`, they fail.
 */
export const hasChromium: boolean = existsSync(PROGRAM);
if (!hasChromium && isRequired("chromium")) throw new Error(`There is no ${PROGRAM}.`);
if (!hasChromium)
  console.log(`Tests in Chromium are skipped: there is no ${PROGRAM}. Run apt-get install chromium, or set CHROMIUM.`);

/** A browser without a window that asks nothing of the network by itself. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAM,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-quic"],
  });
}

/** One browser for a file of tests, there from its first test to its last. */
export function openBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (hasChromium) browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error("The browser has not started.");
    return browser;
  };
}

/** What a page complains of from now on: errors, warnings, violations of its policy. Refusals that a test wants are none. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    const refused = message.text().startsWith("Failed to load resource: the server responded with a status of");
    if (["error", "warning"].includes(message.type()) && !refused) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}
