import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** Elsewhere, a missing browser is skipped with a line that says how to get it. */
const required = (process.env["OPENSPEED_REQUIRE"] ?? "").split(/[\s,]+/).includes("chromium");

export function chromiumIsThere(): boolean {
  const there = existsSync(PROGRAM);
  if (!there && required) throw new Error(`There is no ${PROGRAM}.`);
  if (!there)
    console.log(
      `chromium: skipped. There is no ${PROGRAM}. Run: apt-get install chromium (or name another with CHROMIUM=…)`,
    );
  return there;
}

export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAM,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-quic"],
  });
}

/** What a page complains of: errors, warnings, violations of its policy. Answers that a test wants refused are none. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    const refused = message.text().startsWith("Failed to load resource: the server responded with a status of");
    if (["error", "warning"].includes(message.type()) && !refused) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}
