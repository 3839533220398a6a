import { createApp, provide, reply, route } from "@openspeed/core";
import { expect, test } from "vitest";
import { suite } from "./suite.ts";

suite("verbs", (open) => {
  test.each(["get", "post", "put", "patch", "delete", "options"] as const)("app.%s mounts a handler", async (verb) => {
    const app = createApp();
    app[verb]("/thing", ({ method }) => `did ${method}`);
    const t = await open(app);
    await t(`${verb.toUpperCase()} /thing`).expect(200, `did ${verb.toUpperCase()}`);
  });

  test("app.head mounts a handler, whose body is not sent", async () => {
    const app = createApp();
    app.head("/thing", () => reply(200, "ignored", { "x-made-by": "head" }));
    const t = await open(app);
    const answer = await t("HEAD /thing").expect(200).expectHeader("x-made-by", "head");
    expect(answer.text).toBe("");
  });

  test("app.all takes each method that has no route of its own", async () => {
    const app = createApp();
    app.all("/thing", ({ method }) => `all ${method}`);
    app.get("/thing", () => "own");
    const t = await open(app);
    await t("GET /thing").expect(200, "own");
    await t("POST /thing").expect(200, "all POST");
    await t("PROPFIND /thing").expect(200, "all PROPFIND");
  });

  test("a shape with a handler, and a route value, can be mounted; one value at many places", async () => {
    const ping = route({ summary: "Ping" }, ({ path }) => `pong ${path}`);
    const app = createApp();
    app
      .get("/a", ping)
      .get("/b", ping)
      .post("/c", { summary: "inline" }, () => "inline");
    const t = await open(app);
    await t("GET /a").expect(200, "pong /a");
    await t("GET /b").expect(200, "pong /b");
    await t("POST /c").expect(200, "inline");
  });

  test("routes are mounted by key and by list, at creation and later", async () => {
    const hello = route(({ path }) => path);
    const app = createApp({ routes: { "GET /record": hello, "POST /record": hello } });
    app.mount({ "GET /later": hello, "* /any/*rest": hello });
    app.mount([{ method: "GET", path: "/list", route: hello, source: "list.ts" }]);
    const t = await open(app);
    for (const key of ["GET /record", "POST /record", "GET /later", "DELETE /any/thing", "GET /list"])
      await t(key).expect(200, key.split(" ")[1]);
  });

  test("a list of mounts at creation", async () => {
    const t = await open(createApp({ routes: [{ method: "GET", path: "/x", route: route(() => "x") }] }));
    await t("GET /x").expect(200, "x");
  });

  test("groups add a prefix and what they use, nested", async () => {
    const order: string[] = [];
    const outer = provide("outer", {}, () => order.push("outer"));
    const inner = provide("inner", {}, () => order.push("inner"));
    const app = createApp();
    const api = app.group("/api", [outer]);
    api.get("/", () => "root");
    api.group("/v1", [inner]).get("/users/:id", ({ params }) => params.id);
    const t = await open(app);
    await t("GET /api").expect(200, "root");
    expect(order).toEqual(["outer"]);
    await t("GET /api/v1/users/:id", { params: { id: "7" } }).expect(200, "7");
    expect(order).toEqual(["outer", "outer", "inner"]);
  });

  test("what the app uses stands around every route", async () => {
    let count = 0;
    const counted = provide("counted", {}, () => ++count);
    const app = createApp({ use: [counted] });
    app.get("/a", () => "a").get("/b", () => "b");
    const t = await open(app);
    await t("GET /a").expect(200);
    await t("GET /b").expect(200);
    expect(count).toBe(2);
  });
});

suite("derived answers", (open) => {
  const app = () =>
    createApp()
      .get("/thing", () => reply(200, "thing", { "x-thing": "1" }))
      .post("/thing", () => "made")
      .put("/only-put", () => "put");

  test("HEAD is answered by the GET route without its body", async () => {
    const t = await open(app());
    const answer = await t("HEAD /thing")
      .expect(200)
      .expectHeader("x-thing", "1")
      .expectHeader("content-type", /^text\/plain/);
    expect(answer.text).toBe("");
  });

  test("HEAD keeps the length that GET has", async () => {
    const t = await open(app());
    const { headers } = await t("GET /thing");
    const head = await t("HEAD /thing");
    if (headers.has("content-length") && head.headers.has("content-length"))
      expect(head.headers.get("content-length")).toBe(headers.get("content-length"));
    await t("HEAD /only-put").expect(405);
  });

  test("OPTIONS lists what is mounted", async () => {
    const t = await open(app());
    const answer = await t("OPTIONS /thing").expect(204);
    expect(methodsOf(answer.headers.get("allow"))).toEqual(["GET", "HEAD", "OPTIONS", "POST"]);
    await t("OPTIONS /nothing").expectProblem("notFound");
  });

  test("another method is 405 with Allow", async () => {
    const t = await open(app());
    const answer = await t("DELETE /thing").expectProblem("methodNotAllowed");
    expect(answer.status).toBe(405);
    expect(methodsOf(answer.headers.get("allow"))).toEqual(["GET", "HEAD", "OPTIONS", "POST"]);
    expect(methodsOf((await t("GET /only-put").expectProblem(405)).headers.get("allow"))).toEqual(["OPTIONS", "PUT"]);
  });

  test("Allow unites the patterns that share a path", async () => {
    const t = await open(
      createApp()
        .get("/users/me", () => "me")
        .delete("/users/:id", () => "gone"),
    );
    await t("DELETE /users/me").expect(200, "gone");
    const answer = await t("POST /users/me").expectProblem(405);
    expect(methodsOf(answer.headers.get("allow"))).toEqual(["DELETE", "GET", "HEAD", "OPTIONS"]);
  });

  test("an unknown path is 404, for every method", async () => {
    const t = await open(app());
    for (const method of ["GET", "POST", "DELETE", "OPTIONS", "PROPFIND"]) {
      await t(`${method} /nothing`)
        .expectProblem("notFound", { title: "Not found" })
        .expectHeader("content-type", "application/problem+json");
    }
  });

  test("a method that nothing here is mounted for", async () => {
    const t = await open(app());
    await t("PROPFIND /thing").expectProblem("methodNotAllowed");
  });
});

function methodsOf(allow: string | null): readonly string[] {
  return (allow ?? "")
    .split(",")
    .map((method) => method.trim())
    .toSorted();
}
