import { expect, test } from "vitest";
import { closingLine, totals, type CheckSummary, type TestReport } from "../src/totals.ts";

const summary: CheckSummary = {
  tasks: [
    { taskId: "//#tsc", execution: { exitCode: 0 } },
    { taskId: "//#check:lint", cache: { status: "HIT" } },
  ],
};
const report: TestReport = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ name: "a.test.ts", status: "passed", assertionResults: [{}] }],
};
const good = { check: { exitCode: 0, summary }, test: { exitCode: 0, report } };

test("checks and tests are added", () => {
  expect(closingLine(totals(good))).toBe("7 passed, 0 failed");
});

test("a failed check and a failed test are each counted once", () => {
  const failing: CheckSummary = {
    tasks: [...summary.tasks, { taskId: "//#check:format", execution: { exitCode: 1 } }],
  };
  const red = totals({
    check: { exitCode: 1, summary: failing },
    test: { exitCode: 1, report: { ...report, numPassedTests: 4, numFailedTests: 1 } },
  });
  expect(closingLine(red)).toBe("6 passed, 2 failed");
  expect(red.complaints).toEqual(["//#check:format failed"]);
});

test("a check that did not run because another failed is a failure", () => {
  const waiting: CheckSummary = { tasks: [...summary.tasks, { taskId: "//#check:size" }] };
  expect(totals({ ...good, check: { exitCode: 1, summary: waiting } })).toMatchObject({
    failed: 1,
    complaints: ["//#check:size did not run"],
  });
});

test("a test file that cannot be loaded is a failure", () => {
  const testResults = [...report.testResults, { name: "b.test.ts", status: "failed", assertionResults: [] }];
  expect(totals({ ...good, test: { exitCode: 1, report: { ...report, testResults } } })).toMatchObject({
    passed: 7,
    failed: 1,
    complaints: ["b.test.ts could not run"],
  });
});

test("a bad end without a failed part is a failure: coverage too low, say", () => {
  expect(totals({ ...good, test: { exitCode: 1, report } })).toMatchObject({ passed: 7, failed: 1 });
});

test.for([
  ["no summary", { ...good, check: { exitCode: 0, summary: undefined } }],
  ["an empty summary", { ...good, check: { exitCode: 0, summary: { tasks: [] } } }],
  ["no report", { ...good, test: { exitCode: 0, report: undefined } }],
  ["no test", { ...good, test: { exitCode: 0, report: { ...report, testResults: [] } } }],
] as const)("%s is a failure", ([, run]) => {
  expect(totals(run).failed).toBe(1);
});

test("skipped tests are told", () => {
  const skipping = { ...report, numPendingTests: 2, numTodoTests: 1 };
  expect(closingLine(totals({ ...good, test: { exitCode: 0, report: skipping } }))).toBe(
    "7 passed, 0 failed, 3 skipped",
  );
});
