import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Fault } from "../fault.ts";

export interface NewProject {
  /** Its folder, from `root`. */
  readonly folder: string;
  readonly template: string | undefined;
  readonly force: boolean;
  readonly root: string;
}

/** As much of `create-openspeed` as is used here; it is a package of its own, so that `npm create` fetches no more. */
type CreateProject = (options: NewProject & { readonly git: boolean }) => Promise<{
  readonly place: string;
  readonly files: readonly string[];
}>;

export interface CreatedProject {
  /** How to get there. */
  readonly place: string;
  readonly files: number;
}

/**
 * Makes a project by the `create-openspeed` that is installed beside this package, or in the project at hand.
 *
 * @throws Fault where it is not installed; its own errors, which carry diagnostics
 */
export async function newProject({ folder, template, force, root }: NewProject): Promise<CreatedProject> {
  const create = await importCreator(root);
  if (create === undefined) {
    throw new Fault({
      code: "OS_NO_CREATOR",
      message: "Projects are made by create-openspeed, which is not installed here.",
      where: "openspeed new project",
      mend: `Run npm create openspeed@latest ${folder}${template === undefined ? "" : ` -- --template ${template}`}`,
    });
  }
  const { place, files } = await create({ folder, template, force, root: resolve(root), git: true });
  return { place, files: files.length };
}

async function importCreator(root: string): Promise<CreateProject | undefined> {
  for (const from of [import.meta.url, pathToFileURL(join(resolve(root), "package.json")).href]) {
    const file = resolvedFrom(from);
    if (file === undefined) continue;
    const module = (await import(pathToFileURL(file).href)) as { readonly createProject?: CreateProject };
    if (typeof module.createProject === "function") return module.createProject;
  }
  return undefined;
}

function resolvedFrom(from: string): string | undefined {
  try {
    return createRequire(from).resolve("create-openspeed");
  } catch {
    return undefined;
  }
}
