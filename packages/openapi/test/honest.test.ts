import { graph, problem, reply, type Route } from "@openspeed/core";
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

/** How a handler can lie; each gives an answer that its route never declared. */
const LIES: Readonly<Record<string, (n: number) => unknown>> = {
  "another status": (n) =>
    new Response("{}", {
      status: [206, 207, 226, 418, 451][n % 5] ?? 299,
      headers: { "content-type": "application/json" },
    }),
  "another shape": (n) =>
    Response.json([{ never: n }, ["declared"], { n: "many" }, { state: n }][n % 4], { status: 200 }),
  "another type": (n) =>
    new Response("a: 1", {
      headers: { "content-type": ["application/yaml", "image/png", "application/xml"][n % 3] ?? "" },
    }),
  "another problem": (n) =>
    Response.json(
      { type: "about:blank", title: "No", status: 409, name: `made-up-${n}` },
      { status: 409, headers: { "content-type": "application/problem+json" } },
    ),
  "a problem without its frame": () =>
    new Response('{"oops":true}', { status: 500, headers: { "content-type": "application/problem+json" } }),
  "words for JSON": (n) => new Response(["<p>", "", "{"][n % 3], { headers: { "content-type": "application/json" } }),
};

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
    const run: Route["run"] = () => lie(seed);
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
