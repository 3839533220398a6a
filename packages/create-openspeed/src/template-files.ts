import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Ranges } from "./ranges.ts";
import type { Template } from "./templates.ts";

/** What a project is made of: path, with `/`, → text. */
export type Files = ReadonlyMap<string, string>;

const FOLDER = fileURLToPath(new URL("../templates/", import.meta.url));

/** What packing leaves out, or understands as its own, is kept under another name. */
const NAMES: { readonly [name: string]: string } = { _gitignore: ".gitignore" };

/** What a template, tried in place, left behind. */
const LEFT_BEHIND: ReadonlySet<string> = new Set(["node_modules", "dist", ".data"]);

export async function readTemplate({ name }: Template): Promise<Files> {
  const folder = join(FOLDER, name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const places = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((place) => !place.split(sep).some((part) => LEFT_BEHIND.has(part)))
    .toSorted();
  const files = await Promise.all(
    places.map(async (place) => [named(place), await readFile(join(folder, place), "utf8")] as const),
  );
  return new Map(files);
}

function named(place: string): string {
  const path = place.split(sep).join("/");
  return NAMES[path] ?? path;
}

/** Pure: gives the project its name, and the ranges that templates leave open. */
export function fillTemplate(files: Files, name: string, rangeOf: Ranges): Files {
  const text = files.get("package.json");
  if (text === undefined) throw new Error("The template has no package.json.");
  const manifest: Manifest = JSON.parse(text);
  const filled: Record<string, unknown> = { name, ...manifest };
  filled["name"] = name;
  for (const kind of ["dependencies", "devDependencies"] as const) {
    const asked = Object.keys(manifest[kind] ?? {});
    if (asked.length > 0) filled[kind] = Object.fromEntries(asked.map((each) => [each, rangeOf(each)]));
  }
  return new Map(files).set("package.json", `${JSON.stringify(filled, null, 2)}\n`);
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
