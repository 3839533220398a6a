/** Two JSON Schemas, by what they let through. */
import type { JsonSchema } from "@openspeed/core";
import type { Direction, Effect } from "./change.ts";

/** A difference at a place (a JSON Pointer fragment into the value). */
export interface Difference {
  readonly effect: Effect;
  readonly pointer: string;
  readonly message: string;
}

/** What is let through now: less, more, or something else. */
type Extent = "less" | "more" | "other";

/** Finds the schema behind a reference; `undefined` for what is no reference. */
export type Resolve = (reference: string) => JsonSchema | undefined;

/**
 * The differences of two schemas for values that go one way. Who sends must not be refused what was taken before; who reads must
 * not meet what could not come before.
 */
export function compareSchemas(
  before: JsonSchema,
  after: JsonSchema,
  direction: Direction,
  resolve: { readonly before: Resolve; readonly after: Resolve },
): readonly Difference[] {
  const found: Difference[] = [];
  const open = new Set<string>();
  visit(before, after, "#");
  return found;

  function add(pointer: string, extent: Extent, message: string): void {
    const harmless = direction === "request" ? "more" : "less";
    found.push({ effect: extent === harmless ? "additive" : "breaking", pointer, message });
  }

  function visit(given: JsonSchema, made: JsonSchema, pointer: string): void {
    const pair = `${text(given["$ref"])} ${text(made["$ref"])}`;
    if (given["$ref"] !== undefined || made["$ref"] !== undefined) {
      if (open.has(pair)) return; // a schema that holds itself was compared where it began
      open.add(pair);
    }
    const old = resolved(given, resolve.before);
    const now = resolved(made, resolve.after);
    if (words(old) !== words(now))
      found.push({
        effect: "documentation",
        pointer,
        message: "Its description, title, examples or deprecation changed.",
      });
    types(old, now, pointer);
    values(old, now, pointer);
    bounds(old, now, pointer);
    for (const union of ["anyOf", "oneOf", "allOf"] as const) branches(union, old, now, pointer);
    members(old, now, pointer);
    inner("items", "what its items are", old, now, `${pointer}/*`);
    inner("contentSchema", "what it holds", old, now, pointer);
    defaults(old, now, pointer);
    for (const keyword of new Set([...Object.keys(old), ...Object.keys(now)])) {
      if (COMPARED.has(keyword) || text(old[keyword]) === text(now[keyword])) continue;
      if (keyword.startsWith("x-")) found.push({ effect: "documentation", pointer, message: `${keyword} changed.` });
      else add(pointer, "other", `${keyword} changed.`);
    }
  }

  function inner(keyword: string, what: string, old: JsonSchema, now: JsonSchema, pointer: string): void {
    const [was, is] = [schemaIn(old, keyword), schemaIn(now, keyword)];
    if (was !== undefined && is !== undefined) visit(was, is, pointer);
    else if (was !== undefined || is !== undefined)
      add(pointer, is === undefined ? "more" : "less", `It is ${is === undefined ? "no longer" : "now"} said ${what}.`);
  }

  /** Who leaves something out relies on what then counts. */
  function defaults(old: JsonSchema, now: JsonSchema, pointer: string): void {
    const [was, is] = [text(old["default"]), text(now["default"])];
    if (was === is) return;
    const effect = direction === "response" ? "documentation" : "default" in old ? "breaking" : "additive";
    found.push({ effect, pointer, message: `Its default changed from ${was} to ${is}.` });
  }

  function types(old: JsonSchema, now: JsonSchema, pointer: string): void {
    const [was, is] = [typesOf(old), typesOf(now)];
    const gone = was.filter((type) => !takes(is, type));
    const come = is.filter((type) => !takes(was, type));
    if (was.length === 0 && is.length > 0) add(pointer, "less", `It is now of type ${is.join(" or ")}.`);
    else if (is.length === 0 && was.length > 0)
      add(pointer, "more", `It is no longer of type ${was.join(" or ")} only.`);
    else if (gone.length > 0 && come.length > 0)
      add(pointer, "other", `Its type changed from ${was.join(" or ")} to ${is.join(" or ")}.`);
    else if (gone.length > 0) add(pointer, "less", `It is no longer of type ${gone.join(" or ")}.`);
    else if (come.length > 0) add(pointer, "more", `It may now be of type ${come.join(" or ")}.`);
  }

  function values(old: JsonSchema, now: JsonSchema, pointer: string): void {
    const [was, is] = [valuesOf(old), valuesOf(now)];
    if (was === undefined && is === undefined) return;
    if (was === undefined) return add(pointer, "less", `It is now one of ${list(is ?? [])}.`);
    if (is === undefined) return add(pointer, "more", `It is no longer only one of ${list(was)}.`);
    const gone = was.filter((value) => !is.includes(value));
    const come = is.filter((value) => !was.includes(value));
    if (gone.length > 0) add(pointer, "less", `It is no longer ${list(gone)}.`);
    if (come.length > 0) add(pointer, "more", `It may now be ${list(come)}.`);
  }

  function bounds(old: JsonSchema, now: JsonSchema, pointer: string): void {
    for (const [keyword, upper] of BOUNDS) {
      const [was, is] = [old[keyword], now[keyword]];
      if (was === is) continue;
      const less =
        is !== undefined && (was === undefined || (upper ? Number(is) < Number(was) : Number(is) > Number(was)));
      add(pointer, less ? "less" : "more", `${keyword} changed from ${text(was)} to ${text(is)}.`);
    }
    for (const keyword of ["pattern", "format", "multipleOf", "uniqueItems", "contentEncoding"]) {
      const [was, is] = [text(old[keyword]), text(now[keyword])];
      if (was === is) continue;
      const extent = old[keyword] === undefined ? "less" : now[keyword] === undefined ? "more" : "other";
      add(pointer, extent, `${keyword} changed from ${was} to ${is}.`);
    }
  }

  function branches(union: "anyOf" | "oneOf" | "allOf", old: JsonSchema, now: JsonSchema, pointer: string): void {
    const [was, is] = [schemasIn(old, union), schemasIn(now, union)];
    if (was.length === 0 && is.length === 0) return;
    const left = [...is];
    const gone: JsonSchema[] = [];
    for (const branch of was) {
      const twin = left.findIndex((each) => text(each) === text(branch));
      if (twin === -1) gone.push(branch);
      else for (const same of left.splice(twin, 1)) visit(branch, same, pointer); // a reference may lead elsewhere now
    }
    while (gone.length > 0 && gone.length === left.length) visit(gone.shift() ?? {}, left.shift() ?? {}, pointer);
    const wider = union === "allOf" ? "less" : "more";
    const narrower = union === "allOf" ? "more" : "less";
    const count = (branches: readonly JsonSchema[]): string =>
      branches.length === 1 ? "One alternative" : `${branches.length} alternatives`;
    if (gone.length > 0)
      add(pointer, narrower, `${count(gone)} of its ${union} ${gone.length === 1 ? "is" : "are"} gone.`);
    if (left.length > 0) add(pointer, wider, `${count(left)} of its ${union} ${left.length === 1 ? "is" : "are"} new.`);
  }

  function members(old: JsonSchema, now: JsonSchema, pointer: string): void {
    const [was, is] = [propertiesIn(old), propertiesIn(now)];
    const [needed, needs] = [requiredIn(old), requiredIn(now)];
    for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const place = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      const [property, next] = [was[name], is[name]];
      if (property !== undefined && next !== undefined) {
        if (needed.includes(name) && !needs.includes(name)) add(place, "more", "It may now be absent.");
        if (!needed.includes(name) && needs.includes(name)) add(place, "less", "It is now required.");
        visit(property, next, place);
      } else if (next === undefined) {
        found.push({ effect: "breaking", pointer: place, message: "It is gone." });
      } else {
        const refused = direction === "request" && needs.includes(name);
        found.push({
          effect: refused ? "breaking" : "additive",
          pointer: place,
          message: refused ? "It is new, and required." : "It is new.",
        });
      }
    }
    // Names that no property describes.
    const unlisted = (name: string): boolean => was[name] === undefined && is[name] === undefined;
    for (const name of needs.filter(unlisted))
      if (!needed.includes(name)) add(pointer, "less", `${name} is now required.`);
    for (const name of needed.filter(unlisted))
      if (!needs.includes(name)) add(pointer, "more", `${name} may now be absent.`);
    const [was2, is2] = [old["additionalProperties"], now["additionalProperties"]];
    if (text(was2) === text(is2)) return;
    const [inner, nowInner] = [schemaIn(old, "additionalProperties"), schemaIn(now, "additionalProperties")];
    if (inner !== undefined && nowInner !== undefined) visit(inner, nowInner, `${pointer}/*`);
    else if (direction === "request" || nowInner !== undefined)
      add(
        pointer,
        is2 === false ? "less" : "more",
        `What else it may hold changed from ${text(was2)} to ${text(is2)}.`,
      );
  }
}

