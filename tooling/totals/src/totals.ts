/** turbo's --summarize, as far as it is read. */
export interface CheckSummary {
  readonly tasks: readonly {
    readonly taskId: string;
    readonly execution?: { readonly exitCode: number | null };
    readonly cache?: { readonly status: string };
  }[];
}

/** vitest's JSON report, as far as it is read. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

export interface Run {
  readonly check: { readonly exitCode: number; readonly summary: CheckSummary | undefined };
  readonly test: { readonly exitCode: number; readonly report: TestReport | undefined };
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed beyond the tests themselves, which vitest has named already. */
  readonly complaints: readonly string[];
}

/** Counts each check and each test once. What ended badly without a failed part to show for it counts as a failure. */
export function totals({ check, test }: Run): Totals {
  const checks = countChecks(check.summary);
  const tests = countTests(test.report);
  const complaints = [
    ...checks.complaints,
    ...tests.complaints,
    ...unexplained("npm run check", check.exitCode, checks.failed),
    ...unexplained("npm test", test.exitCode, tests.failed),
  ];
  return {
    passed: checks.passed + tests.passed,
    failed: tests.failedTests + complaints.length,
    skipped: tests.skipped,
    complaints,
  };
}

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly complaints: readonly string[];
}

function countChecks(summary: CheckSummary | undefined): Count {
  if (summary === undefined || summary.tasks.length === 0) {
    return { passed: 0, failed: 1, complaints: ["the checks left no summary"] };
  }
  const failed = summary.tasks.filter(
    ({ execution, cache }) => execution?.exitCode !== 0 && !(execution === undefined && cache?.status === "HIT"),
  );
  return {
    passed: summary.tasks.length - failed.length,
    failed: failed.length,
    complaints: failed.map(({ taskId, execution }) =>
      execution === undefined ? `${taskId} did not run` : `${taskId} failed`,
    ),
  };
}

function countTests(
  report: TestReport | undefined,
): Count & { readonly failedTests: number; readonly skipped: number } {
  if (report === undefined || report.testResults.length === 0) {
    return { passed: 0, failed: 1, failedTests: 0, skipped: 0, complaints: ["no test ran"] };
  }
  // A file that could not be loaded has no test to blame.
  const broken = report.testResults
    .filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0)
    .map(({ name }) => `${name} could not run`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    failedTests: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    complaints: broken,
  };
}

function unexplained(command: string, exitCode: number, failed: number): readonly string[] {
  return exitCode !== 0 && failed === 0 ? [`${command} ended with ${exitCode}, though nothing in it failed`] : [];
}

/** The closing line: `12 passed, 0 failed`. */
export function closingLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
