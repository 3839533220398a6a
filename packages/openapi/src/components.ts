/** Schemas that have a name become components: one, or one for each side where the sides differ. */
import type { GraphSchema, JsonSchema, Side } from "@openspeed/core";
import { definedIn, type Defined, type Definitions, LOCAL, meaning, withReferences } from "./definitions.ts";
import { ascending, free, referenceTo, sortedByKey } from "./names.ts";

/** Finds the place of every named schema. All schemas are shown to `collect` before the first is asked of `place`. */
export interface Components {
  /** Remembers the names in a schema. What has none but needs one is called after its owner. */
  collect(schema: GraphSchema | null | undefined, side: Side, owner: string): void;
  /** The schema with references into the document. */
  place(schema: GraphSchema, side: Side): JsonSchema;
  /** The same; where it is nothing but a reference, what is behind it. */
  lookInto(schema: GraphSchema, side: Side): JsonSchema;
  /** By name, sorted. */
  schemas(): Readonly<Record<string, JsonSchema>>;
  /** A name that no schema has. */
  reserve(name: string): string;
}

interface Variant extends Defined {
  readonly side: Side;
  readonly text: string;
  name: string;
}

export function makeComponents(): Components {
  const variants = new Map<string, Variant[]>();
  const defined = new Map<JsonSchema, Defined>();
  let taken: Set<string> | undefined;

  function collect(schema: GraphSchema | null | undefined, side: Side, owner: string): void {
    const given = schema?.[side];
    if (given === undefined || defined.has(given)) return;
    const found = definedIn(given, owner);
    defined.set(given, found);
    const { definitions } = found;
    for (const [name, root] of Object.entries(definitions)) {
      const known = variants.get(name) ?? [];
      variants.set(name, known);
      const text = meaning(root, definitions);
      const same = known.find((variant) => variant.text === text);
      const variant = { side, root, definitions, text, name };
      if (same === undefined) known.push(variant);
      // What is taken may have more than is said; what is given may not. The wider one stands for both.
      else if (same.side === "output" && side === "input") known.splice(known.indexOf(same), 1, variant);
    }
  }

  /** Names are given once all are known, so that they do not depend on which route came first. */
  function named(): Set<string> {
    if (taken !== undefined) return taken;
    const names = (taken = new Set<string>());
    const all = [...variants].sort(([a], [b]) => ascending(a, b));
    const others: (readonly [Variant, wanted: string])[] = [];
    for (const [plain, known] of all) {
      const outputs = known.filter(({ side }) => side === "output").sort(byText);
      const inputs = known.filter(({ side }) => side === "input").sort(byText);
      const [first, ...more] = [...outputs, ...inputs];
      if (first !== undefined) first.name = free(plain, names);
      for (const each of more)
        others.push([each, each.side === "input" && outputs.length > 0 ? `${plain}Input` : plain]);
    }
    for (const [variant, wanted] of others) variant.name = free(wanted, names);
    return names;
  }

  function placed(schema: JsonSchema, definitions: Definitions): JsonSchema {
    return withReferences(schema, (reference) => {
      const plain = reference.startsWith(LOCAL) ? reference.slice(LOCAL.length) : undefined;
      const definition = plain === undefined ? undefined : definitions[plain];
      if (plain === undefined || definition === undefined) return reference;
      const text = meaning(definition, definitions);
      const variant = variants.get(plain)?.find((each) => each.text === text);
      return referenceTo("schemas", variant?.name ?? plain);
    });
  }

  function definedOf(schema: GraphSchema, side: Side): Defined {
    return defined.get(schema[side]) ?? { root: schema[side], definitions: {} };
  }

  return {
    collect,
    place(schema, side) {
      named();
      const { root, definitions } = definedOf(schema, side);
      return placed(root, definitions);
    },
    lookInto(schema, side) {
      named();
      const { root, definitions } = definedOf(schema, side);
      const { $ref, ...others } = root;
      const behind = typeof $ref === "string" ? definitions[$ref.slice(LOCAL.length)] : undefined;
      return placed({ ...(behind ?? root), ...others }, definitions);
    },
    schemas() {
      named();
      const all = [...variants.values()].flat();
      return sortedByKey(all.map(({ name, root, definitions }) => [name, placed(root, definitions)]));
    },
    reserve: (name) => free(name, named()),
  };
}

function byText(a: Variant, b: Variant): number {
  return ascending(a.text, b.text);
}
