import { createApp } from "@openspeed/core";
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { expect, test } from "vitest";
import { z } from "zod";
import { suite } from "./suite.ts";

suite("all validation errors at once", (open) => {
  test("from every part before the body, and the body's", async () => {
    const app = createApp().post(
      "/:id",
      {
        params: z.object({ id: z.uuid() }),
        query: z.object({ page: z.int() }),
        headers: z.object({ "x-key": z.string() }),
        cookies: z.object({ session: z.string() }),
        body: z.object({ name: z.string(), items: z.array(z.object({ "a/b~c": z.number() })) }),
      },
      () => "unreached",
    );
    const t = await open(app);
    const { problem } = await t("POST /nope?page=x", {
      body: { items: [{ "a/b~c": 1 }, { "a/b~c": "2" }] },
    }).expectProblem("invalid", { title: "Invalid request" });
    expect(problem?.errors?.map((error) => `${error.in} ${error.pointer}`).toSorted()).toEqual([
      "body #/items/1/a~1b~0c",
      "body #/name",
      "cookies #/session",
      "headers #/x-key",
      "params #/id",
      "query #/page",
    ]);
    expect(problem?.errors?.every(({ detail }) => detail.length > 0)).toBe(true);
  });

  test("a handler is not run", async () => {
    let runs = 0;
    const t = await open(createApp().get("/", { query: z.object({ a: z.string() }) }, () => ++runs));
    await t("GET /").expectProblem(422);
    expect(runs).toBe(0);
  });
});

const libraries = [
  {
    name: "zod",
    query: z.object({ page: z.number().min(1), tags: z.array(z.string()).optional() }),
    body: z.object({ name: z.string().min(1), at: z.iso.datetime().transform((text) => new Date(text)) }),
    output: z.object({ name: z.string(), year: z.number() }),
  },
  {
    name: "valibot",
    query: toStandardJsonSchema(
      v.object({ page: v.pipe(v.number(), v.minValue(1)), tags: v.optional(v.array(v.string())) }),
    ),
    body: v.object({
      name: v.pipe(v.string(), v.minLength(1)),
      at: v.pipe(
        v.string(),
        v.isoTimestamp(),
        v.transform((text) => new Date(text)),
      ),
    }),
    output: toStandardJsonSchema(v.object({ name: v.string(), year: v.number() })),
  },
  {
    name: "arktype",
    query: type({ page: "number >= 1", "tags?": "string[]" }),
    body: type({ name: "string >= 1", at: "string.date.iso.parse" }),
    output: type({ name: "string", year: "number", "+": "delete" }),
  },
] as const;

suite("schema libraries", (open) => {
  for (const mode of ["production", "test"] as const) {
    for (const { name, query, body, output } of libraries) {
      test(`${name} decodes, validates, transforms and strips, in ${mode}`, async () => {
        const shape = { query, body, output } as const;
        const app = createApp({ mode }).post("/", shape, ({ query: { page }, body: { name, at } }) => ({
          name: `${name} ${page}`,
          year: at.getUTCFullYear(),
          secret: "kept",
        }));
        const t = await open(app);
        const sent = { name: "a", at: "2026-01-02T03:04:05.000Z" };
        expect((await t("POST /?page=2", { body: sent }).expect(200)).value).toEqual({ name: "a 2", year: 2026 });
        await t("POST /?page=0", { body: sent }).expectProblem("invalid", {
          errors: [{ in: "query", pointer: "#/page" }],
        });
        await t("POST /?page=x", { body: sent }).expectProblem("invalid", {
          errors: [{ in: "query", pointer: "#/page" }],
        });
        await t("POST /?page=1", { body: { name: 1, at: "never" } }).expectProblem("invalid", {
          errors: [{ in: "body" }, { in: "body" }],
        });
      });
    }
  }

  test("a schema may be validated asynchronously", async () => {
    const taken = new Set(["ada"]);
    const query = z.object({ name: z.string().refine(async (name) => !taken.has(name), "Taken") });
    const t = await open(createApp().get("/", { query }, (ctx) => ctx.query.name));
    await t("GET /?name=bob").expect(200, "bob");
    await t("GET /?name=ada").expectProblem("invalid", {
      errors: [{ in: "query", pointer: "#/name", detail: "Taken" }],
    });
  });

  test("an asynchronous body and output", async () => {
    const Body = z.object({ n: z.number() }).transform(async ({ n }) => ({ n: n * 2 }));
    const Output = z.object({ n: z.number().transform(async (n) => n + 1) });
    const t = await open(createApp({ mode: "test" }).post("/", { body: Body, output: Output }, ({ body }) => body));
    await t("POST /", { body: { n: 2 } }).expect(200, { n: 5 });
  });

  test("a hand-written Standard Schema", async () => {
    const Even = {
      "~standard": {
        version: 1,
        vendor: "house",
        validate: (value: unknown) =>
          typeof value === "number" && value % 2 === 0
            ? { value }
            : { issues: [{ message: "Not even", path: [{ key: "deep" }, 0] }] },
        types: undefined as { readonly input: number; readonly output: number } | undefined,
      },
    } as const;
    const t = await open(createApp().post("/", { body: Even }, ({ body }) => body));
    await t("POST /", { body: 2 }).expect(200, 2);
    await t("POST /", { body: 3 }).expectProblem("invalid", { errors: [{ pointer: "#/deep/0", detail: "Not even" }] });
  });
});
