import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CompileError } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { type Environment, openProject } from "../src/generate.ts";
import { routesFrom } from "../src/index.ts";
import { tableOf } from "./case-table.ts";

const folder = new URL("./cases/", import.meta.url);
const names = readdirSync(folder);
const scanOf = async (name: string, environment: Environment) =>
  (await openProject({ root: fileURLToPath(new URL(name, folder)), environment })).scan;
const expected = (name: string, file: string) => readFileSync(new URL(`${name}/${file}`, folder), "utf8");
const environments = names.flatMap((name) =>
  (["production", "development"] as const).flatMap((environment) => {
    const file = environment === "production" ? "expected.txt" : "expected.development.txt";
    return existsSync(new URL(`${name}/${file}`, folder)) ? [{ name, environment, file }] : [];
  }),
);

test("every case says what is expected", () => {
  expect(environments.filter(({ environment }) => environment === "production")).toHaveLength(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
});

describe("a folder is the table beside it", () => {
  test.each(environments)("$name in $environment", async ({ name, environment, file }) => {
    expect(tableOf(await scanOf(name, environment))).toBe(expected(name, file));
  });
});

describe("loading the folder gives what reading it gave", () => {
  // Code that does not parse is found by whoever loads it, in words of its own; cycles of imports are found by reading alone.
  const loadable = environments.filter(
    ({ name }) => name !== "syntax-error" && name !== "layout-cycle" && name !== "export-star",
  );
  test.each(loadable)("$name in $environment", async ({ name, environment }) => {
    const { routes, faults } = await scanOf(name, environment);
    const loaded = await routesFrom(new URL(`${name}/routes/`, folder), { environment }).catch(
      (error: unknown) => error,
    );
    if (faults.length > 0) {
      if (!(loaded instanceof CompileError)) return expect.fail("it should have been refused");
      const found = (each: { code: string; where: string }): string =>
        `${each.code} ${each.where.replace(/:\d+:\d+$/, "")}`;
      expect(new Set(loaded.diagnostics.map(found))).toEqual(new Set(faults.map(found)));
      return undefined;
    }
    if (!Array.isArray(loaded)) throw loaded;
    expect(loaded.map(({ method, path, source }) => [method, path, source])).toEqual(
      routes.map(({ method, path, file }) => [method, path, file]),
    );
    return undefined;
  });
});
