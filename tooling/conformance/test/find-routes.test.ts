import {
  createApp,
  graph,
  lazy,
  meta,
  middleware,
  policy,
  problem,
  provide,
  publicAccess,
  route,
} from "@openspeed/core";
import { routeFinder } from "@openspeed/core/authoring";
import { findRoutes, type RouteQuery } from "@openspeed/core/reflect";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const db = provide("db", { scope: "app" }, () => ({}));
const user = provide(
  "user",
  { use: [db], problems: { unauthenticated: problem(401, "Sign in") }, meta: [policy({ kind: "signedIn" })] },
  () => "ada",
);
const may = (permission: string) =>
  middleware(
    "may",
    {
      use: [user],
      problems: { forbidden: problem(403, "No", z.object({ missing: z.string() })) },
      meta: [policy({ kind: "requires", permission, of: ["desk", "shop"] })],
    },
    (_, next) => next(),
  );
const owner = meta<string>("owner");

const Person = z
  .object({ name: z.string(), born: z.string().transform((text) => new Date(text)) })
  .meta({ id: "Person" });
const Ticket = z.object({ id: z.int(), by: Person });
const app = createApp().mount([
  { method: "GET", path: "/", source: "routes/index.ts", route: route({ use: [publicAccess()] }, () => "") },
  { method: "GET", path: "/open", route: route(() => "") },
  {
    method: "GET",
    path: "/tickets/:id",
    source: "routes/tickets/[id].ts",
    route: route({ use: [may("ticket:read")], output: Ticket, tags: ["desk"] }, () => ({
      id: 1,
      by: { name: "", born: "" },
    })),
  },
  {
    method: "PATCH",
    path: "/tickets/:id",
    route: lazy(async () =>
      route({ use: [owner("desk"), may("ticket:update")], body: z.object({ tickets: z.array(Ticket) }) }, () => ""),
    ),
  },
  { method: "POST", path: "/ark", route: route({ use: [user], body: type({ n: "number" }) }, () => "") },
]);

const cases: readonly [what: string, query: RouteQuery, keys: readonly string[]][] = [
  ["everything", {}, ["GET /", "POST /ark", "GET /open", "GET /tickets/:id", "PATCH /tickets/:id"]],
  ["a method", { method: "PATCH" }, ["PATCH /tickets/:id"]],
  ["a path", { path: "/tickets/:id" }, ["GET /tickets/:id", "PATCH /tickets/:id"]],
  ["paths by expression, with a state", { path: /^\/[to]/g }, ["GET /open", "GET /tickets/:id", "PATCH /tickets/:id"]],
  ["a file", { source: "routes/index.ts" }, ["GET /"]],
  ["files by expression", { source: /tickets/ }, ["GET /tickets/:id"]],
  ["a tag", { tag: "desk" }, ["GET /tickets/:id"]],
  ["metadata", { meta: "owner" }, ["PATCH /tickets/:id"]],
  ["metadata that every object inherits", { meta: "toString" }, []],
  ["no policy", { policy: null }, ["GET /open"]],
  ["a policy's kind", { policy: "public" }, ["GET /"]],
  ["a policy's member", { policy: { permission: "ticket:read" } }, ["GET /tickets/:id"]],
  [
    "a policy's members",
    { policy: { kind: "requires", of: ["desk", "shop"] } },
    ["GET /tickets/:id", "PATCH /tickets/:id"],
  ],
  ["a policy that nobody has", { policy: { kind: "public", permission: "ticket:read" } }, []],
  ["a provider behind others", { uses: "db" }, ["POST /ark", "GET /tickets/:id", "PATCH /tickets/:id"]],
  ["middleware", { uses: /^ma/ }, ["GET /tickets/:id", "PATCH /tickets/:id"]],
  ["a problem of what is used", { problem: "forbidden" }, ["GET /tickets/:id", "PATCH /tickets/:id"]],
  ["a status", { problem: 401 }, ["POST /ark", "GET /tickets/:id", "PATCH /tickets/:id"]],
  ["a schema's name", { schema: "Person" }, ["GET /tickets/:id", "PATCH /tickets/:id"]],
  ["a schema by value", { schema: Ticket }, ["GET /tickets/:id", "PATCH /tickets/:id"]],
  ["one inside of others", { schema: Person }, ["GET /tickets/:id", "PATCH /tickets/:id"]],
  ["another library's", { schema: type({ n: "number" }) }, ["POST /ark"]],
  [
    "a shape, in any order",
    { schema: { required: ["n"], properties: { n: { type: "number" } }, type: "object" } },
    ["POST /ark"],
  ],
  ["a problem's data", { schema: z.object({ missing: z.string() }) }, ["GET /tickets/:id", "PATCH /tickets/:id"]],
  ["all of several", { method: "GET", schema: "Person", policy: "requires", uses: "user" }, ["GET /tickets/:id"]],
];

test.each(cases)("finds by %s", async (_what, query, keys) => {
  expect(findRoutes(await graph(app), query).map(({ key }) => key)).toEqual(keys);
});

test("a graph that was a file is asked the same", async () => {
  const read = JSON.parse(JSON.stringify(await graph(app)));
  expect(findRoutes(read, { schema: Person, policy: { of: ["desk", "shop"] } })).toHaveLength(2);
});

test("a schema that says nothing is no question", async () => {
  const made = await graph(app);
  expect(() => findRoutes(made, { schema: v.object({ n: v.number() }) })).toThrow(TypeError);
  expect(() => findRoutes(made, { schema: {} })).toThrow(TypeError);
});

describe("the route that takes a request", () => {
  const int = z.string().regex(/^\d+$/);
  const other = createApp().mount([
    { method: "GET", path: "/users/me", route: route(() => "") },
    { method: "GET", path: "/users/:id", matchers: { id: int }, source: "by number", route: route(() => "") },
    { method: "GET", path: "/users/:name", source: "by name", route: lazy(async () => route(() => "")) },
    { method: "*", path: "/proxy/*path", route: route(() => "") },
    { method: "404", path: "/*path", route: route(() => "") },
  ]);
  test.each([
    ["GET", "/users/me", "GET /users/me"],
    ["GET", "/users/%6De?x=1", "GET /users/me"],
    ["GET", "/users/7", "by number"],
    ["HEAD", "/users/7", "by number"],
    ["GET", "/users/ada", "by name"],
    ["GET", "/users/a/../me", "GET /users/me"],
    ["GET", "/users/", undefined],
    ["POST", "/users/7", undefined],
    ["BREW", "/proxy/a/b", "* /proxy/*path"],
    ["GET", "/nowhere", undefined],
    ["GET", "no path", undefined],
  ])("%s %s: %s", async (method, target, expected) => {
    const found = routeFinder(await other.compile())(method, target);
    expect(found && (found.source ?? found.key)).toBe(expected);
  });
});
