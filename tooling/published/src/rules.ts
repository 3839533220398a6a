/** One file of a packed package; `path` starts in the package's root. */
export interface PackedFile {
  readonly path: string;
  readonly imports: readonly string[];
}

export interface Packed {
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Every path in the tarball. */
  readonly paths: readonly string[];
  /** What shipped code and shipped types import. */
  readonly files: readonly PackedFile[];
}

/** What the house asks of every published package, beyond what publint and attw look at. */
export function houseFaults(packed: Packed): readonly string[] {
  return [...manifestFaults(packed.manifest), ...roomFaults(packed.paths), ...importFaults(packed)];
}

const wanted: Readonly<Record<string, unknown>> = {
  license: "MIT",
  type: "module",
  sideEffects: false,
  engines: { node: ">=22.18" },
};

function manifestFaults(manifest: Packed["manifest"]): readonly string[] {
  const wrong = Object.entries(wanted)
    .filter(([key, value]) => JSON.stringify(manifest[key]) !== JSON.stringify(value))
    .map(([key, value]) => `package.json: "${key}" must be ${JSON.stringify(value)}`);
  const described = typeof manifest["description"] === "string" && manifest["description"] !== "";
  return [
    ...wrong,
    ...(described ? [] : ['package.json: "description" is missing']),
    ...exportFaults(manifest["exports"]),
    ...protocolFaults(manifest),
  ];
}

/** Conditions are tried in the order they are written: source before types, and nothing after default. */
function exportFaults(exports: unknown): readonly string[] {
  if (!isRecord(exports)) return ['package.json: "exports" is missing'];
  return (
    Object.entries(exports)
      // Data is what it is.
      .filter(([entry]) => !entry.endsWith(".json"))
      .filter(([, target]) => !isRecord(target) || Object.keys(target).join() !== "@openspeed/source,types,default")
      .map(
        ([entry]) =>
          `package.json: exports["${entry}"] must have "@openspeed/source", "types", "default", in that order`,
      )
  );
}

function protocolFaults(manifest: Packed["manifest"]): readonly string[] {
  return ["dependencies", "peerDependencies", "optionalDependencies"].flatMap((kind) =>
    Object.entries(recordOf(manifest[kind]))
      .filter(([, range]) => /^(workspace|catalog|file|link):/.test(String(range)))
      .map(([name, range]) => `package.json: ${kind} "${name}" is packed as "${String(range)}"`),
  );
}

function roomFaults(paths: readonly string[]): readonly string[] {
  const missing = ["README.md", "LICENSE", "dist/index.js", "dist/index.d.ts", "src/index.ts"]
    .filter((path) => !paths.includes(path))
    .map((path) => `${path} is not in the package`);
  // A template is a project, and a project has tests.
  const stray = paths
    .filter((path) => !/^templates\/[^/]+\/test\//.test(path))
    .filter((path) => /(^|\/)(test|node_modules)\/|\.tsbuildinfo$|\.test\./.test(path))
    .map((path) => `${path} must not be in the package`);
  return [...missing, ...stray];
}

/** An installed copy finds only what package.json names: an import in a shipped .d.ts counts as much as one in a .js. */
function importFaults({ manifest, files }: Packed): readonly string[] {
  const declared = new Set(
    ["dependencies", "peerDependencies", "optionalDependencies"].flatMap((kind) =>
      Object.keys(recordOf(manifest[kind])),
    ),
  );
  return files.flatMap(({ path, imports }) =>
    [...new Set(imports)]
      .filter((specifier) => !/^(\.|node:|#)/.test(specifier) && !/^(bun|cloudflare):/.test(specifier))
      .filter((specifier) => packageName(specifier) !== manifest["name"] && !declared.has(packageName(specifier)))
      .map((specifier) => `${path} imports "${specifier}", which an installed copy will not find`),
  );
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
