import { createApp, meta, middleware, type Plugin, policy, provide, publicAccess, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { quiet, suite } from "./suite.ts";

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
        host.route(
          "GET",
          "/plugin",
          route(() => "from the plugin"),
        );
        host.route(
          "GET",
          "/used",
          route(() => "used"),
          [publicAccess()],
        );
        host.wrap(stamp, ({ path }) => path === "/wrapped");
        host.onCompiled(({ routes }) => void log.push(routes.map(({ key }) => key).join()));
        host.onClose(async () => void log.push("closing"));
      },
    };
    const db = provide("db", { scope: "app", dispose: () => void log.push("disposed") }, () => 1);
    const app = createApp({ plugins: [plugin] })
      .get("/wrapped", { use: [db] }, () => "wrapped")
      .get("/bare", () => "bare");
    const t = await open(app);
    await t("GET /plugin").expect(200, "from the plugin");
    await t("GET /used").expect(200);
    await t("GET /bare").expect(200);
    expect(log).toEqual(["GET /wrapped,GET /bare,GET /plugin,GET /used"]);
    await t("GET /wrapped").expect(200);
    await t.close();
    expect(log.slice(1)).toEqual(["wrapped", "closing", "disposed"]);
  });

  test("know the app's mode, and keep it from starting, again and again", async () => {
    let mode = "";
    const plugin: Plugin = {
      name: "strict",
      capabilities: ["compiled"],
      setup(host) {
        mode = host.mode;
        host.onCompiled(() => {
          throw new Error("not like this");
        });
      },
    };
    const app = createApp({ ...quiet, mode: "development", plugins: [plugin] }).get("/", () => "served");
    await expect(app.ready()).rejects.toThrow("not like this");
    expect(mode).toBe("development");
    expect((await app.fetch(new Request("http://localhost/"))).status).toBe(500);
    expect((await app.fetch(new Request("http://localhost/"))).status).toBe(500);
    await app.close();
  });

  test("wrap every route unless they pick, and are added later too", async () => {
    let count = 0;
    const counting: Plugin = {
      name: "count",
      capabilities: ["wrap"],
      setup: (host) => host.wrap(middleware("count", {}, (_ctx, next) => (count++, next()))),
    };
    const t = await open(
      createApp()
        .get("/a", () => "a")
        .plugin(counting)
        .get("/b", () => "b"),
    );
    await t("GET /a").expect(200);
    await t("GET /b").expect(200);
    expect(count).toBe(2);
  });

  test.each<[capability: string, setup: Plugin["setup"]]>([
    [
      "routes",
      (host) =>
        host.route(
          "GET",
          "/",
          route(() => "x"),
        ),
    ],
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
      setup: (host) =>
        host.onCompiled(({ routes }) => {
          for (const mounted of routes)
            seen.push(
              owner.all(mounted),
              policy.all(mounted).map(({ kind }) => kind),
            );
        }),
    };
    const guard = middleware("guard", { meta: [policy({ kind: "signed-in" }), owner("security")] }, (_ctx, next) =>
      next(),
    );
    const user = provide("user", { meta: [owner("identity")] }, () => "ada");
    const app = createApp({ use: [owner("platform")], plugins: [reader] });
    app.group("/g", [owner("billing")]).get("/", { use: [guard, user, owner("ada")] }, () => "x");
    app.get("/plain", { use: [publicAccess()] }, () => "x");
    await open(app);
    expect(seen).toEqual([
      ["platform", "billing", "security", "identity", "ada"],
      ["signed-in"],
      ["platform"],
      ["public"],
    ]);
    expect(owner("x")).toEqual({ kind: "meta", key: "owner", value: "x" });
  });
});
