/** Which library a project's pages are written for, as its tsconfig.json says. */
import { dirname, join } from "node:path/posix";
import type { Disk } from "../disk.ts";

/** The module that mounts pages. */
export function pagesModule(disk: Disk): string {
  return jsxImportSource(disk, "tsconfig.json", 4) === "react" ? "@openspeed/pages/react" : "@openspeed/pages/preact";
}

function jsxImportSource(disk: Disk, file: string, depth: number): string | undefined {
  const config = readConfig(disk, file);
  const options = memberOf(config, "compilerOptions");
  const source = memberOf(options, "jsxImportSource");
  if (typeof source === "string") return source;
  const above = memberOf(config, "extends");
  if (typeof above !== "string" || !above.startsWith(".") || depth === 0) return undefined;
  return jsxImportSource(disk, join(dirname(file), above.replace(/(?:\.json)?$/, ".json")), depth - 1);
}

/** A config that cannot be read is TypeScript's to complain about. */
function readConfig(disk: Disk, file: string): unknown {
  try {
    const text = disk
      .read(file)
      .replaceAll(/("(?:[^"\\]|\\.)*")|\/\/.*|\/\*[^]*?\*\//g, "$1")
      .replaceAll(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, "$1");
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as { readonly [key: string]: unknown })[name]
    : undefined;
}
