import { globSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openProject } from "@openspeed/router-fs/generate";
import { type Project, textOf } from "./project.ts";
import { configOf, programsOf, withOurs } from "./tsconfig.ts";

/** Packages of the workspace are read from their sources in tests too. */
const vitestConfig = `const resolve = { conditions: ["@openspeed/source", "module", "node", "development|production"] };
export default { resolve, ssr: { resolve }, test: { include: ["**/*.test.ts"], reporters: ["default"] } };
`;

/** Makes each project's folder below `root`, with what the router generates, and a tsconfig.json that checks them all. */
export async function writeProjects(projects: readonly Project[], root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  const wanted = new Map<string, string>();
  for (const project of projects) {
    for (const [path, text] of filesOf(project, join(root, project.name))) wanted.set(`${project.name}/${path}`, text);
  }
  const programs = programsOf(projects, root).map((config, index) => [`tsconfig.${index}.json`, config] as const);
  for (const [name, config] of programs) wanted.set(name, JSON.stringify(config));
  wanted.set("tsconfig.json", JSON.stringify({ files: [], references: programs.map(([path]) => ({ path })) }));
  await removeOthers(root, wanted);
  await Promise.all([...wanted].map(([path, text]) => writeIfOther(join(root, path), text)));
  for (const project of projects.filter(hasRoutes)) {
    const folder = join(root, project.name);
    await mkdir(join(folder, "routes"), { recursive: true });
    const { write } = await openProject({ root: folder });
    await write();
  }
}

/** Whether the router's generated files belong to it. */
export function hasRoutes({ files }: Project): boolean {
  return files.some(({ path }) => path === "src/app.ts" || path.startsWith("routes/"));
}

/** What commands of an earlier run made. What the router generates and what tsc remembers keeps its worth. */
async function removeOthers(root: string, wanted: ReadonlyMap<string, string>): Promise<void> {
  const kept = new Set(
    [...wanted.keys()].flatMap((path) => path.split("/").map((_, end, parts) => parts.slice(0, end + 1).join("/"))),
  );
  const others = globSync("**/*", { cwd: root }).filter((path) => !kept.has(path.replaceAll("\\", "/")));
  await Promise.all(others.map((path) => rm(join(root, path), { recursive: true, force: true })));
}

function filesOf(project: Project, folder: string): ReadonlyMap<string, string> {
  return new Map([
    ...project.files.map((file) => [file.path, textOf(file)] as const),
    ["vitest.config.ts", vitestConfig],
    ["tsconfig.json", JSON.stringify(withOurs(configOf(project), folder))],
  ]);
}

async function writeIfOther(path: string, text: string): Promise<void> {
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
