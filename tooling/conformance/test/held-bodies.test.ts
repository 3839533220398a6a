import { createApp, form, middleware, stream, text } from "@openspeed/core";
import { holdBody } from "@openspeed/core/authoring";
import { test } from "vitest";
import { z } from "zod";
import { suite } from "./suite.ts";

/** Reads the body before the route does. */
const length = middleware("length", {}, async (ctx, next) => {
  const first = await holdBody(ctx);
  return (await holdBody(ctx)) === first ? next() : new Response("held twice", { status: 500 });
});

suite("a body that was held", (open) => {
  test("is read by every kind of body", async () => {
    const app = createApp({ mode: "test" });
    app.post("/json", { use: [length], body: z.object({ a: z.string() }) }, ({ body }) => body.a);
    app.post("/form", { use: [length], body: form(z.object({ a: z.int() })) }, ({ body }) => body.a);
    app.post("/text", { use: [length], body: text() }, ({ body }) => body);
    app.post("/stream", { use: [length], body: stream() }, async ({ body }) => new Response(body).text());
    app.post("/request", { use: [length] }, async ({ request, incoming }) => [
      await request.text(),
      await incoming.text(100),
      request.headers.get("x-a"),
      incoming.header("x-a"),
      Object.fromEntries(incoming.headers())["x-a"],
    ]);
    const t = await open(app);
    await t("POST /json", { body: { a: "ก" } }).expect(200, "ก");
    await t("POST /form", { body: new URLSearchParams({ a: "1" }) }).expect(200, 1);
    await t("POST /text", { body: "กa" }).expect(200, "กa");
    await t("POST /stream", { body: "กa" }).expect(200, "กa");
    await t("POST /request", { body: "กa", headers: { "x-a": "1" } }).expect(200, ["กa", "กa", "1", "1", "1"]);
  });

  test("may be empty", async () => {
    const app = createApp({ mode: "test" });
    app.get("/", { use: [length] }, async ({ request, incoming }) => [
      await request.text(),
      await incoming.text(1),
      incoming.stream() === null,
    ]);
    const t = await open(app);
    await t("GET /").expect(200, ["", "", true]);
  });

  test("is no larger than its route allows", async () => {
    const app = createApp();
    app.post("/", { use: [length], body: text(), limits: { body: 3 } }, ({ body }) => body);
    const t = await open(app);
    await t("POST /", { body: "abc" }).expect(200, "abc");
    await t("POST /", { body: "abcd" }).expectProblem("tooLarge");
  });
});
