import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type App, createApp, form, graph, type Mode, problem, route } from "../src/index.ts";

/** One route's schemas, said in one library's words. */
interface Library {
  readonly name: string;
  /** Whether it tells its types as JSON Schema, so that texts become numbers and outputs are written without it. */
  readonly tells: boolean;
  /** Whether its schemas can be asynchronous. */
  readonly waits: boolean;
  readonly app: (mode: Mode) => App;
}

const taken = { by: "Bob", secret: 1 };
const user = { id: 7, name: "Ann", tags: ["a"], secret: "must not leave" };

// What the routes do with their inputs is the same for all; only the types of the schemas differ.
const libraries: Library[] = [
  {
    name: "zod",
    tells: true,
    waits: true,
    app: (mode) => {
      const User = z.object({
        id: z.number(),
        name: z.string(),
        tags: z.array(z.string()),
        note: z.string().nullable().optional(),
      });
      const New = z.object({
        name: z.string().min(2),
        email: z.email(),
        age: z.int().min(0).optional(),
        address: z.object({ city: z.string() }).optional(),
      });
      return createApp({ mode, onError: () => {} })
        .get(
          "/texts/:slug",
          {
            params: z.object({ slug: z.string().min(2) }),
            query: z.object({ q: z.string(), sort: z.enum(["up", "down"]).optional() }),
          },
          ({ params, query }) => ({ params, query }),
        )
        .get(
          "/numbers/:id",
          {
            params: z.object({ id: z.number() }),
            query: z.object({
              page: z.number().optional(),
              all: z.boolean().optional(),
              ids: z.array(z.number()).optional(),
            }),
          },
          ({ params, query }) => ({ params, query }),
        )
        .get("/length", { query: z.object({ q: z.string().transform((text) => text.length) }) }, ({ query }) => ({
          length: query.q,
        }))
        .get(
          "/async",
          { query: z.object({ q: z.string().refine(async (text) => text !== "bad", "is bad") }) },
          ({ query }) => query,
        )
        .post("/users", { body: New }, ({ body }) => body)
        .post("/form", { body: form(New) }, ({ body }) => body)
        .get("/user", { output: User }, () => user)
        .get("/users", { output: z.array(User) }, () => [user, user])
        .get("/lie", { output: User }, () => ({ ...user, id: "7" }) as unknown as typeof user)
        .get("/taken", { problems: { taken: problem(409, "Taken", z.object({ by: z.string() })) } }, ({ fail }) =>
          fail.taken(taken),
        );
    },
  },
  ...[
    { name: "valibot", tells: false, wrap: <S extends v.GenericSchema>(schema: S): S => schema },
    { name: "valibot with toStandardJsonSchema", tells: true, wrap: toStandardJsonSchema },
  ].map(({ name, tells, wrap }): Library => ({
    name,
    tells,
    waits: true,
    app: (mode) => {
      const User = wrap(
        v.object({
          id: v.number(),
          name: v.string(),
          tags: v.array(v.string()),
          note: v.optional(v.nullable(v.string())),
        }),
      );
      const New = wrap(
        v.object({
          name: v.pipe(v.string(), v.minLength(2)),
          email: v.pipe(v.string(), v.email()),
          age: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
          address: v.optional(v.object({ city: v.string() })),
        }),
      );
      return createApp({ mode, onError: () => {} })
        .get(
          "/texts/:slug",
          {
            params: wrap(v.object({ slug: v.pipe(v.string(), v.minLength(2)) })),
            query: wrap(v.object({ q: v.string(), sort: v.optional(v.picklist(["up", "down"])) })),
          },
          ({ params, query }) => ({ params, query }),
        )
        .get(
          "/numbers/:id",
          {
            params: wrap(v.object({ id: v.number() })),
            query: wrap(
              v.object({
                page: v.optional(v.number()),
                all: v.optional(v.boolean()),
                ids: v.optional(v.array(v.number())),
              }),
            ),
          },
          ({ params, query }) => ({ params, query }),
        )
        .get(
          "/length",
          {
            query: wrap(
              v.object({
                q: v.pipe(
                  v.string(),
                  v.transform((text) => text.length),
                ),
              }),
            ),
          },
          ({ query }) => ({ length: query.q }),
        )
        .get(
          "/async",
          {
            query: v.objectAsync({
              q: v.pipeAsync(
                v.string(),
                v.checkAsync(async (text) => text !== "bad", "is bad"),
              ),
            }),
          },
          ({ query }) => query,
        )
        .post("/users", { body: New }, ({ body }) => body)
        .post("/form", { body: form(New) }, ({ body }) => body)
        .get("/user", { output: User }, () => user)
        .get(
          "/users",
          { output: wrap(v.array(v.object({ id: v.number(), name: v.string(), tags: v.array(v.string()) }))) },
          () => [user, user],
        )
        .get("/lie", { output: User }, () => ({ ...user, id: "7" }) as unknown as typeof user)
        .get("/taken", { problems: { taken: problem(409, "Taken", wrap(v.object({ by: v.string() }))) } }, ({ fail }) =>
          fail.taken(taken),
        );
    },
  })),
  {
    name: "arktype",
    tells: true,
    waits: false,
    app: (mode) => {
      // arktype keeps undeclared members unless it is told otherwise.
      const User = type({ "+": "delete", id: "number", name: "string", tags: "string[]", "note?": "string | null" });
      const New = type({
        "+": "delete",
        name: "string >= 2",
        email: "string.email",
        "age?": "number.integer >= 0",
        "address?": { city: "string" },
      });
      return createApp({ mode, onError: () => {} })
        .get(
          "/texts/:slug",
          {
            params: type({ slug: "string >= 2" }),
            query: type({ "+": "delete", q: "string", "sort?": "'up' | 'down'" }),
          },
          ({ params, query }) => ({ params, query }),
        )
        .get(
          "/numbers/:id",
          {
            params: type({ id: "number" }),
            query: type({ "+": "delete", "page?": "number", "all?": "boolean", "ids?": "number[]" }),
          },
          ({ params, query }) => ({ params, query }),
        )
        .get("/length", { query: type({ q: type("string").pipe((text) => text.length) }) }, ({ query }) => ({
          length: query.q,
        }))
        .post("/users", { body: New }, ({ body }) => body)
        .post("/form", { body: form(New) }, ({ body }) => body)
        .get("/user", { output: User }, () => user)
        .get("/users", { output: User.array() }, () => [user, user])
        .get("/lie", { output: User }, () => ({ ...user, id: "7" }) as unknown as typeof user)
        .get(
          "/taken",
          { problems: { taken: problem(409, "Taken", type({ "+": "delete", by: "string" })) } },
          ({ fail }) => fail.taken(taken),
        );
    },
  },
];

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

