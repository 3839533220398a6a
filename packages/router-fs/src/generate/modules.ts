/** The modules of a project as they were last read. */
import { dirname, join } from "node:path/posix";
import { reasonOf } from "../reason.ts";
import { type Disk, isMissing } from "../disk.ts";
import { type ModuleFacts, readModule } from "./read-module.ts";

export interface Modules {
  /** Reads a file, from the root, if nobody did. `undefined` if there is none. */
  get(file: string): ModuleFacts | undefined;
  /** Reads it again; tells whether anything that the router goes by is different. */
  refresh(file: string): boolean;
  forget(file: string): void;
  has(file: string): boolean;
  /** The project's files that a file imports. */
  importsOf(file: string): readonly string[] | undefined;
}

export function createModules(disk: Disk): Modules {
  const known = new Map<string, ModuleFacts | undefined>();

  function get(file: string): ModuleFacts | undefined {
    if (known.has(file)) return known.get(file);
    const facts = read(file);
    known.set(file, facts);
    return facts;
  }

  function read(file: string): ModuleFacts | undefined {
    try {
      return readModule(file, disk.read(file));
    } catch (error) {
      if (isMissing(error)) return undefined;
      return { ...NOTHING, error: { code: "OS_ROUTE_UNREADABLE", message: reasonOf(error), at: "" } };
    }
  }

  function refresh(file: string): boolean {
    const before = known.get(file);
    const now = read(file);
    // Half-written code takes no route away: it answers as it was until the file can be read again.
    const broken = now?.error !== undefined && now.exports.size === 0 && now.star === undefined;
    const kept = broken && before !== undefined ? { ...before, error: now.error } : now;
    known.set(file, kept);
    return signature(before) !== signature(kept);
  }

  function importsOf(file: string): readonly string[] | undefined {
    return get(file)?.imports.flatMap((specifier) => fileOf(file, specifier) ?? []);
  }

  /** As Node and bundlers find it: the file as it is named, or with the extension that it is written with. */
  function fileOf(from: string, specifier: string): string | undefined {
    if (!/^\.\.?\//.test(specifier)) return undefined;
    const path = join(dirname(from), specifier);
    const base = path.replace(/\.jsx?$/, "");
    const names = [path, ...[".ts", ".tsx", ".js", ".jsx"].map((extension) => base + extension)];
    return names.find((name) => /\.[cm]?[jt]sx?$/.test(name) && (known.get(name) ?? disk.is(name)) !== undefined);
  }

  return { get, refresh, forget: (file) => known.delete(file), has: (file) => known.has(file), importsOf };
}

const NOTHING: ModuleFacts = { exports: new Map(), plain: new Set(), star: undefined, imports: [], error: undefined };

/** Positions count too: faults tell them. */
function signature(facts: ModuleFacts | undefined): string {
  if (facts === undefined) return "";
  const { exports, plain, star, imports, error } = facts;
  return JSON.stringify([[...exports], [...plain], star, imports, error]);
}
