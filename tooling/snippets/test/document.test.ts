import { expect, test } from "vitest";
import { readDocument } from "../src/document.ts";
import { projectsOf } from "../src/project.ts";
import { sessionOf, shows } from "../src/session.ts";

const fence = "```";
const document = (...lines: readonly string[]): string => lines.join("\n").replaceAll("'''", fence);
const projects = (...lines: readonly string[]) => projectsOf(readDocument("docs/x.md", document(...lines)));

test("blocks are found with their language, their place and their section", () => {
  const { sections } = readDocument(
    "docs/x.md",
    document("# X", "'''ts", "1;", "'''", "## Two", "- a", "  '''sh", "  npm test", "  '''"),
  );
  expect(sections).toEqual([
    { heading: "", blocks: [{ language: "ts", flags: "", text: "1;", line: 3 }] },
    { heading: "Two", blocks: [{ language: "sh", flags: "", text: "npm test", line: 8 }] },
  ]);
});

test("a fence in a longer fence is text, a heading in a block is none", () => {
  const { sections } = readDocument("docs/x.md", document("'''`text", "'''ts", "## no", "'''", "'''`"));
  expect(sections).toEqual([
    { heading: "", blocks: [{ language: "text", flags: "", text: document("'''ts", "## no", "'''"), line: 2 }] },
  ]);
});

test("a fence that is never closed is refused", () => {
  expect(() => readDocument("docs/x.md", document("text", "'''ts", "1;"))).toThrow("docs/x.md:2");
});

test("the first line's comment names the file, what has no name is a program", () => {
  const [project] = projects(
    "'''ts",
    "// routes/users/[id=int].ts",
    "'''",
    "'''css",
    "/* styles.css */",
    "'''",
    "'''ts",
    "// why",
    "'''",
  );
  expect(project?.files.map(({ path }) => path)).toEqual(["routes/users/[id=int].ts", "styles.css", "snippet-3.ts"]);
  expect(project?.runs).toEqual([{ kind: "program", file: project?.files[2] }]);
});

test("what stands before the first heading belongs to every section that has blocks, if it has no such file itself", () => {
  const [, one, two, ...none] = projects(
    document("'''ts", "// a.ts", "'''", "'''ts", "1;", "'''"),
    document("## One", "'''ts", "// b.ts", "'''"),
    document("## Two", "'''ts", "// a.ts", "2;", "'''"),
    document("## Three", "only words"),
  );
  expect(one?.files.map(({ path }) => path)).toEqual(["b.ts", "a.ts"]);
  expect(two?.files.map(({ path, block }) => [path, block.line])).toEqual([["a.ts", 13]]);
  expect(none).toEqual([]);
});

test.for([
  ["a language nobody checks", ["'''typescript", "'''"], 'a block in "typescript" is not checked'],
  ["nocheck without a reason", ["'''ts nocheck", "'''"], "say why it is not checked: nocheck: REASON"],
  ["an unknown flag", ["'''ts twoslash", "'''"], '"twoslash" means nothing here'],
  ["one file twice", ["'''ts", "// a.ts", "'''", "'''ts", "// a.ts", "'''"], "a.ts stands twice in this section"],
  ["TSX without a name", ["'''tsx", "1;", "'''"], "name the file in its first line"],
  ["JSON that does not parse", ["'''json", '{ "a": 1, }', "'''"], "JSON"],
] as const)("%s is a fault", ([, lines, fault]) => {
  expect(projects(...lines).flatMap(({ faults }) => faults)).toEqual([
    expect.stringMatching(new RegExp(String.raw`^docs/x\.md:\d+: .*${RegExp.escape(fault)}`)),
  ]);
});

test.for([
  ["a reason not to check", ["'''ts nocheck: shows a mistake", "no ts", "'''"]],
  ["JSON with comments", ["'''jsonc", '{ "a": "//", /* why */ "b": [1,], }', "'''"]],
] as const)("%s is none", ([, lines]) => {
  expect(projects(...lines).flatMap(({ faults }) => faults)).toEqual([]);
});

test("a console block is commands and what they print", () => {
  const text = [
    "$ curl -d '{}' \\",
    "    localhost:3000  # a remark",
    '{"a":1}',
    "",
    "$ openspeed check  # exits with 2",
  ].join("\n");
  expect(sessionOf({ language: "console", flags: "", text, line: 10 })).toEqual([
    { command: "curl -d '{}' \\\n    localhost:3000", code: 0, output: ['{"a":1}'], line: 10 },
    { command: "openspeed check", code: 2, output: [], line: 14 },
  ]);
});

test.for([
  [["a"], "a\n\n", true],
  [["a"], "a\nb", false],
  [["a"], "b", false],
  [["took … ms"], "took 7 ms", true],
  [["took … ms"], "took\n7 ms", false],
  [["a", "…", "d"], "a\nb\nc\nd", true],
  [["a", "…", "d"], "a\nd", true],
  [["a", "…"], "a", true],
  [["a.c"], "abc", false],
  [[], "", true],
  [[], "a", false],
] as const)("%j shows %j: %j", ([output, text, expected]) => {
  expect(shows(output, text)).toBe(expected);
});
