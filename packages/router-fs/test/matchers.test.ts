import { createApp, graph, matched, route } from "@openspeed/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUILT_IN } from "../src/built-in.ts";
import * as matchers from "@openspeed/core/matchers";

const all: Readonly<Record<string, matchers.Matcher<unknown>>> = { ...matchers };

/** What a matcher gives; `undefined` if it refuses. */
function given(name: string, text: unknown): unknown {
  const result = all[name]?.["~standard"].validate(text);
  if (result === undefined || result instanceof Promise) throw new Error(`${name} is no matcher that answers at once`);
  return result.issues === undefined ? result.value : undefined;
}

describe("a matcher takes what its kind is, written the one usual way", () => {
  test.each([
    ["int", "0", 0],
    ["int", "-7", -7],
    ["int", "9007199254740991", 9007199254740991],
    ["number", "0.5", 0.5],
    ["number", "-0.25", -0.25],
    ["number", "12", 12],
    ["bool", "true", true],
    ["bool", "false", false],
    ["uuid", "018f4e2a-6f3b-7c1d-8a9e-0123456789AB", "018f4e2a-6f3b-7c1d-8a9e-0123456789AB"],
    ["slug", "hello-world-2", "hello-world-2"],
    ["date", "2024-02-29", "2024-02-29"],
    ["date", "0004-02-29", "0004-02-29"],
  ])("%s takes %s", (name, text, value) => {
    expect(given(name, text)).toBe(value);
  });

  test.each([
    ["int", ["", "007", "+1", "1e3", "1.0", "-0", " 1", "1\n", "0x1", "9007199254740992", "١"]],
    ["number", ["", ".5", "5.", "1e3", "Infinity", "NaN", "00.5", "-0", "1,5"]],
    ["bool", ["", "TRUE", "1", "yes"]],
    [
      "uuid",
      [
        "",
        "018f4e2a6f3b7c1d8a9e0123456789ab",
        "{018f4e2a-6f3b-7c1d-8a9e-0123456789ab}",
        "g18f4e2a-6f3b-7c1d-8a9e-0123456789ab",
      ],
    ],
    ["slug", ["", "-a", "a-", "a--b", "A", "é", "a_b"]],
    [
      "date",
      ["", "2023-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-01-01", "2026-1-1", "2026-01-01T00:00:00Z"],
    ],
  ])("%s refuses %j", (name, texts) => {
    expect(texts.map((text) => given(name, text))).toEqual(texts.map(() => undefined));
  });
});

test("int and date agree with what JavaScript makes of them", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(given("int", String(value))).toBe(value);
    }),
  );
  const days = fc.date({ noInvalidDate: true, min: new Date("0000-01-01"), max: new Date("9999-12-31") });
  fc.assert(
    fc.property(days, (day) => {
      const text = day.toISOString().slice(0, 10);
      expect(given("date", text)).toBe(text);
    }),
  );
});

test("the planner knows them all by name, with the types that they give", () => {
  expect([...BUILT_IN.keys()]).toEqual(Object.keys(all).sort());
  const example = { bool: "true", date: "2026-01-01", int: "1", number: "1.5", slug: "a", uuid: crypto.randomUUID() };
  for (const [name, text] of Object.entries(example)) expect(typeof given(name, text)).toBe(BUILT_IN.get(name));
});

test("a route gets what the matcher gave, and the graph tells its type", async () => {
  const answers = route({ params: matched<{ readonly id: number }>() }, ({ params }) => ({ next: params.id + 1 }));
  const app = createApp({
    routes: [{ method: "GET", path: "/things/:id", route: answers, matchers: { id: matchers.int } }],
  });
  const answer = await app.fetch(new Request("http://localhost/things/41"));
  expect(await answer.json()).toEqual({ next: 42 });
  expect((await app.fetch(new Request("http://localhost/things/007"))).status).toBe(404);
  const [described] = (await graph(app)).routes;
  expect(JSON.stringify(described)).toContain('"id":{"type":"integer"}');
});
