/** What an agent gives is what the handler gets, and what the handler gives is what the agent gets. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { createApp, form, publicAccess } from "@openspeed/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { mcp, tool } from "../src/index.ts";
import { connected, started } from "./client.ts";

const use = [publicAccess(), tool({ name: "echo" })];
const params = z.object({ text: z.string(), number: z.number(), flag: z.boolean() });
const query = z.object({
  text: z.string().optional(),
  number: z.int().optional(),
  flag: z.boolean().optional(),
  list: z.array(z.string()).optional(),
});
const Item = z
  .object({ name: z.string(), tags: z.array(z.string()), size: z.number().nullable() })
  .meta({ id: "Item" });
const body = z.object({ items: z.array(Item), extra: z.record(z.string(), Item).optional() });

// No request can carry these as they are: a path's segment that is empty or a dot, a list without items, half a character.
const anyText = fc.string({ unit: "grapheme" }).filter((text) => text.isWellFormed() && !text.includes("\0"));
const segment = anyText.filter((text) => text !== "" && text !== "." && text !== ".." && !/[\p{Cc}]/u.test(text));
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((value) => value + 0),
);
const name = anyText.filter((text) => text !== "__proto__" && text !== "constructor" && text !== "prototype");
const item = fc.record({ name: anyText, tags: fc.array(anyText), size: fc.option(number) });
const given = fc.record({
  params: fc.record({ text: segment, number, flag: fc.boolean() }),
  query: fc.record(
    { text: anyText, number: fc.integer(), flag: fc.boolean(), list: fc.array(anyText, { minLength: 1 }) },
    { requiredKeys: [] },
  ),
  body: fc.record({ items: fc.array(item), extra: fc.dictionary(name, item) }, { requiredKeys: ["items"] }),
});

test("JSON bodies, params and queries", async () => {
  const app = createApp({ mode: "test", plugins: [mcp({ name: "echo", version: "1.0.0" })] });
  app.post("/:text/:number/:flag", { use, params, query, body, output: z.object({ params, query, body }) }, (ctx) => ({
    params: ctx.params,
    query: ctx.query,
    body: ctx.body,
  }));
  const client = await connected(await started(app));
  const [listed] = (await client.listTools()).tools;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const accepts = ajv.compile(listed?.inputSchema ?? false);
  await fc.assert(
    fc.asyncProperty(given, async (value) => {
      const sent = JSON.parse(JSON.stringify(value)); // -0 is 0
      expect([accepts(sent), accepts.errors]).toEqual([true, null]);
      const { structuredContent } = await client.callTool({ name: "echo", arguments: sent });
      expect(structuredContent).toEqual(sent);
    }),
    { numRuns: 150 },
  );
});

test("forms", async () => {
  const fields = z.object({ text: z.string(), number: z.int(), flag: z.boolean(), list: z.array(z.int()) });
  const app = createApp({ mode: "test", plugins: [mcp({ name: "echo", version: "1.0.0" })] });
  app.post("/", { use, body: form(fields), output: fields }, (ctx) => ctx.body);
  const client = await connected(await started(app));
  const values = fc.record({
    text: anyText,
    number: fc.integer(),
    flag: fc.boolean(),
    list: fc.array(fc.integer(), { minLength: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const { structuredContent } = await client.callTool({ name: "echo", arguments: { body: value } });
      expect(structuredContent).toEqual(value);
    }),
    { numRuns: 50 },
  );
});

test("any arguments whatever end as a result", async () => {
  const app = createApp({ mode: "test", plugins: [mcp({ name: "echo", version: "1.0.0" })] });
  app.post("/:text/:number/:flag", { use, params, query, body }, () => "reached");
  const client = await connected(await started(app));
  const parts = fc.record(
    { params: fc.jsonValue(), query: fc.jsonValue(), body: fc.jsonValue(), other: fc.jsonValue() },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(parts, async (value) => {
      const result = await client.callTool({ name: "echo", arguments: JSON.parse(JSON.stringify(value)) });
      expect(result.content).toHaveLength(1);
    }),
    { numRuns: 100 },
  );
});
