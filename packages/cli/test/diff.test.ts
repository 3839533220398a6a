import { type App, createApp, type Graph, graph, policy, problem, provide, publicAccess } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type ChangedRoute, diffGraphs, type GraphDiff } from "../src/graph/diff.ts";

const open = publicAccess();
const role = (name: string) => policy({ kind: "role", name });
const user = provide("user", { problems: { unauthorized: problem(401, "Sign in") } }, () => ({ name: "ada" }));
const member = provide("member", { use: [user], problems: { forbidden: problem(403, "No") } }, () => true);
const db = provide("db", { scope: "app" }, () => 1);

async function of(mount: (app: App) => void): Promise<Graph> {
  const app = createApp();
  mount(app);
  return graph(app);
}

async function diff(before: (app: App) => void, after: (app: App) => void): Promise<GraphDiff> {
  return diffGraphs(await of(before), await of(after));
}

const nothing: GraphDiff = { added: [], removed: [], changed: [], unprotected: [] };

describe("what differs", () => {
  test("nothing, between an app and itself", async () => {
    const app = (it: App): void => void it.get("/", { use: [open, member, db] }, () => 1);
    expect(await diff(app, app)).toEqual(nothing);
  });

  test("neither the order of mounting, nor words for people", async () => {
    const one = (it: App): void => void it.get("/a", { summary: "A", use: [open] }, () => 1).get("/b", () => 1);
    const two = (it: App): void => void it.get("/b", () => 1).get("/a", { summary: "B", use: [open] }, () => 1);
    expect(await diff(one, two)).toEqual(nothing);
  });

  test("routes that came and went", async () => {
    const found = await diff(
      (it) => it.get("/a", () => 1),
      (it) => it.post("/a", () => 1),
    );
    expect(found).toEqual({ ...nothing, added: [{ key: "POST /a" }], removed: [{ key: "GET /a" }] });
  });

  const query = z.object({ q: z.string(), limit: z.int().optional() });
  test.each<[what: string, how: string, before: (app: App) => void, after: (app: App) => void]>([
    ["query", "added", (it) => it.get("/", () => 1), (it) => it.get("/", { query }, () => 1)],
    ["query", "removed", (it) => it.get("/", { query }, () => 1), (it) => it.get("/", () => 1)],
    [
      "query",
      "+ state (required), - limit, ~ q (now optional)",
      (it) => it.get("/", { query }, () => 1),
      (it) => it.get("/", { query: z.object({ q: z.string().optional(), state: z.string() }) }, () => 1),
    ],
    [
      "body",
      "~ name",
      (it) => it.post("/", { body: z.object({ name: z.string() }) }, () => 1),
      (it) => it.post("/", { body: z.object({ name: z.string().max(9) }) }, () => 1),
    ],
    [
      "outputs",
      "+ 201, - 200",
      (it) => it.get("/", { output: z.string() }, () => "1"),
      (it) => it.get("/", { output: { 201: z.string() } }, () => "1"),
    ],
    [
      "outputs",
      "~ 200: - limit",
      (it) => it.get("/", { output: query }, () => ({ q: "" })),
      (it) => it.get("/", { output: query.omit({ limit: true }) }, () => ({ q: "" })),
    ],
    [
      "problems",
      "+ gone (410), - taken (409)",
      (it) => it.get("/", { problems: { taken: problem(409, "Taken") } }, () => 1),
      (it) => it.get("/", { problems: { gone: problem(410, "Gone") } }, () => 1),
    ],
    [
      "problems",
      "~ taken (409): data added",
      (it) => it.get("/", { problems: { taken: problem(409, "Taken") } }, () => 1),
      (it) => it.get("/", { problems: { taken: problem(409, "Taken", z.string()) } }, () => 1),
    ],
    ["uses", "+ db", (it) => it.get("/", () => 1), (it) => it.get("/", { use: [db] }, () => 1)],
    [
      "policies",
      "+ role(b), - role(a)",
      (it) => it.get("/", { use: [role("a")] }, () => 1),
      (it) => it.get("/", { use: [role("b")] }, () => 1),
    ],
    [
      "limits",
      "the app's → handler 5s",
      (it) => it.get("/", () => 1),
      (it) => it.get("/", { limits: { handler: "5s" } }, () => 1),
    ],
    ["deprecated", "now", (it) => it.get("/", () => 1), (it) => it.get("/", { deprecated: true }, () => 1)],
    ["offers", "+ text/csv", (it) => it.get("/", () => 1), (it) => it.get("/", { offers: ["text/csv"] }, () => 1)],
  ])("%s: %s", async (what, how, before, after) => {
    const { changed, ...others } = await diff(before, after);
    expect(others).toEqual({ added: [], removed: [], unprotected: [] });
    expect(changed.flatMap(({ changes }: ChangedRoute) => changes)).toContainEqual({ what, how });
  });

  test("a file whose path changed is one route, not two", async () => {
    const route = {
      method: "GET",
      source: "routes/[id].ts",
      route: { kind: "route", shape: {}, run: () => 1 },
    } as const;
    const found = await diff(
      (it) => it.mount([{ ...route, path: "/:id" }]),
      (it) => it.mount([{ ...route, path: "/:name" }]),
    );
    expect(found).toEqual({
      ...nothing,
      changed: [
        { key: "GET /:name", source: "routes/[id].ts", changes: [{ what: "path", how: "GET /:id → GET /:name" }] },
      ],
    });
  });
});

