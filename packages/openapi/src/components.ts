/** Schemas that have a name become components: one, or one for each side where the sides differ. */
import type { GraphSchema, JsonSchema, Side } from "@openspeed/core";

/** Finds the place of every named schema. All schemas are shown to `collect` before the first is asked of `place`. */
export interface Components {
  /** Remembers the names in a schema. */
  collect(schema: GraphSchema | null | undefined, side: Side): void;
  /** The schema with references into the document. */
  place(schema: GraphSchema, side: Side): JsonSchema;
  /** By name, sorted. */
  schemas(): Readonly<Record<string, JsonSchema>>;
}

interface Variant {
  readonly side: Side;
  readonly schema: JsonSchema;
  /** What its references mean. */
  readonly definitions: Definitions;
  /** Equal for definitions that mean the same, whatever they refer to included. */
  readonly text: string;
  name: string;
}

type Definitions = Readonly<Record<string, JsonSchema>>;

export function makeComponents(): Components {
  const variants = new Map<string, Variant[]>();
  let named = false;

  function collect(schema: GraphSchema | null | undefined, side: Side): void {
    const definitions = definitionsOf(schema?.[side]);
    for (const [name, definition] of Object.entries(definitions)) {
      const known = variants.get(name) ?? [];
      variants.set(name, known);
      const text = meaning(definition, definitions);
      const same = known.find((variant) => variant.text === text);
      const variant = { side, schema: definition, definitions, text, name };
      if (same === undefined) known.push(variant);
      // What is taken may have more than is said; what is given may not. The wider one stands for both.
      else if (same.side === "output" && side === "input") known.splice(known.indexOf(same), 1, variant);
    }
  }

  /** Names are given once all are known, so that they do not depend on which route came first. */
  function name(): void {
    if (named) return;
    named = true;
    const taken = new Set(variants.keys());
    for (const [plain, known] of variants) {
      const outputs = known.filter(({ side }) => side === "output").sort(byText);
      const inputs = known.filter(({ side }) => side === "input").sort(byText);
      const [first, ...others] = [...outputs, ...inputs];
      if (first !== undefined) first.name = plain;
      for (const variant of others) {
        const wanted = variant.side === "input" && outputs.length > 0 ? `${plain}Input` : plain;
        let free = wanted;
        for (let number = 2; taken.has(free); number++) free = `${wanted}${number}`;
        taken.add(free);
        variant.name = free;
      }
    }
  }

  function placed(schema: JsonSchema, definitions: Definitions): JsonSchema {
    const walk = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(walk);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) =>
          key === "$ref" && typeof member === "string" ? [key, reference(member, definitions)] : [key, walk(member)],
        ),
      );
    };
    return walk(schema) as JsonSchema;
  }

  function reference(to: string, definitions: Definitions): string {
    const plain = to.startsWith(LOCAL) ? to.slice(LOCAL.length) : undefined;
    const definition = plain === undefined ? undefined : definitions[plain];
    if (plain === undefined || definition === undefined) return to;
    const text = meaning(definition, definitions);
    const variant = variants.get(plain)?.find((each) => each.text === text);
    return `#/components/schemas/${encodePointer(variant?.name ?? plain)}`;
  }

  return {
    collect,
    place(schema, side) {
      name();
      const { $defs: _definitions, ...rest } = schema[side];
      return placed(rest, definitionsOf(schema[side]));
    },
    schemas() {
      name();
      const all = [...variants.entries()].flatMap(([, known]) =>
        known.map((variant): [string, JsonSchema] => [variant.name, placed(variant.schema, variant.definitions)]),
      );
      return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

const LOCAL = "#/$defs/";

function definitionsOf(schema: JsonSchema | undefined): Definitions {
  const definitions = schema?.["$defs"];
  return typeof definitions === "object" && definitions !== null ? (definitions as Record<string, JsonSchema>) : {};
}

function meaning(definition: JsonSchema, definitions: Definitions): string {
  const reached = new Set<string>();
  const texts = [canonical(definition)];
  for (const text of texts) {
    for (const [, name = ""] of text.matchAll(/"\$ref":"#\/\$defs\/([^"]*)"/g)) {
      const next = definitions[name];
      if (next === undefined || reached.has(name)) continue;
      reached.add(name);
      texts.push(canonical(next));
    }
  }
  return texts.join("\n");
}

/** Sides that differ only in what is said about undeclared members are the same to a reader. */
function canonical(schema: JsonSchema): string {
  return JSON.stringify(schema, (key, value: unknown) =>
    key === "additionalProperties" && value === false ? undefined : sorted(value),
  );
}

function sorted(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

function byText(a: Variant, b: Variant): number {
  return a.text < b.text ? -1 : 1;
}

/** RFC 6901 §3, in a URI fragment (§6). */
function encodePointer(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}
