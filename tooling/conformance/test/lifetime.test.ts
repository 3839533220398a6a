import { createApp, problem, provide, reply } from "@openspeed/core";
import { expect, test } from "vitest";
import { incoming, quiet, signal, suite } from "./suite.ts";

suite("closing", (open) => {
  test("awaits work that goes on after its answer", async () => {
    const work = signal();
    const log: string[] = [];
    const db = provide("db", { scope: "app", dispose: () => void log.push("disposed") }, () => 1);
    const t = await open(
      createApp().get("/", { use: [db] }, ({ waitUntil }) => {
        waitUntil(work.promise.then(() => void log.push("worked")));
        return "answered";
      }),
    );
    await t("GET /").expect(200, "answered");
    const closing = t.close().then(() => log.push("closed"));
    expect(log).toEqual([]);
    work.resolve();
    await closing;
    expect(log).toEqual(["worked", "disposed", "closed"]);
  });

  test("is told of work that fails, and goes on", async () => {
    const told: unknown[] = [];
    const t = await open(
      createApp({ onError: (error) => told.push(error) }).get("/", ({ waitUntil }) => {
        waitUntil(Promise.reject(new Error("Late")));
        return "x";
      }),
    );
    await t("GET /").expect(200);
    await t.close();
    expect(told).toHaveLength(1);
  });

  test("hears of an error that an answer survives, with the route that it came from", async () => {
    const told: unknown[] = [];
    const app = createApp({ onError: (error, place) => told.push([error, place.route]) }).get("/", ({ report }) => {
      report("half");
      return "sent";
    });
    const t = await open(app);
    await t("GET /").expect(200, "sent");
    expect(told).toEqual([["half", "GET /"]]);
  });

  test("disposes all, even if one fails", async () => {
    const log: string[] = [];
    const one = provide("one", { scope: "app", dispose: () => void log.push("one") }, () => 1);
    const two = provide("two", { scope: "app", dispose: () => Promise.reject(new Error("Stuck")) }, () => 2);
    const app = createApp().get("/", { use: [one, two] }, () => "x");
    await app.ready();
    await expect(app.close()).rejects.toThrow("Stuck");
    expect(log).toEqual(["one"]);
    await app.close();
    expect(log).toEqual(["one"]);
  });

  test("an app that never started closes too", async () => {
    await createApp()
      .get("/", () => "x")
      .close();
  });
});

suite("starting", (open) => {
  test("the first request starts an app that nobody started", async () => {
    const db = provide("db", { scope: "app" }, async () => "db");
    const app = createApp().get("/", { use: [db] }, (ctx) => ctx.db);
    const [first, second] = await Promise.all([app.handle(incoming("/")), app.handle(incoming("/"))]);
    expect([first.body, second.body]).toEqual(["db", "db"]);
    const t = await open(app);
    await t("GET /").expect(200, "db");
  });

  test("an app that does not start answers 500 and says why to onError", async () => {
    const told: unknown[] = [];
    const app = createApp({ onError: (error) => told.push(error) })
      .get("/x", () => "x")
      .get("/x", () => "y");
    expect((await app.handle(incoming("/x"))).status).toBe(500);
    expect(told[0]).toHaveProperty("name", "CompileError");
  });

  test("a synchronous route answers without a promise once the app is ready", async () => {
    const app = createApp()
      .get("/", () => "now")
      .get("/later", async () => "later")
      .get("/reply/:id", ({ params }) => reply(200, params));
    await app.ready();
    expect(app.handle(incoming("/"))).toMatchObject({ status: 200, body: "now" });
    expect(app.handle(incoming("/later"))).toBeInstanceOf(Promise);
    // What not every app does is loaded when it is first done, and stays.
    await app.handle(incoming("/reply/0"));
    await app.handle(incoming("/nothing"));
    expect(app.handle(incoming("/reply/1"))).toMatchObject({ status: 200, body: '{"id":"1"}' });
    expect(app.handle(incoming("/nothing"))).toMatchObject({ status: 404 });
  });

  test("the platform is handed through, and told of work", async () => {
    const told: unknown[] = [];
    const platform = { name: "edge", waitUntil: (work: unknown) => told.push(work) };
    const app = createApp().get("/", (ctx) => {
      ctx.waitUntil(Promise.resolve());
      return { same: ctx.platform === platform, target: ctx.incoming.target };
    });
    const { fetch } = app;
    const response = await fetch(new Request("http://localhost/?a=1#b"), platform);
    expect(await response.json()).toEqual({ same: true, target: "/?a=1" });
    expect(told).toHaveLength(1);
  });
});

suite("a client that goes away", (open, transport) => {
  test("aborts ctx.signal", async () => {
    const started = signal();
    const gone = signal();
    const app = createApp({ ...quiet, limits: { handler: "10s" } }).get("/", ({ signal: aborted }) => {
      aborted.addEventListener("abort", () => gone.resolve());
      started.resolve();
      return gone.promise.then(() => "too late");
    });
    const t = await open(app);
    const controller = new AbortController();
    const answer = t.fetch("/", { signal: controller.signal });
    await started.promise;
    controller.abort();
    if (transport === "socket") await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    else await answer.catch(() => {});
    await gone.promise;
  });

  test("aborts a body that is still being sent", async () => {
    const ended = signal<unknown>();
    const tx = provide("tx", { dispose: (_value, { error }) => ended.resolve(error) }, () => 1);
    const app = createApp({ ...quiet, mode: "test" }).get(
      "/",
      { use: [tx], problems: { gone: problem(410, "Gone") } },
      () =>
        reply(
          200,
          new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65536)) }, { highWaterMark: 0 }),
        ),
    );
    const t = await open(app);
    const response = await t.fetch("/");
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await ended.promise).toBeInstanceOf(Error);
  });
});
