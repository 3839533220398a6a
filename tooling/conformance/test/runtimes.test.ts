import { isRequired } from "@openspeed/required";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleSuite } from "../src/bundle.ts";
import { bun, deno } from "../src/runtimes/command.ts";
import { chromium } from "../src/runtimes/chromium.ts";
import type { Runtime } from "../src/runtimes/report.ts";
import { workerd } from "../src/runtimes/workerd.ts";

const runtimes: readonly Runtime[] = [bun, deno, workerd, chromium];

describe("the suite through fetch", () => {
  let suite = "";
  beforeAll(async () => {
    suite = await bundleSuite();
  });

  test.each(runtimes)("on $name", { timeout: 180_000 }, async ({ name, missing, run }) => {
    const reason = missing();
    if (reason !== undefined && !isRequired(name)) {
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