/** Keywords that are looked at one by one; any other that changed may mean anything. */
const COMPARED: ReadonlySet<string> = new Set([
  ..."$ref $id $schema $comment $defs title description examples example deprecated readOnly writeOnly type const enum default".split(
    " ",
  ),
  ..."anyOf oneOf allOf discriminator properties required additionalProperties items contentSchema".split(" "),
  ..."minimum exclusiveMinimum minLength minItems minProperties maximum exclusiveMaximum maxLength maxItems".split(" "),
  ..."maxProperties pattern format multipleOf uniqueItems contentEncoding".split(" "),
]);

const BOUNDS: readonly (readonly [keyword: string, upper: boolean])[] = [
  ["minimum", false],
  ["exclusiveMinimum", false],
  ["minLength", false],
  ["minItems", false],
  ["minProperties", false],
  ["maximum", true],
  ["exclusiveMaximum", true],
  ["maxLength", true],
  ["maxItems", true],
  ["maxProperties", true],
];

function resolved(schema: JsonSchema, resolve: Resolve): JsonSchema {
  let found = schema;
  const seen = new Set<string>();
  for (let reference = found["$ref"]; typeof reference === "string"; reference = found["$ref"]) {
    const next = seen.has(reference) ? undefined : resolve(reference);
    seen.add(reference);
    const { $ref: _reference, ...siblings } = found;
    found = { ...next, ...siblings };
  }
  return found;
}

