import { graph, problem, reply } from "@openspeed/core";
import { ask, type Asked, type Judge, makeJudge, operationsOf, requestsFor } from "@openspeed/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOf, type OpenApiDocument } from "../src/index.ts";
import { fixture, mountsOf, routes } from "./fixture.ts";

const document = documentOf(await graph(fixture()), { title: "Fixture" });
const newer = documentOf(await graph(fixture()), { title: "Fixture", openapi: "3.2" });

/** Asks until an answer is outside of the document, or there are no more requests. */
async function firstLie(
  app: ReturnType<typeof fixture>,
  judge: Judge,
  asked: readonly Asked[],
): Promise<string | undefined> {
  for (const each of asked) {
    const faults = judge(each.operation, await ask(app, each));
    if (faults.length > 0) return `${each.operation.name} ${each.request.target}: ${faults.join("; ")}`;
  }
  return undefined;
}

function sample(of: OpenApiDocument, count: number, only?: string): readonly Asked[] {
  return fc.sample(requestsFor(of, { only: ({ name }) => only === undefined || name === only }), {
    numRuns: count,
    seed: 4,
  });
}

describe("an app that does what it declares", () => {
  test.each([
    ["3.1", document],
    ["3.2", newer],
  ] as const)("answers nothing outside its document (%s)", async (_, of) => {
    const app = fixture();
    expect(await firstLie(app, makeJudge(of), sample(of, 3000))).toBeUndefined();
  });

  test("which is asked for everything: each operation is met with success and, where it can, with a refusal", async () => {
    const app = fixture();
    const statuses = new Map<string, Set<number>>(operationsOf(document).map(({ name }) => [name, new Set()]));
    for (const each of sample(document, 3000)) statuses.get(each.operation.name)?.add((await ask(app, each)).status);
    const without = (wanted: (status: number) => boolean): readonly string[] =>
      [...statuses].filter(([, met]) => ![...met].some(wanted)).map(([name]) => name);
    expect(without((status) => status < 400)).toEqual([]);
    const refusing = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, { responses }]) => responses["422"] !== undefined)
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
    expect(refusing.length).toBeGreaterThan(8);
    // Bytes and texts are never wrong, and what matchers refuse is nobody's.
    const never = /echo|things/;
    expect(without((status) => status === 422).filter((name) => refusing.includes(name) && !never.test(name))).toEqual(
      [],
    );
    expect([...(statuses.get("GET /things/{id}") ?? [])].sort((a, b) => a - b)).toEqual([200, 404, 410]);
  });
});

/** How a handler can lie, given what it would have said: each answer is one that no route here declares. */
const LIES: Readonly<Record<string, (n: number, honest: Said) => Response>> = {
  "a member less": (n, { status, value }) =>
    Response.json(
      changed(value, n, () => undefined),
      { status },
    ),
  "a member of another type": (n, { status, value }) =>
    Response.json(
      changed(value, n, (member) => (typeof member === "object" ? "no more" : { was: member })),
      { status },
    ),
  "another status": (n, { value }) => Response.json(value, { status: [206, 207, 226, 418, 451][n % 5] ?? 299 }),
  "another shape": (n) => Response.json([{ never: n }, ["declared"], { n: "many" }, { state: n }][n % 4]),
  "another media type": (n) =>
    new Response("a: 1", {
      headers: { "content-type": ["application/yaml", "image/png", "application/xml"][n % 3] ?? "" },
    }),
  "another problem": (n) => problemOf({ type: "about:blank", title: "No", status: 409, name: `made-up-${n}` }, 409),
  "a problem under another status": () =>
    problemOf({ type: "about:blank", title: "No", status: 410, name: "internal" }, 500),
  "a problem without its frame": () => problemOf({ oops: true }, 500),
  "words for JSON": (n) => new Response(["<p>", "", "{"][n % 3], { headers: { "content-type": "application/json" } }),
};

interface Said {
  readonly status: number;
  readonly value: unknown;
}

function problemOf(body: object, status: number): Response {
  return Response.json(body, { status, headers: { "content-type": "application/problem+json" } });
}

/** A value of which one member is another; what has no members is no value of its kind any more. */
function changed(value: unknown, n: number, change: (member: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null) return { lie: value };
  const entries = Object.entries(Array.isArray(value) ? { first: value[0] as unknown } : value);
  const at = n % entries.length;
  const other = Object.fromEntries(entries.map(([key, member], i) => [key, i === at ? change(member) : member]));
  return Array.isArray(value) ? [changed(value[0], n, change)] : other;
}

test("100 mutants that lie are each caught", async () => {
  // What declares nothing (or any media type) cannot lie about it; a form without a body, neither.
  const liars = Object.keys(routes).filter((key) => !/plain|hidden|any|page|counts|events|echo|forms/.test(key));
  const kinds = Object.keys(LIES);
  const survivors: string[] = [];
  for (let seed = 0; seed < 100; seed++) {
    const key = liars[(seed * 7) % liars.length] ?? "";
    const kind = kinds[seed % kinds.length] ?? "";
    const honest = routes[key];
    const lie = LIES[kind];
    if (honest === undefined || lie === undefined) throw new Error(`There is no ${key} or ${kind}.`);
    const run = async (ctx: never): Promise<Response> => {
      const said: unknown = await honest.run(ctx);
      const { status = 200, value = said } = said instanceof Object && "kind" in said ? (said as Partial<Said>) : {};
      return lie(seed, { status, value });
    };
    const mutant = fixture(mountsOf({ ...routes, [key]: { ...honest, run } }));
    const [method = "", path = ""] = key.split(" ");
    const outline = path.replace(/\/:(\w+)\?$/, "").replace(/[:*](\w+)/g, "{$1}");
    const caught = await firstLie(mutant, makeJudge(document), sample(document, 60, `${method} ${outline}`));
    if (caught === undefined) survivors.push(`${seed}: ${key}, ${kind}`);
  }
  expect(survivors).toEqual([]);
}, 60_000);

test("development refuses such an answer before anybody sees it", async () => {
  const route = routes["GET /tickets"];
  if (route === undefined) throw new Error("There is no such route.");
  const lying = {
    ...route,
    run: () => reply(299 as 200, { lies: true }),
    shape: { ...route.shape, problems: { odd: problem(418, "Odd") } },
  };
  const { createApp } = await import("@openspeed/core");
  const app = createApp({ mode: "development", routes: { "GET /tickets": lying }, onError: () => undefined });
  expect((await app.fetch(new Request("http://127.0.0.1/tickets"))).status).toBe(500);
});
