import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

const conditions = ["@openspeed/source"];

/** A folder with a `test` room is a project, named by its place: `npm test -- --project core`. */
const projects = ["packages", "apps", "tooling"].flatMap((group) =>
  readdirSync(group)
    .filter((name) => existsSync(`${group}/${name}/test`))
    .map((name) => ({
      extends: true as const,
      test: { name, root: `${group}/${name}`, include: ["test/**/*.test.ts"] },
    })),
);

export default defineConfig({
  // Both are needed: tests run in vite's server environment, which does not inherit the first.
  resolve: { conditions: [...conditions, "module", "node", "development|production"] },
  ssr: { resolve: { conditions: [...conditions, "module", "node", "development|production"], externalConditions: conditions } },
  test: {
    projects,
    passWithNoTests: true,
    // What a test forks resolves sources as the test does.
    execArgv: conditions.map((condition) => `--conditions=${condition}`),
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**"],
      reportsDirectory: ".reports/coverage",
    },
  },
});