async function ask(app: App, target: string, init?: RequestInit): Promise<Answer> {
  const response = await app.fetch(new Request(`http://localhost${target}`, init));
  return { status: response.status, value: await response.json() };
}

const post = (type: string, body: string): RequestInit => ({ method: "POST", headers: { "content-type": type }, body });
const pointersOf = ({ value }: Answer): unknown =>
  (value as { readonly errors?: readonly { readonly in: string; readonly pointer: string }[] }).errors
    ?.map((error) => `${error.in}${error.pointer}`)
    .sort();

describe.each(libraries)("$name", ({ tells, app }) => {
  test.each<[target: string, value: unknown]>([
    ["/texts/ab?q=x", { params: { slug: "ab" }, query: { q: "x" } }],
    ["/texts/%E0%B8%81%E0%B8%82?q=1&sort=up&other=1", { params: { slug: "กข" }, query: { q: "1", sort: "up" } }],
    ["/length?q=four", { length: 4 }],
  ])("takes %s", async (target, value) => {
    expect(await ask(app("test"), target)).toEqual({ status: 200, value });
  });

  test.each<[target: string, pointers: readonly string[]]>([
    ["/texts/a?q=x", ["params#/slug"]],
    ["/texts/ab", ["query#/q"]],
    ["/texts/a?sort=left", ["params#/slug", "query#/q", "query#/sort"]],
    ["/texts/ab?q=1&q=2", ["query#/q"]],
  ])("refuses %s at once and altogether", async (target, pointers) => {
    const answer = await ask(app("test"), target);
    expect(answer.status).toBe(422);
    expect(pointersOf(answer)).toEqual(pointers);
  });

  const ann = { name: "Ann", email: "ann@example.com" };
  test.each<[body: unknown, pointers: readonly string[] | undefined]>([
    [ann, undefined],
    [{ ...ann, age: 7, address: { city: "Chiang Mai" } }, undefined],
    [{ ...ann, name: "A" }, ["body#/name"]],
    [{ ...ann, age: 1.5 }, ["body#/age"]],
    [{ ...ann, address: { city: 1 } }, ["body#/address/city"]],
    [{}, ["body#/email", "body#/name"]],
    [[], ["body#/email", "body#/name"]],
  ])("a JSON body %j", async (body, pointers) => {
    const answer = await ask(app("test"), "/users", post("application/json", JSON.stringify(body)));
    if (pointers === undefined) {
      expect(answer).toEqual({ status: 200, value: body });
    } else {
      expect(answer.status).toBe(422);
      // A list is refused as a whole or member by member, as the library likes.
      if (Array.isArray(body)) expect(String(pointersOf(answer))).toMatch(/^body#/);
      else expect(pointersOf(answer)).toEqual(pointers);
    }
  });

  test("a body's undeclared members do not come in", async () => {
    expect(await ask(app("test"), "/users", post("application/json", JSON.stringify({ ...ann, admin: true })))).toEqual(
      { status: 200, value: ann },
    );
  });

  test("a form", async () => {
    const fields = new URLSearchParams({ ...ann, ...(tells ? { age: "7" } : {}) }).toString();
    expect(await ask(app("test"), "/form", post("application/x-www-form-urlencoded", fields))).toEqual({
      status: 200,
      value: { ...ann, ...(tells ? { age: 7 } : {}) },
    });
  });

  describe.each<Mode>(["test", "production"])("in %s", (mode) => {
    const shown = { id: 7, name: "Ann", tags: ["a"] };
    test("an output sends what is declared, and nothing else", async () => {
      expect(await ask(app(mode), "/user")).toEqual({ status: 200, value: shown });
      expect(await ask(app(mode), "/users")).toEqual({ status: 200, value: [shown, shown] });
    });

    test("a problem's data too", async () => {
      expect(await ask(app(mode), "/taken")).toMatchObject({
        status: 409,
        value: { name: "taken", data: { by: "Bob" } },
      });
      expect(JSON.stringify(await ask(app(mode), "/taken"))).not.toContain("secret");
    });
  });

  test("an output that is not as declared is loud in test", async () => {
    const answer = await ask(app("test"), "/lie");
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.value)).toContain("#/id");
  });

  test("the graph shows what it tells", async () => {
    const { routes } = await graph(app("test"));
    const properties = (schema: unknown): unknown =>
      Object.keys((schema as { properties?: object }).properties ?? {}).sort();
    const users = routes.find(({ key }) => key === "POST /users");
    const one = routes.find(({ key }) => key === "GET /user");
    expect(properties(users?.body?.input)).toEqual(tells ? ["address", "age", "email", "name"] : []);
    expect(properties(one?.outputs["200"]?.output)).toEqual(tells ? ["id", "name", "note", "tags"] : []);
  });
});

