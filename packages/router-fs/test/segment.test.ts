import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pathOf } from "../src/path-of.ts";

describe("a file's place is its path", () => {
  test.each([
    ["index.ts", "/"],
    ["users.ts", "/users"],
    ["users/index.ts", "/users"],
    ["users/[id].ts", "/users/:id"],
    ["users/[id]/index.tsx", "/users/:id"],
    ["orgs/[org]/tickets/[id].mts", "/orgs/:org/tickets/:id"],
    ["files/[...path].ts", "/files/*path"],
    ["files/[...path]/index.ts", "/files/*path"],
    ["[...path].ts", "/*path"],
    ["blog/[[page]].ts", "/blog/:page?"],
    ["(desk)/index.ts", "/"],
    ["(desk)/(inner)/tickets.js", "/tickets"],
    [".well-known/security.txt.ts", "/.well-known/security.txt"],
    ["report.csv.ts", "/report.csv"],
    ["ข่าว/café.ts", "/ข่าว/café"],
    ["@ada/c++.ts", "/@ada/c++"],
  ])("%s is %s", (file, path) => {
    expect(pathOf(file)).toEqual({ path });
  });
});

describe("a name that is no path segment says why and how to mend it", () => {
  test.each([
    ["users/[id.ts", "a param takes a whole segment"],
    ["users/id].ts", "a param takes a whole segment"],
    ["users/[].ts", "a param takes a whole segment"],
    ["users/user-[id].ts", "a param takes a whole segment"],
    ["users/[user-id].ts", "a param takes a whole segment"],
    ["users/[[id].ts", "a param takes a whole segment"],
    ["users/[..path].ts", "a param takes a whole segment"],
    ["[...path]/edit.ts", "a rest must be the last"],
    ["[[page]]/edit.ts", "an optional param must be the last"],
    ["[[...path]].ts", "a rest cannot be optional"],
    ["[id]/[id].ts", "already has a param named id"],
    ["(desk).ts", "only a folder can be one"],
    ["(des k)/a.ts", "only a folder can be one"],
    ["a b.ts", "may not hold"],
    ["a%20b.ts", "may not hold"],
    [":id.ts", "may not hold"],
    ["*rest.ts", "may not hold"],
    ["what?.ts", "may not hold"],
  ])("%s: %s", (file, message) => {
    const { fault } = pathOf(file);
    expect(fault?.message).toContain(message);
    expect(fault?.mend).not.toBe("");
  });
});

describe("of any names", () => {
  const text = fc.stringMatching(/^[a-z0-9~][a-z0-9.~@+-]{0,8}[a-z0-9]$/).filter((name) => name !== "index");
  const group = text.map((name) => ({ name: `(${name.replaceAll(/[^a-z0-9]/g, "")})`, step: undefined }));
  const plain = text.map((name) => ({ name, step: name }));

  test("the path is the segments, with params in place of brackets and nothing in place of groups", () => {
    const place = fc.array(fc.oneof(plain, group, fc.constant("param" as const)), { maxLength: 6 });
    fc.assert(
      fc.property(place, fc.oneof(text, fc.constant("index")), (steps, name) => {
        const named = steps.map((step, i) => (step === "param" ? { name: `[p${i}]`, step: `:p${i}` } : step));
        const file = [...named.map((step) => step.name), `${name}.ts`].join("/");
        const path = [...named.flatMap((step) => step.step ?? []), ...(name === "index" ? [] : [name])];
        expect(pathOf(file)).toEqual({ path: `/${path.join("/")}` });
      }),
    );
  });

  test("there is a path or a fault, never both and never a throw", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", minLength: 1 }), { minLength: 1, maxLength: 5 }), (names) => {
        const { path, fault } = pathOf(names.join("/"));
        expect(path === undefined).toBe(fault !== undefined);
        if (path !== undefined) expect(path).toMatch(/^\/(?:[^/]+(?:\/[^/]+)*)?$/);
      }),
    );
  });
});
