import { basename, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CompileError, type Diagnostic, type Mount, type Use } from "@openspeed/core";
import { type Exports, itemsOf, mountsOf } from "./mounts-of.ts";
import { byCodePoint, plan } from "./plan.ts";
import { readFolder } from "./read-folder.ts";

/**
 * Scans a folder of route files into mounts for `createApp({ routes })`.
 *
 * A file's place is its path: `users/[id].ts` is `/users/:id`, `index.ts` its folder, `[[page]].ts` an optional last
 * segment, `[...path].ts` the rest; a folder `(group)` leaves nothing behind. A route file exports `GET`, `POST`, …,
 * each made by `route()` or `lazy()`. A `_use.ts` exports by default what every route below it uses, outermost first.
 * The order is the same on every machine.
 *
 * @param folder a file URL, or a path from the working directory
 * @throws CompileError with everything that is wrong, each with its file and mend
 * @example
 * const app = createApp({ routes: await routesFrom(new URL("./routes/", import.meta.url)) });
 */
export async function routesFrom(folder: string | URL): Promise<readonly Mount[]> {
  const root = resolve(typeof folder === "string" ? folder : fileURLToPath(folder));
  const name = basename(root);
  const { routes, uses, faults: named } = plan(await filesOf(root, name));
  const faults: Diagnostic[] = named.map((fault) => ({ ...fault, where: `${name}/${fault.where}` }));

  const load = async (file: string): Promise<readonly [string, Exports | undefined]> => [
    file,
    await exportsOf(root, file, name, faults),
  ];
  const modules = new Map(await Promise.all([...uses, ...routes.map((route) => route.file)].map(load)));

  const items = new Map<string, readonly Use[]>();
  for (const file of uses) {
    const exports = modules.get(file);
    if (exports !== undefined) items.set(file, itemsOf(exports, `${name}/${file}`, faults));
  }
  const mounts: Mount[] = [];
  for (const route of routes) {
    const exports = modules.get(route.file);
    if (exports === undefined) continue;
    const use = route.uses.flatMap((file) => items.get(file) ?? []);
    mounts.push(...mountsOf(exports, route.path, use, `${name}/${route.file}`, faults));
  }
  if (faults.length > 0) throw new CompileError(faults.sort((a, b) => byCodePoint(a.where, b.where)));
  return mounts;
}

async function filesOf(root: string, name: string): Promise<string[]> {
  try {
    return await readFolder(root);
  } catch (error) {
    throw new CompileError([
      {
        code: "OS_ROUTES_UNREADABLE",
        message: `The folder cannot be read: ${reasonOf(error)}.`,
        where: name,
        mend: "Create it, or name another.",
      },
    ]);
  }
}

async function exportsOf(root: string, file: string, name: string, faults: Diagnostic[]): Promise<Exports | undefined> {
  try {
    // Through a URL, so that brackets, spaces and Windows drives in the place mean nothing to the importer.
    const module: Exports = await import(pathToFileURL(`${root}/${file}`).href);
    return module;
  } catch (error) {
    faults.push({
      code: "OS_ROUTE_UNREADABLE",
      message: `It cannot be loaded: ${reasonOf(error)}.`,
      where: `${name}/${file}`,
      mend: "Mend the file; nothing of it could be mounted.",
    });
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? text;
}