function words({ title, description, examples, example, deprecated }: JsonSchema): string {
  return text([title, description, examples, example, deprecated]);
}

function typesOf(schema: JsonSchema): readonly string[] {
  const { type } = schema;
  return typeof type === "string" ? [type] : Array.isArray(type) ? type.map(String) : [];
}

/** Every integer is a number (JSON Schema 2020-12 Validation §6.1.1). */
function takes(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === "integer" && types.includes("number"));
}

function valuesOf(schema: JsonSchema): readonly string[] | undefined {
  if ("const" in schema) return [text(schema["const"])];
  return Array.isArray(schema["enum"]) ? schema["enum"].map(text) : undefined;
}

function propertiesIn(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const properties = schema["properties"];
  return typeof properties === "object" && properties !== null ? (properties as Record<string, JsonSchema>) : {};
}

function requiredIn(schema: JsonSchema): readonly string[] {
  return Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
}

function schemaIn(schema: JsonSchema, keyword: string): JsonSchema | undefined {
  const inner = schema[keyword];
  return typeof inner === "object" && inner !== null ? (inner as JsonSchema) : undefined;
}

function schemasIn(schema: JsonSchema, keyword: string): readonly JsonSchema[] {
  const inner = schema[keyword];
  return Array.isArray(inner) ? (inner as readonly JsonSchema[]) : [];
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

function list(values: readonly string[]): string {
  return values.length > 6 ? `${values.slice(0, 6).join(", ")} and ${values.length - 6} more` : values.join(", ");
}
