import { join } from "node:path";
import { expect, test } from "vitest";
import { commandFaults } from "../src/commands.ts";
import { readDocument } from "../src/document.ts";
import { writeProjects } from "../src/folders.ts";
import { projectsOf, type Project } from "../src/project.ts";
import { runProject } from "../src/run.ts";
import { typeFaults } from "../src/types.ts";

const root = join(import.meta.dirname, "../.checked/mistakes");
const known = { packages: new Set(["zod", "create-x"]), scripts: new Set(["build"]), commands: new Set(["dev"]) };

function projectOf(name: string, text: string): Project {
  const [project, ...more] = projectsOf(readDocument(`docs/${name}.md`, text.replaceAll("'''", "```")));
  if (project === undefined || more.length > 0) throw new Error("one section, please");
  return project;
}

async function run(name: string, text: string): Promise<readonly string[]> {
  const project = projectOf(name, text);
  await writeProjects([project], join(root, name));
  return runProject(project, join(root, name, project.name));
}

test("a type error is found at its line of the document", async () => {
  const project = projectOf(
    "types",
    "'''ts\n// a.ts\nexport const one = 1;\n'''\n\n'''ts\nimport { one } from './a.ts';\none satisfies string;\n'''",
  );
  await writeProjects([project], join(root, "types"));
  expect(await typeFaults([project], join(root, "types"))).toEqual([
    expect.stringMatching(/^docs\/types\.md:8: error TS1360: /),
  ]);
});

test("generated types are the section's own, though another one has a file at the same place", async () => {
  const section = (gives: string, type: string): string =>
    `## ${type}\n\n'''ts\n// matchers/kind.ts\nimport { z } from "zod";\nexport default z.${gives};\n'''\n
'''ts\n// routes/[x=kind].ts\nimport { matched, route } from "@openspeed/core";
import type { Params } from "./$types/[x=kind].js";
export const GET = route({ params: matched<Params>() }, ({ params }) => params.x satisfies ${type});\n'''\n`;
  const faults = async (text: string): Promise<readonly string[]> => {
    const projects = projectsOf(readDocument("docs/kinds.md", text.replaceAll("'''", "```")));
    await writeProjects(projects, join(root, "kinds"));
    return typeFaults(projects, join(root, "kinds"));
  };
  const text = section("coerce.number()", "number") + section("string()", "string");
  expect(await faults(text)).toEqual([]);
  expect(await faults(text.replace("satisfies string", "satisfies number"))).toEqual([
    expect.stringMatching(/^docs\/kinds\.md:27: error TS1360: /),
  ]);
});

test.for([
  ["prints", "'''ts\nconsole.log(1 + 1); // 3\n'''", "docs/prints.md:2: prints\n2\n\ninstead of\n3"],
  ["throws", "'''ts\nthrow new Error('no');\n'''", "docs/throws.md:2: exits with 1 instead of 0"],
  ["command", "'''console\n$ echo a\na\n$ echo b\nc\n'''", "docs/command.md:4: prints\nb\n\ninstead of\nc"],
  ["succeeds", "'''console\n$ true  # exits with 1\n'''", "docs/succeeds.md:2: exits with 0 instead of 1"],
] as const)("what a section should not do is found where it stands: %s", async ([name, text, fault]) => {
  expect(await run(name, text)).toEqual([expect.stringContaining(fault)]);
});

const app = `'''ts
import { createApp } from "@openspeed/core";

export const app = createApp();
app.get("/", ({ request }) => new URL(request.url).origin);
'''
`;

test("an app is served for the commands that follow, on the port that they name", async () => {
  const text = `${app}\n'''console\n$ curl localhost:3000\nhttp://localhost:3000\n'''`;
  expect(await run("served", text)).toEqual([]);
  expect(await run("served", text.replace("http:", "https:"))).toEqual([
    expect.stringMatching(/^docs\/served\.md:9: prints\nhttp:\/\/localhost:3000\n/),
  ]);
});

test("an app that does not compile is found", async () => {
  expect(await run("uncompiled", app.replace('"/"', '"/:a/:a"'))).toEqual([
    expect.stringContaining("OS_MALFORMED_PATH"),
  ]);
});

test.for([
  ["npm install --save-dev zod@4", undefined],
  ["npm install nonesuch", 'there is no package "nonesuch"'],
  ["npm create x@latest desk", undefined],
  ["npm create y", 'there is no package "create-y"'],
  ["npm run build   # remark", undefined],
  ["npm run nonesuch", 'there is no script "nonesuch"'],
  ["openspeed dev --port 1", undefined],
  ["npx openspeed fly", 'there is no command "fly"'],
  ["rm -rf x", '"rm" is not checked in an sh block'],
] as const)("sh: %s", ([command, fault]) => {
  expect(commandFaults(projectOf("sh", `'''sh\n${command}\n'''`), known)).toEqual(
    fault === undefined ? [] : [expect.stringContaining(`docs/sh.md:2: ${fault}`)],
  );
});
