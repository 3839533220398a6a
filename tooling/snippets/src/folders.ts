import { globSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { openProject } from "@openspeed/router-fs/generate";
import { withoutComments, type Project } from "./project.ts";

interface Config {
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

const tooling = join(import.meta.dirname, "../..");

/** What a new project's tsconfig.json says, for sections that do not show one. */
const usual: Config = {
  compilerOptions: {
    jsx: "react-jsx",
    jsxImportSource: "preact",
    rootDirs: [".", "./.openspeed/types"],
  },
  include: ["."],
};

/** Packages of the workspace are read from their sources in tests too. */
const vitestConfig = `const resolve = { conditions: ["@openspeed/source", "module", "node", "development|production"] };
export default { resolve, ssr: { resolve }, test: { include: ["**/*.test.ts"], reporters: ["default"] } };
`;

/** Makes each project's folder below `root`, with what the router generates, and a tsconfig.json that checks them all. */
export async function writeProjects(projects: readonly Project[], root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  const wanted = new Map<string, string>();
  const apart: string[] = [];
  const together: string[] = [];
  for (const project of projects) {
    for (const [path, text] of filesOf(project, join(root, project.name))) wanted.set(`${project.name}/${path}`, text);
    (needsProgram(project) ? apart : together).push(project.name);
  }
  wanted.set("tsconfig.together.json", JSON.stringify({ ...ours(usual, root), include: together }));
  const references = ["tsconfig.together.json", ...apart].map((path) => ({ path }));
  wanted.set("tsconfig.json", JSON.stringify({ files: [], references }));
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

/** Types that the router generates are found by place, which is one for a whole program. */
function needsProgram(project: Project): boolean {
  return hasRoutes(project) || project.files.some(({ path }) => path === "tsconfig.json");
}

function filesOf({ files }: Project, folder: string): ReadonlyMap<string, string> {
  const texts = new Map(
    files.map(({ path, block }) => [path, block.language === "jsonc" ? withoutComments(block.text) : block.text]),
  );
  const own = texts.get("tsconfig.json");
  const config: Config = own === undefined ? usual : (JSON.parse(own) as Config);
  texts.set("vitest.config.ts", vitestConfig);
  texts.set("tsconfig.json", JSON.stringify(ours(config, folder)));
  return texts;
}

/** A configuration with what the workspace needs: packages are read from their sources, nothing is emitted. */
function ours({ compilerOptions, ...rest }: Config, folder: string): Config {
  return {
    extends: join(relative(folder, tooling), "tsconfig/checked.json").replaceAll("\\", "/"),
    ...rest,
    compilerOptions: {
      // As TypeScript has it where nothing is said.
      lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
      ...compilerOptions,
      customConditions: ["@openspeed/source"],
      noEmit: true,
      tsBuildInfoFile: "./.tsbuildinfo",
    },
  };
}

async function writeIfOther(path: string, text: string): Promise<void> {
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
