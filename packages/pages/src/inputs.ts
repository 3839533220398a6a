import type { AnyShape, Schema, Validated } from "@openspeed/core";
import { jsonSchemaOf, textReader } from "@openspeed/core/authoring";
import type { PageContext } from "./visit.ts";

type Part = "params" | "query" | "headers" | "cookies";
const PARTS: readonly Part[] = ["params", "query", "headers", "cookies"];
type Inputs = { readonly [P in Part]?: Schema };
type See = (ctx: PageContext) => unknown;

/** The inputs of a form's route: those of its action, and those of the loader that shows the page again. */
export interface SharedInputs {
  readonly shape: Inputs;
  /** The context as the action sees it, and as the loader does: each finds what it declared. */
  readonly asAction: (ctx: PageContext) => PageContext;
  readonly asLoader: (ctx: PageContext) => PageContext;
}

export function shareInputs(action: AnyShape, loader: AnyShape): SharedInputs {
  const shape: { [P in Part]?: Schema } = {};
  const forAction: [Part, See][] = [];
  const forLoader: [Part, See][] = [];
  for (const part of PARTS) {
    const [own, other] = [action[part], loader[part]];
    if (own === other || (own === undefined && other === undefined)) {
      if (own !== undefined) shape[part] = own;
    } else if (own === undefined || other === undefined) {
      const declared = own ?? other;
      if (declared !== undefined) shape[part] = declared;
      (own === undefined ? forAction : forLoader).push([part, (ctx) => undeclared(ctx, part)]);
    } else {
      shape[part] = both(own, other);
      forAction.push([part, (ctx) => (ctx as unknown as Record<Part, Pair>)[part].own]);
      forLoader.push([part, (ctx) => (ctx as unknown as Record<Part, Pair>)[part].other]);
    }
  }
  return { shape, asAction: viewer(forAction), asLoader: viewer(forLoader) };
}

interface Pair {
  readonly own: unknown;
  readonly other: unknown;
}

function viewer(changes: readonly [Part, See][]): (ctx: PageContext) => PageContext {
  if (changes.length === 0) return (ctx) => ctx;
  return (ctx) => {
    const seen = Object.create(ctx) as PageContext;
    for (const [part, see] of changes) Object.defineProperty(seen, part, { value: see(ctx) });
    return seen;
  };
}

/** What a route that declares nothing finds. */
function undeclared(ctx: PageContext, part: Part): unknown {
  if (part === "params") return ctx.rawParams;
  if (part !== "query") return undefined;
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(ctx.search)) query[name] ??= value;
  return query;
}

/** Two schemas over one input: what either refuses is refused. */
function both(own: Schema, other: Schema): Schema {
  const [one, two] = [reader(own), reader(other)];
  const join = (first: Validated<unknown>, second: Validated<unknown>): Validated<Pair> =>
    first.issues === undefined && second.issues === undefined
      ? { value: { own: first.value, other: second.value } }
      : { issues: [...(first.issues ?? []), ...(second.issues ?? [])] };
  // At once where it can be: guards read inputs too, and they do not wait.
  const validate = (value: unknown): Validated<Pair> | Promise<Validated<Pair>> => {
    const [first, second] = [one(value), two(value)];
    if (first instanceof Promise || second instanceof Promise)
      return Promise.all([first, second]).then((results) => join(...results));
    return join(first, second);
  };
  return { "~standard": { version: 1, vendor: "openspeed", validate } };
}

function reader(schema: Schema): (value: unknown) => Validated<unknown> | Promise<Validated<unknown>> {
  const toTypes = textReader(jsonSchemaOf(schema, "input"));
  const { validate } = schema["~standard"];
  // A copy: reading changes what it reads.
  return (value) => validate(toTypes === undefined ? value : toTypes({ ...(value as Record<string, string>) }));
}
