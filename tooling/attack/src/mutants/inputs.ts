/** Readers of bodies that validate something else than they read, or bound nothing. */
import { type App, type Context, createApp, reply, route, type Reply } from "@openspeed/core";
import { pollution } from "../clean.ts";
import { INPUTS } from "../subjects/inputs.ts";
import { mutant, type Mutant } from "./mutant.ts";

const isPerson = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  typeof value.name === "string" &&
  "age" in value &&
  typeof value.age === "number";
const faults = ({ body }: { readonly body: unknown }): readonly string[] => (isPerson(body) ? [] : ["no person"]);
const refuse = (status: number): Reply<number, string> => reply(status, "refused");

function only(path: string, handle: (ctx: Context) => Promise<unknown>): App {
  return createApp({ onError: () => undefined, routes: { [`POST ${path}`]: route(handle) } });
}

/** Keys of a request put into an object as they come. */
function merge(into: Record<string, unknown>, from: object): void {
  for (const [key, value] of Object.entries(from)) {
    const inner = into[key];
    if (typeof value === "object" && value !== null && typeof inner === "object" && inner !== null)
      merge(inner as Record<string, unknown>, value as object);
    else into[key] = value;
  }
}

function unpolluted(keys: readonly PropertyKey[]): void {
  for (const key of Reflect.ownKeys(Object.prototype))
    if (!keys.includes(key)) Reflect.deleteProperty(Object.prototype, key);
}

export const inputs: readonly Mutant[] = [
  mutant("B", "unvalidated", "inputs", "validates application/json and parses whatever holds the word", (witness) =>
    only(INPUTS.json.path, async (ctx) => {
      const type = ctx.header("content-type") ?? "";
      if (!type.toLowerCase().includes("json")) return refuse(415);
      const body: unknown = JSON.parse((await ctx.incoming.text(1e6)) ?? "null");
      if (type === "application/json" && !isPerson(body)) return refuse(422);
      return witness(INPUTS.json, () => faults({ body }))(ctx);
    }),
  ),
  mutant("B", "unvalidated", "inputs", "merges bodies into an object", (witness) =>
    only(INPUTS.anything.path, async (ctx) => {
      const keys = Reflect.ownKeys(Object.prototype);
      try {
        merge({}, JSON.parse((await ctx.incoming.text(1e6)) ?? "{}") as object);
        return witness(INPUTS.anything, pollution)(ctx);
      } catch {
        return refuse(400);
      } finally {
        unpolluted(keys);
      }
    }),
  ),
  mutant("B", "unvalidated", "inputs", "has a limit that is NaN", (witness) =>
    only(INPUTS.text.path, async (ctx) => {
      const limit = Number("64kb");
      const body = (await ctx.incoming.text(1e9)) ?? "";
      return body.length > limit ? refuse(413) : witness(INPUTS.text)(ctx);
    }),
  ),
  mutant("B", "answer", "inputs", "fails on multipart without a boundary", () =>
    only(INPUTS.multipart.path, async (ctx) => {
      const boundary = ctx.header("content-type")?.split("boundary=")[1];
      if (boundary === undefined) throw new TypeError("There is no boundary.");
      await ctx.incoming.text(1e6);
      return refuse(400);
    }),
  ),
];
