import { basename, relative, resolve } from "node:path";
import { CreateError } from "./create-error.ts";
import { beginRepository } from "./git.ts";
import { install } from "./install.ts";
import type { PackageManager } from "./package-manager.ts";
import { checkPlace, writeProject } from "./place.ts";
import { checkName, nameOf } from "./project-name.ts";
import { ownRanges } from "./ranges.ts";
import { fillTemplate, readTemplate } from "./template-files.ts";
import { findTemplate, type TemplateName } from "./templates.ts";

export interface CreateOptions {
  /** Where the project will be, from `root`. Default: a folder with the project's name. */
  readonly folder?: string;
  /** The package's name. Default: made of the folder's. */
  readonly name?: string;
  /** One of `TEMPLATES`. Default: `minimal`. */
  readonly template?: string | undefined;
  /** The folder to work in. Default: the process's. */
  readonly root?: string;
  /** Write into a folder that is not empty, over files of the same names. Default: `false`. */
  readonly force?: boolean;
  /** Begin a Git repository, where there is Git and none around the folder yet. Default: `false`. */
  readonly git?: boolean;
  /** Install by this package manager. Default: none, nothing is installed. */
  readonly install?: PackageManager | undefined;
  /** Told what is being done, as it begins. */
  readonly onStep?: (step: "write" | "git" | "install") => void;
}

export interface CreatedProject {
  readonly name: string;
  readonly template: TemplateName;
  /** Absolute. */
  readonly folder: string;
  /** How to get there from `root`; `.` if that is it. */
  readonly place: string;
  /** Paths of what was written, with `/`. */
  readonly files: readonly string[];
  /** Whether a repository was begun. */
  readonly git: boolean;
  readonly installed: boolean;
  /** Why installing failed, though the project is there; `undefined` if it did not, or nobody asked for it. */
  readonly installFault: CreateError | undefined;
}

/**
 * Makes a project from a template.
 *
 * @throws CreateError for a folder that is not empty or not writable, a bad name, an unknown template; nothing is written then
 * @example
 * const { folder } = await createProject({ folder: "desk", template: "pages" });
 */
export async function createProject(options: CreateOptions): Promise<CreatedProject> {
  const { root = process.cwd(), force = false, git = false, onStep } = options;
  const template = findTemplate(options.template ?? "minimal");
  const shown = options.folder ?? folderFor(options.name);
  const folder = resolve(root, shown);
  const name = options.name === undefined ? nameOf(folder) : checkName(options.name);
  await checkPlace(folder, shown, force);

  onStep?.("write");
  const files = fillTemplate(await readTemplate(template), name, ownRanges());
  await writeProject(folder, shown, files);
  if (git) onStep?.("git");
  const begun = git && (await beginRepository(folder));
  if (options.install !== undefined) onStep?.("install");
  const fault = options.install === undefined ? undefined : await install(options.install, folder, shown);

  return {
    name,
    template: template.name,
    folder,
    place: relative(resolve(root), folder) || ".",
    files: [...files.keys()],
    git: begun,
    installed: options.install !== undefined && fault === undefined,
    installFault: fault,
  };
}

function folderFor(name: string | undefined): string {
  if (name !== undefined) return basename(checkName(name));
  throw new CreateError({
    code: "OS_MISSING_ARGUMENT",
    message: "It is not said where the project will be.",
    where: "create-openspeed",
    mend: "Name a folder: npm create openspeed@latest desk",
  });
}
