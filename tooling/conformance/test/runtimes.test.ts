import { beforeAll, describe, expect, test } from "vitest";
import { bundleSuite } from "../src/bundle.ts";
import { bun, deno } from "../src/runtimes/command.ts";
import { chromium } from "../src/runtimes/chromium.ts";
import type { Runtime } from "../src/runtimes/report.ts";
import { workerd } from "../src/runtimes/workerd.ts";

const runtimes: readonly Runtime[] = [bun, deno, workerd, chromium];
/** Runtimes that must be there: elsewhere, one that is missing is skipped with a line that says how to get it. */
const required = new Set((process.env["OPENSPEED_REQUIRE"] ?? "").split(/[\s,]+/));

describe("the suite through fetch", () => {
  let suite = "";
  beforeAll(async () => {
    suite = await bundleSuite();
  });

  test.each(runtimes)("on $name", { timeout: 180_000 }, async ({ name, missing, run }) => {
    const reason = missing();
    if (reason !== undefined && !required.has(name)) {
      console.log(`${name}: skipped. ${reason}`);
      return;
    }
    expect(reason).toBeUndefined();
    const { passed, failed } = await run(suite);
    console.log(`${name}: ${passed} passed, ${failed.length} failed`);
    expect(failed.map((failure) => `${failure.name}\n    ${failure.message}`)).toEqual([]);
    expect(passed).toBeGreaterThan(500);
  });
});
