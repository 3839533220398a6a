import { createApp, lazy, type Mount, provide, type Route, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { quiet, suite } from "./suite.ts";

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
    const t = await open(
      createApp().get(
        "/",
        lazy(async () => route({ use: [db, user] }, (ctx) => `${ctx.db} ${ctx.user}`)),
      ),
    );
    await t("GET /").expect(200, "db ada");
  });

  test("that are no routes are found when compiling, with where they are mounted", async () => {
    const none = lazy(() => Promise.resolve((() => "by itself") as unknown as Route));
    const mounts: Mount[] = ["/a", "/b"].map((path) => ({
      method: "GET",
      path,
      source: `routes${path}.ts`,
      route: none,
    }));
    const found = (path: string) => ({
      code: "OS_ROUTE_EXPORT",
      where: `routes${path}.ts`,
      message: `GET ${path} loads lazily, but what it loads is no route.`,
    });
    const app = createApp({ ...quiet, routes: mounts });
    await expect(app.compile()).rejects.toMatchObject({ diagnostics: [found("/a"), found("/b")] });
    await (await open(app))("GET /a").expect(500);
  });

  test("that fail are 500, and tried again", async () => {
    let loads = 0;
    const t = await open(
      createApp(quiet)
        .get(
          "/",
          lazy(async () => {
            if (++loads === 1) throw new Error("No such module");
            return route(() => "there");
          }),
        )
        .get(
          "/none",
          lazy(async () => undefined as never),
        )
        .get(
          "/wrong/:id",
          lazy(async () => route({ use: [provide("query", {}, () => 1)] }, () => "x")),
        ),
    );
    await t("GET /").expectProblem("internal");
    await t("GET /").expect(200, "there");
    await t("GET /none").expectProblem("internal");
    await t("GET /wrong/1").expectProblem("internal");
  });
});
