import { join, relative } from "node:path";
import { type Project, textOf } from "./project.ts";

export interface Config {
  readonly compilerOptions?: CompilerOptions;
  readonly [key: string]: unknown;
}

interface CompilerOptions {
  readonly rootDirs?: readonly string[];
  readonly [name: string]: unknown;
}

const tooling = join(import.meta.dirname, "../..");

/** What a new project's tsconfig.json says, for sections that do not show one. */
const usual: Config = {
  compilerOptions: {
    strict: true,
    jsx: "react-jsx",
    jsxImportSource: "preact",
    rootDirs: [".", "./.openspeed/types"],
  },
  include: ["."],
};

/** The section's own configuration, or the usual one. */
export function configOf({ files }: Project): Config {
  const own = files.find(({ path }) => path === "tsconfig.json");
  return own === undefined ? usual : (JSON.parse(textOf(own)) as Config);
}

/** A configuration with what the workspace needs: packages are read from their sources, nothing is emitted. */
export function withOurs({ compilerOptions, ...rest }: Config, folder: string): Config {
  return {
    extends: join(relative(folder, tooling), "tsconfig/checked.json").replaceAll("\\", "/"),
    ...rest,
    compilerOptions: {
      // As TypeScript has it where nothing is said.
      lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
      ...compilerOptions,
      customConditions: ["@openspeed/source"],
      noEmit: true,
    },
  };
}

interface Program {
  readonly key: string;
  readonly options: CompilerOptions;
  readonly folders: string[];
  readonly rootDirs: string[];
  /** The files whose types the router generates, from their projects' folders. */
  readonly typed: Set<string>;
}

/**
 * Configurations that check all projects, each as many as it can: a program of its own costs a second for each section.
 * Those with other compiler options are apart. So are those with a file of generated types at the same place: `rootDirs`
 * find it by its place alone, and would find the other's.
 */
export function programsOf(projects: readonly Project[], root: string): readonly Config[] {
  const programs: Program[] = [];
  for (const project of projects) {
    const { rootDirs = [], ...options } = configOf(project).compilerOptions ?? {};
    const key = JSON.stringify(options);
    const typed = new Set(project.files.filter(({ block }) => block.text.includes("/$types/")).map(({ path }) => path));
    let program = programs.find((other) => other.key === key && other.typed.isDisjointFrom(typed));
    if (program === undefined) programs.push((program = { key, options, folders: [], rootDirs: [], typed: new Set() }));
    program.folders.push(project.name);
    if (typed.size > 0) program.rootDirs.push(...rootDirs.map((folder) => `./${join(project.name, folder)}`));
    for (const path of typed) program.typed.add(path);
  }
  return programs.map(({ options, folders, rootDirs }, index) =>
    withOurs(
      {
        compilerOptions: {
          ...options,
          ...(rootDirs.length > 0 && { rootDirs }),
          tsBuildInfoFile: `./.${index}.tsbuildinfo`,
        },
        include: folders,
      },
      root,
    ),
  );
}
