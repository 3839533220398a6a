// node tooling/totals/src/main.ts CHECK_EXIT_CODE TEST_EXIT_CODE, in the workspace's root
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { closingLine, totals, type CheckSummary, type TestReport } from "./totals.ts";

interface Coverage {
  readonly [file: string]: { readonly lines: { readonly total: number; readonly covered: number } };
}

const [checkCode, testCode] = process.argv.slice(2).map(Number);
const sum = totals({
  check: { exitCode: checkCode ?? 1, summary: newestSummary() },
  test: { exitCode: testCode ?? 1, report: readJson<TestReport>(".reports/vitest.json") },
});

const coverage = readJson<Coverage>(".reports/coverage/coverage-summary.json");
if (coverage !== undefined) console.log(`lines covered: ${coverageByPackage(coverage).join(", ")}`);
for (const complaint of sum.complaints) console.log(`failed: ${complaint}`);
console.log(closingLine(sum));
process.exitCode = sum.failed === 0 ? 0 : 1;

function newestSummary(): CheckSummary | undefined {
  const [newest] = globSync(".turbo/runs/*.json").toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return newest === undefined ? undefined : readJson<CheckSummary>(newest);
}

function coverageByPackage(files: Coverage): readonly string[] {
  const byPackage = Map.groupBy(
    Object.entries(files).filter(([file]) => file !== "total"),
    ([file]) => relative(process.cwd(), file).replaceAll("\\", "/").split("/")[1] ?? file,
  );
  return [...byPackage].map(([name, entries]) => {
    const total = entries.reduce((count, [, { lines }]) => count + lines.total, 0);
    const covered = entries.reduce((count, [, { lines }]) => count + lines.covered, 0);
    return `${name} ${total === 0 ? "-" : `${((100 * covered) / total).toFixed(1)} %`}`;
  });
}

function readJson<Shape>(path: string): Shape | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Shape) : undefined;
}
