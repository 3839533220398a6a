import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EXIT } from "../exit.ts";
import { Fault } from "../fault.ts";

/** As much of `create-openspeed` as is used here; it is a package of its own, so that `npm create` fetches no more. */
interface Creator {
  readonly main: (args: readonly string[]) => Promise<number>;
}

/**
 * Hands over to the `create-openspeed` that is installed beside this package, or in the project at hand: it asks, writes,
 * installs and says what comes next. Gives the exit code.
 *
 * @param args its own, as they were given
 * @throws Fault where it is not installed
 */
export async function newProject(args: readonly string[], root: string): Promise<number> {
  const creator = await importCreator(root);
  if (creator === undefined) {
    throw new Fault({
      code: "OS_NO_CREATOR",
      message: "Projects are made by create-openspeed, which is not installed here.",
      where: "openspeed new project",
      mend: `Run ${npmCreate(args)}`,
    });
  }
  process.chdir(root); // it makes folders where it runs
  const code = await creator.main(args);
  return code === 1 ? EXIT.failed : code;
}

/** npm keeps options for itself that stand before a `--`. */
function npmCreate(args: readonly string[]): string {
  const options = args.findIndex((arg) => arg.startsWith("-"));
  const [own, passed] = options === -1 ? [args, []] : [args.slice(0, options), ["--", ...args.slice(options)]];
  return ["npm create openspeed@latest", ...own, ...passed].join(" ");
}

async function importCreator(root: string): Promise<Creator | undefined> {
  for (const from of [import.meta.url, pathToFileURL(join(root, "package.json")).href]) {
    const file = resolvedFrom(from);
    if (file === undefined) continue;
    const module: Creator = await import(pathToFileURL(file).href);
    return module;
  }
  return undefined;
}

function resolvedFrom(from: string): string | undefined {
  try {
    return createRequire(from).resolve("create-openspeed/main");
  } catch {
    return undefined;
  }
}
