import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createApp, parseDuration, parseSize } from "../src/index.ts";
import { type LimitOptions, resolveLimits } from "../src/limits.ts";

describe("sizes", () => {
  test.each<[value: unknown, bytes: number | undefined]>([
    [1, 1],
    [1.9, 1],
    ["1B", 1],
    ["1KB", 1_000],
    ["1KiB", 1_024],
    ["64KiB", 65_536],
    ["1MB", 1e6],
    ["1MiB", 1_048_576],
    ["1.5KiB", 1_536],
    ["2GB", 2e9],
    ["2GiB", 2_147_483_648],
    [0, undefined],
    [-1, undefined],
    [0.5, undefined],
    ["0.5B", undefined],
    ["0B", undefined],
    ["-1B", undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ["", undefined],
    ["1", undefined],
    ["KiB", undefined],
    ["1 KiB", undefined],
    ["1kib", undefined],
    ["1s", undefined],
    ["1e3B", undefined],
    ["1.B", undefined],
    ["1KiBs", undefined],
    ["1constructor", undefined],
    ["1toString", undefined],
    [`${"9".repeat(400)}B`, undefined],
    [undefined, undefined],
    [null, undefined],
    [true, undefined],
    [[1], undefined],
  ])("%j", (value, bytes) => {
    expect(parseSize(value)).toBe(bytes);
  });
});

describe("durations", () => {
  test.each<[value: unknown, milliseconds: number | undefined]>([
    [1, 1],
    ["1ms", 1],
    ["30s", 30_000],
    ["1.5s", 1_500],
    ["5m", 300_000],
    ["1h", 3_600_000],
    ["1d", 86_400_000],
    [2 ** 31 - 1, 2 ** 31 - 1],
    ["24d", 2_073_600_000],
    [2 ** 31, undefined],
    ["25d", undefined],
    [0, undefined],
    ["0.5ms", undefined],
    ["1KiB", undefined],
    ["1 s", undefined],
    ["1S", undefined],
    ["forever", undefined],
  ])("%j", (value, milliseconds) => {
    expect(parseDuration(value)).toBe(milliseconds);
  });
});

test("whatever is taken is a positive whole number", () => {
  const value = fc.oneof(
    fc.double(),
    fc.anything(),
    fc.tuple(fc.double(), fc.constantFrom("B", "KiB", "GB", "ms", "s", "d", "")).map(([n, unit]) => `${n}${unit}`),
  );
  fc.assert(
    fc.property(value, (each) => {
      for (const amount of [parseSize(each), parseDuration(each)]) {
        if (amount === undefined) continue;
        expect(Number.isInteger(amount)).toBe(true);
        expect(amount).toBeGreaterThan(0);
      }
      expect(parseDuration(each) ?? 1).toBeLessThan(2 ** 31);
    }),
    { numRuns: 3_000 },
  );
});

describe("an app's limits", () => {
  test("are all on", () => {
    expect(createApp().limits).toEqual({
      body: 1_048_576,
      url: 8_192,
      headers: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 300_000,
      stall: 30_000,
      keepAlive: 5_000,
      handler: 30_000,
      start: 60_000,
      shutdown: 10_000,
      jsonDepth: 64,
      query: 256,
      cookies: 64,
      parts: 64,
      file: 10_485_760,
    });
  });

  test("can be changed one by one", () => {
    const limits = createApp({ limits: { body: "2MB", handler: "1m", cookies: 3 } }).limits;
    expect(limits).toEqual({ ...createApp().limits, body: 2e6, handler: 60_000, cookies: 3 });
  });

  test.each<[limits: Record<string, unknown>, facts: readonly string[]]>([
    [{ body: 0 }, ["body", "0", '"1MiB"']],
    [{ body: "1s" }, ["body", '"1s"', '"1MiB"']],
    [{ body: Number.POSITIVE_INFINITY }, ["body", "Infinity", '"1MiB"']],
    [{ handler: "1MiB" }, ["handler", '"1MiB"', '"30s"']],
    [{ shutdown: -1 }, ["shutdown", "-1", '"10s"']],
    [{ boddy: 1 }, ["boddy"]],
    [{ constructor: 1 }, ["constructor"]],
  ])("%j is reported", (limits, facts) => {
    const found: unknown[] = [];
    resolveLimits(limits, (code, where, ...rest) => found.push([code, where, ...rest.slice(0, facts.length)]));
    expect(found).toEqual([["OS_INVALID_LIMIT", "createApp({ limits })", ...facts]]);
  });

  test("a value that is there but undefined is reported too, and never taken for none", () => {
    const found: string[] = [];
    resolveLimits({ body: undefined } as unknown as LimitOptions, (code) => found.push(code));
    expect(found).toEqual(["OS_INVALID_LIMIT"]);
  });
});
