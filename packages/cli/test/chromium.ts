import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

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
