import { type Binding, createApp, CompileError, lazy, port, provide, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { suite } from "./suite.ts";

suite("an app that succeeds another", (open) => {
  const log: string[] = [];
  const pool = provide("pool", { scope: "app", dispose: () => void log.push("pool closed") }, () => {
    log.push("pool opened");
    return { id: log.length };
  });
  const store = provide(
    "store",
    { scope: "app", use: [pool], dispose: () => void log.push("store closed") },
    ({ pool }) => {
      log.push("store opened");
      return { pool };
    },
  );

  test("keeps the values whose providers are the same, and the rest are closed in order", async () => {
    log.length = 0;
    const before = createApp().get("/", { use: [store] }, ({ store }) => `one ${store.pool.id}`);
    const t = await open(before);
    await t("GET /").expect(200, "one 1");
    const next = createApp().get("/", { use: [pool] }, ({ pool }) => `two ${pool.id}`);
    await next.succeed(before);
    await t("GET /").expect(200, "two 1"); // passed on
    expect(log).toEqual(["pool opened", "store opened"]);
    await before.close();
    expect(log).toEqual(["pool opened", "store opened", "store closed"]);
    expect(await (await next.fetch(new Request("http://x/"))).text()).toBe("two 1");
    await next.close();
    expect(log.at(-1)).toBe("pool closed");
  });

  test("a value whose needs changed is made anew", async () => {
    log.length = 0;
    const source = port<string>()("source");
    const reader = provide("reader", { scope: "app", use: [source] }, ({ source }) => {
      log.push(`reads ${source}`);
      return source;
    });
    const first = provide("first", { scope: "app" }, () => "first");
    const second = provide("second", { scope: "app" }, () => "second");
    const bound = (binding: Binding) =>
      createApp({ bind: [binding] }).get("/", { use: [reader, first, second] }, ({ reader }) => reader);
    const before = bound(source.to(first));
    const t = await open(before);
    await t("GET /").expect(200, "first");
    const next = bound(source.to(second));
    await next.succeed(before);
    await t("GET /").expect(200, "second");
    expect(log).toEqual(["reads first", "reads second"]);
  });

  test("one that does not compile leaves all as it was", async () => {
    log.length = 0;
    const before = createApp().get("/", { use: [pool] }, ({ pool }) => `still ${pool.id}`);
    const t = await open(before);
    await t("GET /").expect(200);
    const broken = createApp()
      .get("/", () => "x")
      .get("/", () => "y");
    await expect(broken.succeed(before)).rejects.toThrow(CompileError);
    await t("GET /").expect(200, "still 1");
  });

  test("one whose value cannot be made closes only what it made itself", async () => {
    log.length = 0;
    const failing = provide("failing", { scope: "app", use: [store] }, () => {
      throw new Error("Down");
    });
    const before = createApp().get("/", { use: [pool] }, ({ pool }) => `still ${pool.id}`);
    const t = await open(before);
    await t("GET /").expect(200);
    const next = createApp().get("/", { use: [failing] }, () => "x");
    await expect(next.succeed(before)).rejects.toThrow("Down");
    expect(log).toEqual(["pool opened", "store opened", "store closed"]);
    await t("GET /").expect(200, "still 1");
  });

  test("lazy routes are loaded anew, so that the values they need are known", async () => {
    log.length = 0;
    let version = 1;
    const before = createApp({
      routes: {
        "GET /": lazy(async () => {
          const loaded = version;
          return route({ use: [pool] }, ({ pool }) => `v${loaded} pool ${pool.id}`);
        }),
      },
    });
    const t = await open(before);
    await t("GET /").expect(200, "v1 pool 1");
    version = 2;
    const next = before.override([]);
    await next.succeed(before);
    await before.close();
    expect(await (await next.fetch(new Request("http://x/"))).text()).toBe("v2 pool 1");
    expect(log).toEqual(["pool opened"]);
  });
});
