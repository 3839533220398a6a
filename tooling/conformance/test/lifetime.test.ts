import { createApp, lazy, meta, middleware, type Plugin, policy, problem, provide, publicAccess, reply, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { incoming, quiet, signal, suite } from "./suite.ts";

suite("lazy routes", (open) => {
  test("are loaded by their first request, once", async () => {
    let loads = 0;
    const late = lazy(async () => {
      loads++;
      return route(({ params }) => `late ${Object.values(params).join()}`);
    });
    const t = await open(createApp({ routes: { "GET /record/:id": late } }).get("/verb", late));
    expect(loads).toBe(0);
    await Promise.all([t("GET /record/1").expect(200, "late 1"), t("GET /record/2").expect(200, "late 2")]);
    await t("GET /record/3").expect(200, "late 3");
    expect(loads).toBe(1);
    await t("GET /verb").expect(200, "late ");
  });

  test("bring what they use along", async () => {
    const db = provide("db", { scope: "app" }, async () => "db");
    const user = provide("user", {}, async () => "ada");
    const t = await open(createApp().get("/", lazy(async () => route({ use: [db, user] }, (ctx) => `${ctx.db} ${ctx.user}`))));
    await t("GET /").expect(200, "db ada");
  });

  test("that fail are 500, and tried again", async () => {
    let loads = 0;
    const t = await open(
      createApp(quiet).get("/", lazy(async () => {
        if (++loads === 1) throw new Error("No such module");
        return route(() => "there");
      })).get("/none", lazy(async () => undefined as never)).get("/wrong/:id", lazy(async () => route({ use: [provide("query", {}, () => 1)] }, () => "x"))),
    );
    await t("GET /").expectProblem("internal");
    await t("GET /").expect(200, "there");
    await t("GET /none").expectProblem("internal");
    await t("GET /wrong/1").expectProblem("internal");
  });
});

suite("plugins", (open) => {
  test("add routes, wrap routes, listen to compiling and closing", async () => {
    const log: string[] = [];
    const stamp = middleware("stamp", {}, (_ctx, next) => {
      log.push("wrapped");
      return next();
    });
    const plugin: Plugin = {
      name: "all",
      capabilities: ["routes", "wrap", "compiled", "close"],
      async setup(host) {
        host.route("GET", "/plugin", route(() => "from the plugin"));
        host.route("GET", "/used", route(() => "used"), [publicAccess()]);
        host.wrap(stamp, ({ path }) => path === "/wrapped");
        host.onCompiled(({ routes }) => void log.push(routes.map(({ key }) => key).join()));
        host.onClose(async () => void log.push("closing"));
      },
    };
    const db = provide("db", { scope: "app", dispose: () => void log.push("disposed") }, () => 1);
    const app = createApp({ plugins: [plugin] }).get("/wrapped", { use: [db] }, () => "wrapped").get("/bare", () => "bare");
    const t = await open(app);
    await t("GET /plugin").expect(200, "from the plugin");
    await t("GET /used").expect(200);
    await t("GET /bare").expect(200);
    expect(log).toEqual(["GET /wrapped,GET /bare,GET /plugin,GET /used"]);
    await t("GET /wrapped").expect(200);
    await t.close();
    expect(log.slice(1)).toEqual(["wrapped", "closing", "disposed"]);
  });

  test("wrap every route unless they pick, and are added later too", async () => {
    let count = 0;
    const counting: Plugin = { name: "count", capabilities: ["wrap"], setup: (host) => host.wrap(middleware("count", {}, (_ctx, next) => (count++, next()))) };
    const t = await open(createApp().get("/a", () => "a").plugin(counting).get("/b", () => "b"));
    await t("GET /a").expect(200);
    await t("GET /b").expect(200);
    expect(count).toBe(2);
  });

  test.each<[capability: string, setup: Plugin["setup"]]>([
    ["routes", (host) => host.route("GET", "/", route(() => "x"))],
    ["wrap", (host) => host.wrap(publicAccess())],
    ["compiled", (host) => host.onCompiled(() => {})],
    ["close", (host) => host.onClose(() => {})],
  ])("cannot use %s without saying so", async (capability, setup) => {
    const app = createApp({ ...quiet, plugins: [{ name: "sly", capabilities: [], setup }] });
    await expect(app.ready()).rejects.toThrow(new RegExp(`sly[\\s\\S]*${capability}`));
  });
});

suite("metadata", (open) => {
  test("is read by its key, outermost first, policies included", async () => {
    const owner = meta<string>("owner");
    const seen: unknown[] = [];
    const reader: Plugin = {
      name: "reader",
      capabilities: ["compiled"],
      setup: (host) => host.onCompiled(({ routes }) => void routes.forEach((mounted) => seen.push(owner.all(mounted), policy.all(mounted).map(({ kind }) => kind)))),
    };
    const guard = middleware("guard", { meta: [policy({ kind: "signed-in" }), owner("security")] }, (_ctx, next) => next());
    const user = provide("user", { meta: [owner("identity")] }, () => "ada");
    const app = createApp({ use: [owner("platform")], plugins: [reader] });
    app.group("/g", [owner("billing")]).get("/", { use: [guard, user, owner("ada")] }, () => "x");
    app.get("/plain", { use: [publicAccess()] }, () => "x");
    await open(app);
    expect(seen).toEqual([["platform", "billing", "security", "identity", "ada"], ["signed-in"], ["platform"], ["public"]]);
    expect(owner("x")).toEqual({ kind: "meta", key: "owner", value: "x" });
  });
});

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
    await createApp().get("/", () => "x").close();
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
    const app = createApp({ onError: (error) => told.push(error) }).get("/x", () => "x").get("/x", () => "y");
    expect((await app.handle(incoming("/x"))).status).toBe(500);
    expect(told[0]).toHaveProperty("name", "CompileError");
  });

  test("a synchronous route answers without a promise once the app is ready", async () => {
    const app = createApp().get("/", () => "now").get("/later", async () => "later").get("/reply/:id", ({ params }) => reply(200, params));
    await app.ready();
    expect(app.handle(incoming("/"))).toMatchObject({ status: 200, body: "now" });
    expect(app.handle(incoming("/reply/1"))).toMatchObject({ status: 200, body: '{"id":"1"}' });
    expect(app.handle(incoming("/later"))).toBeInstanceOf(Promise);
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
    if (transport === "socket") await expect(answer).rejects.toThrow();
    else await answer.catch(() => {});
    await gone.promise;
  });

  test("aborts a body that is still being sent", async () => {
    const ended = signal<unknown>();
    const tx = provide("tx", { dispose: (_value, { error }) => ended.resolve(error) }, () => 1);
    const app = createApp({ ...quiet, mode: "test" }).get("/", { use: [tx], problems: { gone: problem(410, "Gone") } }, () =>
      reply(200, new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65536)) }, { highWaterMark: 0 })),
    );
    const t = await open(app);
    const response = await t.fetch("/");
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await ended.promise).toBeInstanceOf(Error);
  });
});
