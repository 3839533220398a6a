import { expect, test } from "vitest";
import { uuid7 } from "../src/identifier.ts";

test("identifiers of one millisecond come in the order in which they were made", () => {
  const made = Array.from({ length: 1_000 }, () => uuid7(1_700_000_000_000));
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  expect(uuid7(1_700_000_000_001) > (made.at(-1) ?? "")).toBe(true);
  for (const id of made) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
