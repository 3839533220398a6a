import { createApp, graph, matched, type Mount, publicAccess, route, type Schema } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { incoming, suite } from "./suite.ts";

const int = z
  .string()
  .regex(/^\d+$/)
  .transform((text) => Number(text));
const word = z.string().regex(/^[a-z]+$/);

const at = (path: string, answer: string, matchers?: Mount["matchers"]): Mount => ({
  method: "GET",
  path,
  route: route(({ params }) => ({ answer, params })),
  ...(matchers && { matchers }),
});

suite("matchers of a path", (open) => {
  test("a refused text is for the next best", async () => {
    const t = await open(
      createApp({
        routes: [
          at("/:any", "any"),
          at("/:id", "int", { id: int }),
          at("/:name", "word", { name: word }),
          at("/:id/edit", "edit", { id: int }),
          at("/*rest", "rest"),
        ],
      }),
    );
    await t("GET /7").expect(200, { answer: "int", params: { id: "7" } });
    await t("GET /seven").expect(200, { answer: "word", params: { name: "seven" } });
    await t("GET /Seven7").expect(200, { answer: "any", params: { any: "Seven7" } });
    await t("GET /7/edit").expect(200, { answer: "edit", params: { id: "7" } });
    await t("GET /x/edit").expect(200, { answer: "rest", params: { rest: "x/edit" } });
  });

  test("what nothing takes is not found", async () => {
    const t = await open(createApp({ routes: [at("/users/:id", "user", { id: int })] }));
    await t("GET /users/7").expect(200);
    await t("GET /users/x").expect(404);
    await t("DELETE /users/7").expect(405);
    await t("DELETE /users/x").expect(404);
  });

  test("a method's own route goes before one for all, if it takes the path", async () => {
    const all: Mount = { ...at("/:any", "all"), method: "*" };
    const t = await open(createApp({ routes: [all, at("/:id", "int", { id: int })] }));
    await t("GET /7").expect(200, { answer: "int", params: { id: "7" } });
    await t("GET /x").expect(200, { answer: "all", params: { any: "x" } });
    await t("POST /7").expect(200, { answer: "all", params: { any: "7" } });
  });

  test("matched() takes what they give", async () => {
    const mount: Mount = {
      method: "GET",
      path: "/:id/:name?",
      matchers: { id: int, name: word },
      route: route({ params: matched<{ id: number; name?: string }>() }, ({ params }) => ({
        next: params.id + 1,
        name: params.name ?? null,
      })),
    };
    const app = createApp({ routes: [mount] });
    const t = await open(app);
    await t("GET /7").expect(200, { next: 8, name: null });
    await t("GET /7/x").expect(200, { next: 8, name: "x" });
    const [described] = (await graph(app)).routes;
    expect(described?.params?.input).toMatchObject({ type: "object", required: ["id"] });
  });

  test("a matcher that throws for a text, or takes its time for it, does not take it", async () => {
    const broken = z.string().refine((text) => {
      if (text === "1") throw new Error("Broken");
      return true;
    });
    const slow: Schema = {
      "~standard": {
        version: 1,
        vendor: "test",
        validate: (value) => (value === "1" ? Promise.reject(new Error("Late")) : { value }),
      },
    };
    const t = await open(createApp({ routes: [at("/a/:x", "a", { x: broken }), at("/b/:x", "b", { x: slow })] }));
    await t("GET /a/1").expect(404);
    await t("GET /a/2").expect(200);
    await t("GET /b/1").expect(404);
    await t("GET /b/2").expect(200);
  });
});

suite("mistakes with matchers", () => {
  test("a matcher for what the path does not have", async () => {
    const app = createApp({ routes: [at("/:id", "x", { no: int })] });
    await expect(app.compile()).rejects.toMatchObject({ diagnostics: [{ code: "OS_MALFORMED_PATH" }] });
  });

  test.each<[string, unknown, string]>([
    ["no schema", /^[a-z]+$/, "The matcher of :id in GET /:id is no Standard Schema."],
    ["undefined", undefined, "The matcher of :id in GET /:id is no Standard Schema."],
    [
      "one that throws",
      { "~standard": { version: 1, vendor: "test", validate: (text: string) => JSON.parse(`{${text}`) } },
      'The matcher of :id in GET /:id throws for the text "0".',
    ],
    [
      "an asynchronous one",
      z.string().refine(() => Promise.resolve(true)),
      "The matcher of :id in GET /:id answers with a promise.",
    ],
  ])("%s could take nothing", async (_name, matcher, message) => {
    const answer = route({ params: matched<{ id: string }>() }, ({ params }) => params.id);
    const mount: Mount = { method: "GET", path: "/:id", matchers: { id: matcher as Schema }, route: answer };
    await expect(createApp({ routes: [mount] }).compile()).rejects.toMatchObject({
      diagnostics: [{ code: "OS_MALFORMED_PATH", message }],
    });
  });

  test("the same matcher twice at one place", async () => {
    const routes = [at("/:id", "one", { id: int }), at("/:other", "two", { other: int })];
    await expect(createApp({ routes }).compile()).rejects.toMatchObject({
      diagnostics: [{ code: "OS_SHADOWED_PATH" }],
    });
  });
});

suite("what answers where nothing else does", (open) => {
  const missed = (path: string, text: string): Mount => ({ method: "404", path, route: route(() => text) });
  const app = () =>
    createApp({
      routes: [missed("/*path", "nowhere"), missed("/admin/*path", "nowhere in admin"), at("/admin/users", "users")],
    }).post("/only/post", () => "posted");

  test("the nearest one does", async () => {
    const t = await open(app());
    await t("GET /admin/users").expect(200);
    await t("GET /admin/nothing").expect(200, "nowhere in admin");
    await t("POST /nothing").expect(200, "nowhere");
  });

  test("a path that other methods take stays 405, and OPTIONS derived", async () => {
    const t = await open(app());
    await t("GET /only/post").expect(405);
    await t("OPTIONS /only/post").expect(204).expectHeader("allow", "POST, OPTIONS");
  });

  test("404 is no method that a request can have", async () => {
    const response = await app().handle(incoming("/admin/x", { method: "404" }));
    expect(response.body).toBe("nowhere in admin"); // missed like any other, and nothing more
  });

  test("it needs no policy of its own in strict mode", async () => {
    const strict = createApp({ strict: true, routes: [missed("/*path", "nowhere")] });
    strict.get("/", { use: [publicAccess()] }, () => "home");
    const t = await open(strict);
    await t("GET /x").expect(200, "nowhere");
  });
});