describe("what is newly unprotected", () => {
  const guarded = (...use: readonly (typeof open | typeof user | typeof member | typeof db)[]) => {
    return (it: App): void => void it.get("/", { use }, () => 1);
  };

  test.each<[name: string, before: (app: App) => void, after: (app: App) => void, lost: readonly string[]]>([
    ["a policy is gone", guarded(role("a")), guarded(), ["policy role"]],
    ["a policy became public", guarded(role("a")), guarded(open), ["policy role"]],
    ["one of two policies is gone", guarded(role("a"), role("b")), guarded(role("b")), ["policy role"]],
    ["it does not say any more that it is public", guarded(open), guarded(), ["policy public"]],
    ["a guard is gone", guarded(open, user), guarded(open), ["problem unauthorized (401)"]],
    ["one of two guards is gone", guarded(open, member), guarded(open, user), ["problem forbidden (403)"]],
    [
      "a guard is gone, and the route declares its problem itself",
      (it) => it.get("/", { use: [user], problems: { unauthorized: problem(401, "Sign in") } }, () => 1),
      (it) => it.get("/", { use: [db], problems: { unauthorized: problem(401, "Sign in") } }, () => 1),
      ["guard user"],
    ],
  ])("%s", async (_, before, after, lost) => {
    expect((await diff(before, after)).unprotected).toEqual([{ key: "GET /", new: false, lost }]);
  });

  test.each<[name: string, before: (app: App) => void, after: (app: App) => void]>([
    ["a value of the app is no guard", guarded(open, user, db), guarded(open, user)],
    ["a policy with other details is a change", guarded(role("a")), guarded(role("b"))],
    ["a guard came", guarded(open), guarded(open, user)],
    ["another guard brings the same", guarded(user, member), guarded(member)],
  ])("not: %s", async (_, before, after) => {
    expect((await diff(before, after)).unprotected).toEqual([]);
  });

  test("a new route without a word, where others say who may call them", async () => {
    const before = guarded(open);
    const added = (use: readonly (typeof open | typeof user)[]) => (it: App) => {
      before(it);
      it.get("/new", { use }, () => 1);
    };
    expect((await diff(before, added([]))).unprotected).toEqual([{ key: "GET /new", new: true, lost: [] }]);
    expect((await diff(before, added([open]))).unprotected).toEqual([]);
    expect((await diff(before, added([user]))).unprotected).toEqual([]);
    const wordless = (it: App): void => void it.get("/a", () => 1);
    expect((await diff(wordless, (it) => it.get("/a", () => 1).get("/b", () => 1))).unprotected).toEqual([]);
  });
});
