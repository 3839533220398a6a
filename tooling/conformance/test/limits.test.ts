import { createApp, parseDuration, parseSize } from "@openspeed/core";
import { expect, test } from "vitest";
import { incoming, quiet, signal, suite } from "./suite.ts";

suite("limits", (open) => {
  test("a handler's time is bounded, and its signal aborted", async () => {
    const aborted = signal<unknown>();
    const app = createApp({ limits: { handler: 20 } }).get(
      "/",
      ({ signal: gone }) => new Promise(() => gone.addEventListener("abort", () => aborted.resolve(gone.reason))),
    );
    const t = await open(app);
    await t("GET /").expectProblem("timeout");
    expect(await aborted.promise).toHaveProperty("name", "TimeoutError");
  });

  test("a signal that is asked for too late is aborted already", async () => {
    const seen = signal<boolean>();
    const released = signal();
    const app = createApp({ limits: { handler: 20 } }).get("/", async (ctx) => {
      await released.promise;
      seen.resolve(ctx.signal.aborted);
      return new Blob(["late"]).stream();
    });
    const t = await open(app);
    await t("GET /").expectProblem("timeout");
    released.resolve();
    expect(await seen.promise).toBe(true);
  });

  test("a signal is not aborted by an answer in time", async () => {
    const t = await open(createApp({ limits: { handler: "5s" } }).get("/", async (ctx) => ctx.signal.aborted));
    await t("GET /").expect(200, false);
  });

  test("a route's own time counts more", async () => {
    const app = createApp({ limits: { handler: "1h" } }).get(
      "/",
      { limits: { handler: "20ms" } },
      () => new Promise<never>(() => {}),
    );
    const t = await open(app);
    await t("GET /").expectProblem("timeout");
  });

  test("an error after the time is over changes nothing, and is told beside the timeout", async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const told: unknown[] = [];
    const t = await open(
      createApp({ limits: { handler: 20 }, onError: (error) => told.push(error) }).get("/", () => promise),
    );
    await t("GET /").expectProblem("timeout");
    reject(new Error("Late"));
    await t("GET /nothing").expect(404);
    expect(told).toMatchObject([{ name: "TimeoutError" }, { message: "Late" }]);
  });

  test("the target is bounded", async () => {
    const t = await open(createApp({ limits: { url: 20 } }).get("/*all", () => "ok"));
    await t("GET /12345678901234?678").expect(200);
    await t("GET /12345678901234?67890").expectProblem("uriTooLong");
  });

  test("defaults are on", () => {
    const { limits } = createApp();
    expect(limits).toMatchObject({
      body: 1024 ** 2,
      url: 8192,
      headers: 16384,
      handler: 30_000,
      headersTimeout: 10_000,
      jsonDepth: 64,
      query: 256,
      cookies: 64,
    });
    expect(Object.values(limits).every((limit) => Number.isFinite(limit) && limit > 0)).toBe(true);
  });
});

test.each([
  ["1B", 1],
  ["64KiB", 65536],
  ["1.5MiB", 1572864],
  ["2GiB", 2 * 1024 ** 3],
  ["1KB", 1000],
  ["1MB", 1e6],
  ["1GB", 1e9],
  [12, 12],
  [1.9, 1],
  ["0B", undefined],
  ["-1B", undefined],
  ["1", undefined],
  ["KiB", undefined],
  ["1 KiB", undefined],
  ["1kib", undefined],
  ["1s", undefined],
  [0, undefined],
  [-1, undefined],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  [undefined, undefined],
  [null, undefined],
  [{}, undefined],
  ["", undefined],
])("the size %j is %j", (text, size) => expect(parseSize(text)).toBe(size));

test.each([
  ["1ms", 1],
  ["30s", 30_000],
  ["1.5m", 90_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
  [250, 250],
  ["25d", undefined],
  ["0s", undefined],
  ["1", undefined],
  ["1KiB", undefined],
  [2 ** 31, undefined],
  [-5, undefined],
])("the duration %j is %j", (text, duration) => expect(parseDuration(text)).toBe(duration));

test.each([
  { body: 0 },
  { body: -1 },
  { body: Number.NaN },
  { handler: Number.POSITIVE_INFINITY },
  { body: "1" },
  { handler: "soon" },
  { query: -1 },
  { bodyy: 5 },
  { body: undefined },
])("limits %j do not compile", async (limits) => {
  const app = createApp({ ...quiet, limits: limits as never }).get("/", () => "x");
  await expect(app.ready()).rejects.toMatchObject({
    name: "CompileError",
    diagnostics: [{ code: "OS_INVALID_LIMIT" }],
  });
  expect((await app.handle(incoming("/"))).status).toBe(500);
});
