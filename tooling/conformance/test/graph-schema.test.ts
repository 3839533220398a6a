/** The published schema of graphs: made from the types, open to what is added, and refusing what is not a graph. */
import { readFileSync } from "node:fs";
import { createApp, type Graph, type GraphRoute, publicAccess, route } from "@openspeed/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { full } from "./full-app.ts";
import { closed, declaredSchema, graph, published, schemaFile } from "./graphs.ts";

const ticket = z.object({ id: z.int() });
const app = () =>
  createApp().mount({
    "POST /tickets/:id": route(
      { use: [publicAccess()], params: ticket, body: ticket, output: { 200: ticket, 204: null } },
      ({ body }) => body,
    ),
  });

// Types that fail to compile when a member is added or removed without its name here.
const top: Record<keyof Graph, true> = {
  version: true,
  routes: true,
  providers: true,
  middleware: true,
  plugins: true,
};
const ofRoutes: Record<keyof GraphRoute, true> = {
  key: true,
  method: true,
  path: true,
  source: true,
  summary: true,
  description: true,
  tags: true,
  deprecated: true,
  uses: true,
  policies: true,
  meta: true,
  params: true,
  query: true,
  headers: true,
  cookies: true,
  body: true,
  outputs: true,
  offers: true,
  problems: true,
  limits: true,
};

// `npm test -- --project conformance graph-schema -u` writes it. What may change is written in docs/reflection.md.
test("is what the types of the graph say", async () => {
  await expect(`${JSON.stringify(declaredSchema(), undefined, 2)}\n`).toMatchFileSnapshot(schemaFile);
});

test("holds for an app that says everything", async () => {
  const made = await graph(full());
  const said = new Set(made.routes.flatMap((each) => Object.keys(each)));
  expect([...said].sort()).toEqual(Object.keys(ofRoutes).sort());
});

test("takes members that a newer release adds; the closed one, which tests use, does not", async () => {
  const made = await graph(app());
  const newer = { ...made, clusters: [], routes: made.routes.map((each) => ({ ...each, cost: 3 })) };
  expect(published(newer)).toBe(true);
  expect(closed(newer)).toBe(false);
});

test("refuses another version", async () => {
  expect(published({ ...(await graph(app())), version: 2 })).toBe(false);
});

test("refuses a graph that lost any member that its type requires", async () => {
  const made = await graph(app());
  const required = ["version", "routes", "providers", "middleware", "plugins"];
  for (const name of required) expect([name, published(without(made, name))]).toEqual([name, false]);
  const [one] = made.routes;
  const always = ["key", "method", "path", "uses", "policies", "meta", "outputs", "problems"];
  for (const name of always) {
    const routes = [without<GraphRoute | undefined>(one, name)];
    expect([name, published({ ...made, routes })]).toEqual([name, false]);
  }
});

test("refuses a schema in it that is none", async () => {
  const made = await graph(app());
  const [one] = made.routes;
  const broken = { ...made, routes: [{ ...one, params: { input: { type: "text" }, output: {} } }] };
  expect(published(broken)).toBe(false);
});

test("names every member that a graph can have", () => {
  const schema: {
    readonly $defs: { readonly GraphRoute: { readonly properties: object } };
    readonly properties: object;
  } = JSON.parse(readFileSync(schemaFile, "utf8"));
  expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(top).sort());
  expect(Object.keys(schema.$defs.GraphRoute.properties).sort()).toEqual(Object.keys(ofRoutes).sort());
});

test("holds for apps of any routes", async () => {
  const paths = fc.uniqueArray(fc.stringMatching(/^\/[a-z]{1,6}(\/:[a-z]{1,3})?$/), {
    selector: (path) => path.split("/:")[0],
  });
  const facts = fc.record(
    { summary: fc.string(), tags: fc.array(fc.string()), deprecated: fc.boolean(), offers: fc.constant(["text/csv"]) },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(paths, facts, async (all, shape) => {
      const made = await graph(
        createApp().mount(Object.fromEntries(all.map((path) => [`GET ${path}`, route(shape, () => "")]))),
      );
      expect(made.routes.map(({ path }) => path)).toEqual([...all].sort());
    }),
    { numRuns: 50 },
  );
});

function without<T>(value: T, name: string): object {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([each]) => each !== name));
}
