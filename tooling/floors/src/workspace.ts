import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { importsOf, type Import } from "./imports.ts";

/** `packages` are published and stand on floors; `apps` stand on top; `tooling` stands beside the house. */
export type Group = "packages" | "apps" | "tooling";

export interface SourceFile {
  /** From the workspace's root, with forward slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
}

export interface Member {
  readonly group: Group;
  readonly folder: string;
  readonly name: string;
  /** What an installed copy may import: dependencies, peers, optional ones. */
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  readonly files: readonly SourceFile[];
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const groups: readonly Group[] = ["packages", "apps", "tooling"];
// Cases and fixtures are what tests are given, broken ones too; templates are what a user is given.
const notOurs: ReadonlySet<string> = new Set([
  "node_modules",
  "dist",
  ".turbo",
  ".checked",
  "cases",
  "fixtures",
  "templates",
]);

export function readWorkspace(root: string): readonly Member[] {
  return groups.flatMap((group) =>
    globSync(`${group}/*/package.json`, { cwd: root })
      .toSorted()
      .map((manifest) => readMember(root, group, slashed(dirname(manifest)))),
  );
}

function readMember(root: string, group: Group, place: string): Member {
  const manifest: Manifest = JSON.parse(readFileSync(join(root, place, "package.json"), "utf8"));
  const files = globSync("**/*.{ts,tsx,mts,js,mjs}", {
    cwd: join(root, place),
    exclude: (path) => path.split(/[\\/]/).some((part) => notOurs.has(part)),
  });
  return {
    group,
    folder: place.slice(group.length + 1),
    name: manifest.name,
    dependencies: new Set([
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}),
      ...Object.keys(manifest.optionalDependencies ?? {}),
    ]),
    devDependencies: new Set(Object.keys(manifest.devDependencies ?? {})),
    files: files
      .map((file) => `${place}/${slashed(file)}`)
      .toSorted()
      .map((path) => ({ path, imports: importsOf(path, readFileSync(join(root, path), "utf8")) })),
  };
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
