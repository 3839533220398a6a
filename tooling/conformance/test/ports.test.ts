import { createApp, port, provide } from "@openspeed/core";
import { expect, test } from "vitest";
import { suite } from "./suite.ts";

interface Identity {
  readonly id: string;
}
const identity = port<Identity>()("identity");
const greeting = () =>
  createApp({ bind: [identity.with({ id: "bound" })] }).get("/", { use: [identity] }, (ctx) => ctx.identity.id);

suite("ports", (open) => {
  test("are bound to a provider, under the port's name", async () => {
    const session = provide("session", {}, ({ header }) => ({ id: header("x-user") ?? "nobody" }));
    const t = await open(
      createApp({ bind: [identity.to(session)] }).get("/", { use: [identity] }, (ctx) => ctx.identity.id),
    );
    await t("GET /", { headers: { "x-user": "ada" } }).expect(200, "ada");
  });

  test("a bound provider brings its needs, its problems and its disposal along", async () => {
    const log: string[] = [];
    const env = provide("env", { scope: "app" }, () => ({ id: "env" }));
    const session = provide("session", { use: [env], dispose: () => void log.push("disposed") }, (ctx) => ctx.env);
    const t = await open(
      createApp({ bind: [identity.to(session)] }).get("/", { use: [identity] }, (ctx) => ctx.identity.id),
    );
    await t("GET /").expect(200, "env");
    expect(log).toEqual(["disposed"]);
  });

  test("are bound to an app-scope provider", async () => {
    let made = 0;
    const fixed = provide("fixed", { scope: "app" }, async () => ({ id: `made ${++made}` }));
    const t = await open(
      createApp({ bind: [identity.to(fixed)] }).get("/", { use: [identity] }, (ctx) => ctx.identity.id),
    );
    await t("GET /").expect(200, "made 1");
    await t("GET /").expect(200, "made 1");
  });

  test("are bound to a value", async () => {
    const t = await open(greeting());
    await t("GET /").expect(200, "bound");
  });

  test("are bound to a port that is bound", async () => {
    const who = port<Identity>()("who");
    const t = await open(
      createApp({ bind: [identity.to(who), who.with({ id: "far" })] }).get(
        "/",
        { use: [identity] },
        (ctx) => ctx.identity.id,
      ),
    );
    await t("GET /").expect(200, "far");
  });

  test("the last binding counts", async () => {
    const t = await open(
      createApp({ bind: [identity.with({ id: "first" }), identity.with({ id: "last" })] }).get(
        "/",
        { use: [identity] },
        (ctx) => ctx.identity.id,
      ),
    );
    await t("GET /").expect(200, "last");
  });

  test("a provider and its port give one value", async () => {
    let made = 0;
    const session = provide("session", {}, () => ({ id: `${++made}` }));
    const t = await open(
      createApp({ bind: [identity.to(session)] }).get(
        "/",
        { use: [session, identity] },
        (ctx) => ctx.session.id + ctx.identity.id,
      ),
    );
    await t("GET /").expect(200, "11");
  });
});

suite("override", (open) => {
  test("replaces by value, in a new app; the old one keeps its own", async () => {
    const db = provide("db", { scope: "app" }, () => ({ name: "real" }));
    const list = provide("list", { use: [db] }, (ctx) => `list of ${ctx.db.name}`);
    const app = createApp().get("/", { use: [list] }, (ctx) => ctx.list);
    const faked = await open(app, { override: [db.with({ name: "fake" })] });
    await faked("GET /").expect(200, "list of fake");
    const real = await open(app);
    await real("GET /").expect(200, "list of real");
  });

  test("does not make or dispose what it replaces", async () => {
    const log: string[] = [];
    const db = provide("db", { scope: "app", dispose: () => void log.push("disposed") }, () => log.push("made"));
    const t = await open(
      createApp().get("/", { use: [db] }, (ctx) => ctx.db),
      { override: [db.with(7)] },
    );
    await t("GET /").expect(200, 7);
    await t.close();
    expect(log).toEqual([]);
  });

  test("reaches ports, request-scope providers and later overrides", async () => {
    const user = provide("user", {}, () => "real");
    const app = greeting().get("/user", { use: [user] }, (ctx) => ctx.user);
    const t = await open(app.override([user.with("first"), identity.with({ id: "first" })]), {
      override: [user.with("second")],
    });
    await t("GET /user").expect(200, "second");
    await t("GET /").expect(200, "first");
  });

  test("by another provider", async () => {
    const user = provide("user", {}, () => "real");
    const other = provide("other", {}, ({ path }) => `other at ${path}`);
    const t = await open(
      createApp().get("/here", { use: [user] }, (ctx) => ctx.user),
      { override: [user.to(other)] },
    );
    await t("GET /here").expect(200, "other at /here");
  });
});