test.each(libraries.filter(({ tells }) => tells))("$name: texts become the declared types", async ({ app }) => {
  expect(await ask(app("test"), "/numbers/7?page=2&all=true&ids=1&ids=2")).toEqual({
    status: 200,
    value: { params: { id: 7 }, query: { page: 2, all: true, ids: [1, 2] } },
  });
  expect(await ask(app("test"), "/numbers/7?ids=1")).toEqual({
    status: 200,
    value: { params: { id: 7 }, query: { ids: [1] } },
  });
  expect(pointersOf(await ask(app("test"), "/numbers/x?page=0x1&all=1"))).toEqual([
    "params#/id",
    "query#/all",
    "query#/page",
  ]);
});

test.each(libraries.filter(({ tells }) => !tells))(
  "$name: texts stay texts, since nothing tells what they should be",
  async ({ app }) => {
    expect(pointersOf(await ask(app("test"), "/numbers/7?page=2"))).toEqual(["params#/id", "query#/page"]);
  },
);

test.each(libraries.filter(({ waits }) => waits))("$name: a schema that waits is waited for", async ({ app }) => {
  expect(await ask(app("test"), "/async?q=good")).toEqual({ status: 200, value: { q: "good" } });
  expect(await ask(app("test"), "/async?q=bad")).toMatchObject({
    status: 422,
    value: { errors: [{ in: "query", pointer: "#/q", detail: "is bad" }] },
  });
});

test("libraries stand side by side in one route", async () => {
  const mixed = route(
    {
      params: z.object({ id: z.number() }),
      query: v.object({ q: v.string() }),
      output: type({ "+": "delete", sum: "string" }),
    },
    ({ params, query }) => ({
      sum: `${params.id} ${query.q}`,
    }),
  );
  const app = createApp({ mode: "test" }).get("/:id", mixed);
  expect(await ask(app, "/7?q=x")).toEqual({ status: 200, value: { sum: "7 x" } });
  expect(pointersOf(await ask(app, "/x"))).toEqual(["params#/id", "query#/q"]);
});
