import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "./fault.ts";

export interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The `package.json` of a folder; without one, nothing is said. */
export function readManifest(root: string): Manifest {
  const file = join(root, "package.json");
  if (!existsSync(file)) return {};
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof manifest === "object" && manifest !== null) return manifest;
    throw new TypeError("it holds no object");
  } catch (error) {
    throw new Fault({
      code: "OS_MANIFEST",
      message: `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      where: "package.json",
      mend: "Mend the file.",
    });
  }
}
