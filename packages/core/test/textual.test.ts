import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textReader } from "../src/authoring.ts";
import type { JsonSchema } from "../src/index.ts";

/** One field, read under a JSON Schema. */
function readAs(property: JsonSchema, value: string | string[]): unknown {
  const reader = textReader({ type: "object", properties: { value: property } });
  return reader === undefined ? value : reader({ value })["value"];
}

describe("a number is what JSON's grammar says", () => {
  test.each<[text: string, value: unknown]>([
    ["0", 0],
    ["-0", -0],
    ["7", 7],
    ["-7", -7],
    ["1.5", 1.5],
    ["1.50", 1.5],
    ["0.1", 0.1],
    ["1e3", 1000],
    ["1E+3", 1000],
    ["25e-1", 2.5],
    ["1e-400", 0],
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
  ])("%s", (text, value) => {
    expect(readAs({ type: "number" }, text)).toBe(value);
    expect(readAs({ type: "integer" }, text)).toBe(value);
  });

  test.each([
    "",
    " ",
    " 1",
    "1 ",
    "+1",
    "01",
    "-01",
    "00",
    "1.",
    ".5",
    "-",
    "--1",
    "e3",
    "1e",
    "1e1000",
    "1e309",
    "-1e999",
    "0x10",
    "0b1",
    "0o7",
    "1_000",
    "1,5",
    "1n",
    "NaN",
    "Infinity",
    "-Infinity",
    "null",
    "true",
    "٣",
    "１",
    "1\n",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "1e21",
  ])("%j stays a text", (text) => {
    expect(readAs({ type: "number" }, text)).toBe(text);
    expect(readAs({ type: "integer" }, text)).toBe(text);
  });

  test("every finite number comes back, unless it is an integer that is not safe", () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger()), (value) => {
        const text = JSON.stringify(value);
        const safe = !Number.isInteger(value) || Number.isSafeInteger(value);
        expect(readAs({ type: "number" }, text)).toBe(safe ? JSON.parse(text) : text);
      }),
      { numRuns: 3_000 },
    );
  });

  test("no other text becomes a number, and none an infinite one", () => {
    const piece = fc.constantFrom("0", "1", "9", "-", "+", ".", "e", "E", "x", "_", " ", "\n", "99999999");
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 7 }).map((list) => list.join("")),
        (text) => {
          const value = readAs({ type: "number" }, text);
          if (typeof value !== "number") {
            expect(value).toBe(text);
            return;
          }
          expect(text).not.toMatch(/\s/);
          expect(JSON.parse(text)).toBe(value);
          expect(Number.isFinite(value)).toBe(true);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

test.each<[name: string, schema: JsonSchema, value: string | string[], read: unknown]>([
  ["a boolean", { type: "boolean" }, "true", true],
  ["a boolean", { type: "boolean" }, "false", false],
  ["no boolean", { type: "boolean" }, "TRUE", "TRUE"],
  ["no boolean", { type: "boolean" }, "1", "1"],
  ["no boolean", { type: "boolean" }, "", ""],
  ["a text", { type: "string" }, "1", "1"],
  ["a text rather than a number", { type: ["string", "number"] }, "1", "1"],
  ["a number or null", { type: ["number", "null"] }, "1", 1],
  ["a union of a number and null", { anyOf: [{ type: "number" }, { type: "null" }] }, "1", 1],
  ["a union with a text", { anyOf: [{ type: "number" }, { type: "string" }] }, "1", "1"],
  ["one of a number and a boolean", { oneOf: [{ type: "boolean" }, { type: "integer" }] }, "1", 1],
  ["a constant", { const: 1 }, "1", 1],
  ["a constant text", { const: "1" }, "1", "1"],
  ["a constant boolean", { const: true }, "true", true],
  ["one of numbers", { enum: [1, 2] }, "2", 2],
  ["one of texts", { enum: ["1", "2"] }, "2", "2"],
  ["anything", {}, "1", "1"],
  ["an object", { type: "object" }, "{}", "{}"],
  ["a list of one", { type: "array", items: { type: "string" } }, "a", ["a"]],
  ["a list", { type: "array", items: { type: "string" } }, ["a", "1"], ["a", "1"]],
  ["a list of numbers", { type: "array", items: { type: "number" } }, ["1", "x"], [1, "x"]],
  ["a list of booleans", { type: "array", items: { type: "boolean" } }, "true", [true]],
  ["a list of anything", { type: "array" }, ["1", "2"], ["1", "2"]],
  ["a list or null", { anyOf: [{ type: "null" }, { type: "array" }] }, "1", ["1"]],
  ["several where one is declared", { type: "number" }, ["1", "2"], ["1", "2"]],
])("%s: %j reads %j", (_, schema, value, read) => {
  expect(readAs(schema, value)).toEqual(read);
});

test("there is no reader where nothing changes", () => {
  expect(textReader(undefined)).toBe(undefined);
  expect(textReader({})).toBe(undefined);
  expect(textReader({ type: "object", properties: {} })).toBe(undefined);
  expect(textReader({ type: "object", properties: { a: { type: "string" }, b: {} } })).toBe(undefined);
});

test("absent fields stay absent, undeclared ones as they are", () => {
  const reader = textReader({ properties: { a: { type: "number" }, b: { type: "array" } } });
  expect(reader?.({ c: "1", a: "2" })).toEqual({ c: "1", a: 2 });
  expect(reader?.({})).toEqual({});
});
