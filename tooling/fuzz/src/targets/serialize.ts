import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { makeSerialize } from "../../../../packages/core/src/compile/serialize.ts";
import { type Description, schemaOf } from "../../../../packages/core/test/references/description.ts";
import type { Target } from "../target.ts";

const SECRET = "must not leave";
const NAMES = ["a", "b", "id", 'a"b', "a\\b", "ชื่อ", "", "1", "constructor", "toString", "valueOf", "length"];
const TEXTS = ["", "a", '"', "\\", "\u2028", "\ud800", "</script>", "ก", "\0", "é"];
const NUMBERS = [0, -0, 1, -1, 0.1, 1e21, 1e-7, 2 ** 53, -(2 ** 31), 5e-324];

/** The bytes choose a schema, then a value that it takes; a byte that is missing is 0. */
export const serialize: Target<{ readonly makeSerialize: typeof makeSerialize }> = {
  name: "serialize",
  about: "a declared output is written as JSON.stringify writes what its schema lets through",
  sources: ["packages/core/src/compile/serialize.ts", "packages/core/src/compile/unchanging.ts"],
  words: Array.from({ length: 16 }, (_, code) => String.fromCharCode(code)),
  separators: [],
  longest: 96,
  subject: { makeSerialize },
  check({ makeSerialize }, input) {
    let at = 0;
    const below: Below = (limit) => (input[at++] ?? 0) % limit;
    const description = describe(below, 3);
    const schema = schemaOf(description);
    const write = makeSerialize(schema);
    if (write === undefined) return; // the schema itself runs then
    const value = valueOf(description, below);
    const expected = JSON.stringify(schema.parse(value));
    const text = write(value) ?? "";
    ok(!text.includes(SECRET), "nothing undeclared leaves");
    deepStrictEqual(JSON.parse(text), JSON.parse(expected));
    strictEqual(text.length, expected.length);
  },
};

type Below = (limit: number) => number;

function describe(below: Below, depth: number): Description {
  const kind = below(depth > 0 ? 10 : 7);
  switch (kind) {
    case 5:
      return { kind: "enum", options: ["a", 'b"', "é"] };
    case 6:
      return { kind: "literal", value: [1, true, ...TEXTS][below(12)] ?? "" };
    case 7:
      return { kind: below(2) === 0 ? "nullable" : "array", of: describe(below, depth - 1) };
    case 8:
      return { kind: "scalars", of: [describe(below, 0), describe(below, 0)] };
    case 9: {
      const names = new Set(Array.from({ length: below(5) }, () => NAMES[below(NAMES.length)] ?? ""));
      const members = [...names].map((name) => ({ name, optional: below(2) === 1, of: describe(below, depth - 1) }));
      return { kind: "object", members };
    }
    default:
      return { kind: (["string", "number", "integer", "boolean", "null"] as const)[kind] ?? "null" };
  }
}

function valueOf(description: Description, below: Below): unknown {
  switch (description.kind) {
    case "string":
      return Array.from({ length: below(3) }, () => TEXTS[below(TEXTS.length)]).join("");
    case "number":
      return NUMBERS[below(NUMBERS.length)];
    case "integer":
      return NUMBERS.filter(Number.isSafeInteger)[below(5)];
    case "boolean":
      return below(2) === 1;
    case "null":
      return null;
    case "enum":
      return description.options[below(description.options.length)];
    case "literal":
      return description.value;
    case "scalars":
      return valueOf(description.of[below(2)] ?? { kind: "null" }, below);
    case "nullable":
      return below(2) === 0 ? null : valueOf(description.of, below);
    case "array":
      return Array.from({ length: below(3) }, () => valueOf(description.of, below));
    case "object":
      return objectOf(description.members, below);
  }
}

/** With more in it than is declared, perhaps of a class. Each declared name is its own, so that nothing inherited stands in. */
function objectOf(members: readonly { name: string; optional: boolean; of: Description }[], below: Below): object {
  const own: object = below(2) === 0 ? {} : Object.create({ inherited: SECRET });
  const set = (name: string, value: unknown): void => {
    Object.defineProperty(own, name, { value, enumerable: true, configurable: true, writable: true });
  };
  for (const { name, optional, of } of members) {
    const choice = optional ? below(3) : 0;
    if (choice === 0) set(name, valueOf(of, below));
    else if (choice === 1 || name in own) set(name, undefined);
  }
  if (below(2) === 1) set("secret", { hash: SECRET });
  return own;
}
