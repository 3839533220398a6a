import type { Report } from "../portable/runner.ts";

/** A runtime that can run the bundled suite. */
export interface Runtime {
  readonly name: string;
  /** Why it cannot run here, with what to do; `undefined` if it can. */
  readonly missing: () => string | undefined;
  /** Runs the suite, given as an ES module that exports `run`. */
  readonly run: (suite: string) => Promise<Report>;
}

/** What a script on a runtime prints before its report, since tests may print too. */
const MARK = "conformance-report:";

/** Runs the suite where modules are files and there is a console. */
export const consoleMain = `import { run } from "./suite.mjs";
const report = await run();
console.log(${JSON.stringify(MARK)} + JSON.stringify(report));
`;

export function reportIn(output: string, otherwise: string): Report {
  const line = output.split("\n").find((each) => each.startsWith(MARK));
  if (line === undefined) throw new Error(`There is no report in the output:\n${output}\n${otherwise}`);
  return readReport(JSON.parse(line.slice(MARK.length)));
}

export function readReport(value: unknown): Report {
  if (
    typeof value === "object" &&
    value !== null &&
    "passed" in value &&
    typeof value.passed === "number" &&
    "failed" in value &&
    Array.isArray(value.failed)
  ) {
    return {
      passed: value.passed,
      failed: value.failed.map(({ name, message }: { name: unknown; message: unknown }) => ({
        name: String(name),
        message: String(message),
      })),
    };
  }
  throw new TypeError(`This is no report: ${JSON.stringify(value)}`);
}
