import { createApp } from "@openspeed/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { suite } from "./suite.ts";

suite("what is sent comes back", (open, transport) => {
  const runs = { numRuns: transport === "socket" ? 40 : 200 };
  // No transport carries lone surrogates, and a param that is a dot segment is no param: URL parsers resolve it.
  const words = fc.string({ unit: "grapheme", maxLength: 20 });
  const param = words.filter((word) => word !== "" && word !== "." && word !== ".." && !/[\p{Cc}]/u.test(word));

  test("params", async () => {
    const t = await open(createApp().get("/:a/x/:b", ({ params }) => params));
    await fc.assert(
      fc.asyncProperty(param, param, async (a, b) => {
        const answer = await t("GET /:a/x/:b", { params: { a, b } });
        // `/..` behind an encoded slash is refused: some other server would take it for a dot segment.
        if (answer.status === 400) expect(a + b).toMatch(/[/\\]\.\.?|\.\.?[/\\]/);
        else expect(answer.value).toEqual({ a, b });
      }),
      runs,
    );
  });

  test("query", async () => {
    const names = words.filter((name) => name !== "__proto__");
    const t = await open(
      createApp().get(
        "/",
        { query: z.record(z.string(), z.union([z.string(), z.array(z.string())])) },
        ({ query }) => query,
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, words, { maxKeys: 5 }), async (query) => {
        expect((await t("GET /", { query }).expect(200)).value).toEqual({ ...query });
      }),
      runs,
    );
  });

  test("numbers and booleans of a query", async () => {
    const query = z.object({ n: z.number(), i: z.int(), b: z.boolean() });
    const t = await open(createApp().get("/", { query }, (ctx) => ctx.query));
    const values = fc.record({
      n: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
      i: fc.maxSafeInteger(),
      b: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const answer = await t("GET /", { query: given });
        // A whole number that no double holds exactly has no one meaning.
        if (answer.status === 422) expect(Number.isInteger(given.n) && !Number.isSafeInteger(given.n)).toBe(true);
        else expect(answer.value).toEqual(given);
      }),
      runs,
    );
  });

  test("JSON", async () => {
    const t = await open(createApp().post("/", { body: z.unknown() }, ({ body }) => ({ body })));
    const poison = /__proto__|constructor/;
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (body) => {
        fc.pre(!poison.test(JSON.stringify(body)));
        const response = await t.fetch("/", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
        expect(await response.json()).toEqual(JSON.parse(JSON.stringify({ body })));
      }),
      runs,
    );
  });

  test("texts and bytes", async () => {
    const t = await open(createApp().post("/", async ({ request }) => new Uint8Array(await request.arrayBuffer())));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (sent) => {
        const bytes = new Uint8Array(sent);
        await t("POST /", { body: bytes }).expect(200, bytes);
      }),
      runs,
    );
  });
});
