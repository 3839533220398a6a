import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPlaces } from "../src/grammar/place.ts";

const pathOf = (file: string): string | undefined => createPlaces().of(file)?.file?.place.path;

test("a folder is worked out once for all the files in it", () => {
  const places = createPlaces();
  expect(places.of("a/[id]/b.ts")).toBe(places.of("a/[id]/b.ts"));
  expect(places.ofFolder("a/[id]")?.path).toBe("/a/:id");
  expect(places.ofFolder("_lib")).toBeUndefined();
});

describe("outlines are equal for files that take the same requests", () => {
  const outlinesOf = (file: string) => createPlaces().of(file)?.file?.place.outlines;
  test.each([
    ["a/[id].ts", ["/a/:"]],
    ["a/[id=int].ts", ["/a/:int"]],
    ["a/[...path].ts", ["/a/*"]],
    ["[[lang]]/about.ts", ["/:/about", "/about"]],
    ["[[a]]/[[b]].ts", ["/:/:", "/:", "/"]],
    ["(group)/index.ts", ["/"]],
  ])("%s", (file, outlines) => {
    expect(outlinesOf(file)).toEqual(outlines);
  });
});

describe("of any names", () => {
  const text = fc
    .stringMatching(/^[a-z0-9~][a-z0-9.~@+-]{0,8}[a-z0-9]$/)
    .filter(
      (name) =>
        !/^(?:index|page)$|\.(?:get|head|post|put|patch|delete|options|dev|prod|test|spec|d|island|test-d)$/.test(name),
    );
  const group = text.map((name) => ({ name: `(${name.replaceAll(/[^a-z0-9]/g, "")})`, step: undefined }));
  const plain = text.map((name) => ({ name, step: name }));
  const escaped = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 4 })
    .filter((char) => /^[^\p{C}:*./][^\p{C}]*$/u.test(char))
    .map((name) => ({
      name: [...name].map((char) => `[u+${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}]`).join(""),
      step: name.replaceAll(/[^\p{L}\p{M}\p{N}._~@+-]/gu, (char) => encodeURIComponent(char)),
    }));

  test("the path is the segments, with params in place of brackets and nothing in place of groups", () => {
    const place = fc.array(fc.oneof(plain, group, escaped, fc.constant("param" as const)), { maxLength: 6 });
    fc.assert(
      fc.property(place, fc.oneof(text, fc.constant("index")), (steps, name) => {
        const named = steps.map((step, i) => (step === "param" ? { name: `[p${i}]`, step: `:p${i}` } : step));
        const file = [...named.map((step) => step.name), `${name}.ts`].join("/");
        const path = [...named.flatMap((step) => step.step ?? []), ...(name === "index" ? [] : [name])];
        expect(pathOf(file)).toBe(`/${path.join("/")}`);
      }),
    );
  });

  test("there is a path or a fault, never both and never a throw", () => {
    const names = fc.array(fc.string({ unit: "binary", minLength: 1 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(names, fc.constantFrom("", ".ts", ".get.ts"), (names, end) => {
        const placed = createPlaces().of(names.join("/") + end);
        if (placed?.fault !== undefined) expect(placed.fault.mend).not.toBe("");
        else if (placed !== undefined) expect(placed.file.place.path).toMatch(/^\/(?:[^/]+(?:\/[^/]+)*)?$/);
      }),
    );
  });
});
