import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { type App, createApp, form as formBody } from "@openspeed/core";
import { z } from "zod";
import { fieldsByPlatform } from "../../../../packages/core/test/references/query.ts";
import { incomingOf } from "../incoming.ts";
import { type Target, utf8 } from "../target.ts";

const LIMIT = 16;
export const Form = z.object({
  name: z.string(),
  n: z.number().optional(),
  whole: z.int().optional(),
  yes: z.boolean().optional(),
  tags: z.array(z.string()).optional(),
  list: z.array(z.number()).optional(),
});
const BY_LISTS: ReadonlySet<string> = new Set(["tags", "list"]);
const HEADERS = new Map([["content-type", "application/x-www-form-urlencoded"]]);

const app = createApp({ mode: "test", limits: { query: LIMIT } });
app.post("/", { body: formBody(Form) }, ({ body }) => body);

export const form: Target<{ readonly app: App }> = {
  name: "form",
  about: "a form's fields are those of URLSearchParams, turned into the declared types by JSON's grammar",
  sources: [
    "packages/core/src/request/query.ts",
    "packages/core/src/request/textual.ts",
    "packages/core/src/request/decode.ts",
  ],
  words: [
    "name=",
    "&n=",
    "&whole=",
    "&yes=",
    "&tags=",
    "&list=",
    "true",
    "false",
    "-0",
    "1e3",
    "0x1",
    "+1",
    "%20",
    "9007199254740993",
    "&",
    "=",
    "__proto__=",
    "\ufeff",
  ],
  separators: ["&", "="],
  subject: { app },
  async check({ app }, input) {
    const text = utf8(input).replace(/^\ufeff/, "");
    const { status, body } = await app.handle(
      incomingOf({ method: "POST", target: "/", headers: HEADERS, chunks: [input] }),
    );
    if (text.split("&").filter((field) => field !== "").length > LIMIT) {
      strictEqual(status, 400);
      return;
    }
    const expected = Form.safeParse(text === "" ? {} : typed(fieldsByPlatform(text)));
    strictEqual(status, expected.success ? 200 : 422);
    if (expected.success) deepStrictEqual(JSON.parse(String(body)), JSON.parse(JSON.stringify(expected.data)));
  },
};

function typed(fields: ReadonlyMap<string, readonly string[]>): object {
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, texts] of fields) {
    const all = texts.map((text) => (name === "name" || name === "tags" ? text : scalar(text, name === "yes")));
    values[name] = all.length === 1 && !BY_LISTS.has(name) ? all[0] : all;
  }
  return values;
}

/** What JSON writes without quotes is a boolean or a number, unless it is an integer that a double cannot hold. */
function scalar(text: string, boolean: boolean): unknown {
  if (boolean) return text === "true" || text === "false" ? text === "true" : text;
  if (!/^[-\d]\S*$/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    return exact && !/e[+-]?\d{4}/i.test(text) ? value : text;
  } catch {
    return text;
  }
}
