import { createApp } from "@openspeed/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { suite } from "./suite.ts";

suite("content negotiation", (open) => {
  const offers = ["application/json", "text/csv", "text/html"] as const;
  const app = () =>
    createApp().get("/", { offers }, ({ offer }) => (offer === "application/json" ? { json: true } : `as ${offer}`));

  test.each([
    [undefined, "application/json"],
    ["*/*", "application/json"],
    ["text/csv", "text/csv"],
    ["TEXT/CSV", "text/csv"],
    ["text/*", "text/csv"],
    ["text/html;level=1", "text/html"],
    ["text/html;q=0.9, text/csv;q=0.8", "text/html"],
    ["text/html;q=0.5, */*;q=0.1", "text/html"],
    ["text/csv, text/html, application/json", "application/json"],
    ["application/json;q=0, */*", "text/csv"],
    ["text/*;q=0.3, text/html;q=0.7, */*;q=0.5", "text/html"],
    ["image/png, text/csv; Q=0.1", "text/csv"],
  ])("Accept: %s gives %s", async (accept, type) => {
    const t = await open(app());
    await t("GET /", { headers: { accept } })
      .expect(200)
      .expectHeader("content-type", new RegExp(`^${type}`))
      .expectHeader("vary", /accept/i);
  });

  test.each(["image/png", "text/plain", "application/json;q=0", "*/*;q=0", "application/json;q=2"])(
    "Accept: %s is 406",
    async (accept) => {
      const t = await open(app());
      await t("GET /", { headers: { accept } }).expectProblem("notAcceptable", { detail: /text\/csv/ });
    },
  );

  test("JSON of a name of its own", async () => {
    const t = await open(createApp().get("/", { offers: ["application/hal+json"] }, () => ({ a: 1 })));
    await t("GET /").expect(200, { a: 1 }).expectHeader("content-type", "application/hal+json");
  });

  test("with a declared output", async () => {
    const t = await open(
      createApp({ mode: "test" }).get(
        "/",
        { offers: ["application/json", "text/csv"], output: z.object({ a: z.number() }) },
        () => ({ a: 1, b: 2 }),
      ),
    );
    expect((await t("GET /").expect(200).expectHeader("content-type", "application/json")).value).toEqual({ a: 1 });
  });

  test("of streams: events or lines", async () => {
    async function* items() {
      yield 1;
    }
    const t = await open(
      createApp().get("/", { offers: ["application/x-ndjson", "text/event-stream"] }, () => items()),
    );
    await t("GET /").expect(200, "1\n");
    await t("GET /", { headers: { accept: "text/event-stream" } }).expect(200, "data: 1\n\n");
    await t("GET /", { headers: { accept: "text/html" } }).expectProblem(406);
  });

  test("ctx.accepts says the same by hand", async () => {
    const t = await open(
      createApp().get("/", ({ accepts }) => ({ best: accepts(["text/html", "application/json"]) ?? "none" })),
    );
    const best = async (accept: string) => (await t("GET /", { headers: { accept } })).value;
    expect(await best("application/json")).toEqual({ best: "application/json" });
    expect(await best("*/*")).toEqual({ best: "text/html" });
    expect(await best("image/png")).toEqual({ best: "none" });
  });
});
