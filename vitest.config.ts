import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

const conditions = ["@openspeed/source", "module", "node", "development|production"];

/** A folder with a `test` room is a project, named by its folder: `npm test -- --project core`. */
const projects = ["packages", "apps", "tooling"].flatMap((group) =>
  readdirSync(group)
    .filter((name) => existsSync(`${group}/${name}/test`))
    .map((name) => ({
      extends: true as const,
      // Folders of cases are input: what looks like a test in there is not one.
      test: {
        name,
        root: `${group}/${name}`,
        include: ["test/**/*.test.ts"],
        exclude: ["**/cases/**", "**/fixtures/**"],
      },
    })),
);

export default defineConfig({
  // Both are needed: tests run in vite's server environment, which does not take over the first. vitest hands the second
  // to node as well, so that what a test forks finds sources too.
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["@openspeed/source"] } },
  test: {
    projects,
    // Other runtimes are started in tests, on machines with two cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".reports/vitest.json" }]],
    coverage: {
      enabled: process.env["OPENSPEED_COVERAGE"] === "1",
      provider: "v8",
      reportOnFailure: true,
      include: ["packages/*/src/**/*.ts"],
      reporter: ["json-summary", "html"],
      reportsDirectory: ".reports/coverage",
      thresholds: { "packages/core/src/**": { lines: 95 } },
    },
  },
});
