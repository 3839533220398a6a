import { Fault } from "../fault.ts";

export interface NewProject {
  readonly name: string;
  readonly template: string | undefined;
  /** The folder that the project's folder will be in. */
  readonly root: string;
}

/**
 * Makes a project by `create-openspeed`, which is its own package so that `npm create` need not fetch this one.
 *
 * @throws Fault where it is not installed
 */
export async function newProject({ name, template, root }: NewProject): Promise<void> {
  const creator = await importCreator();
  const create: unknown = creator?.["createProject"];
  if (typeof create !== "function") {
    throw new Fault({
      code: "OS_NO_CREATOR",
      message: "Projects are made by create-openspeed, which is not installed here.",
      where: "openspeed new project",
      mend: `Run npm create openspeed@latest ${name}${template === undefined ? "" : ` -- --template ${template}`}`,
    });
  }
  await create({ name, template, root });
}

async function importCreator(): Promise<Readonly<Record<string, unknown>> | undefined> {
  // A name that is no literal: the package may be missing, and nothing here needs it.
  const name: string = "create-openspeed";
  try {
    return (await import(name)) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
