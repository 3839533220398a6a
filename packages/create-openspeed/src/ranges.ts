import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Names of packages → the ranges that a made project asks for. */
export type Ranges = (name: string) => string;

/**
 * Ranges from this package's own manifest, whose devDependencies are what the templates stand on: packing replaces
 * `workspace:` and `catalog:` there by versions, so that a published copy knows those it was tested with.
 */
export function ownRanges(): Ranges {
  const { devDependencies = {} } = readManifest("../package.json");
  return (name) => {
    const range = devDependencies[name];
    if (range === undefined) throw new Error(`A template asks for ${name}, which create-openspeed does not know.`);
    // In the workspace, where nothing is packed, what is installed tells.
    const version = /^(?:workspace|catalog):/.test(range) ? installedVersion(name) : range;
    return /^\d/.test(version) ? `^${version}` : version;
  };
}

function installedVersion(name: string): string {
  const { version } = readManifest(`../node_modules/${name}/package.json`);
  if (version === undefined) throw new Error(`${name} has no version.`);
  return version;
}

interface Manifest {
  readonly version?: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readManifest(place: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(fileURLToPath(new URL(place, import.meta.url)), "utf8"));
  return manifest;
}
