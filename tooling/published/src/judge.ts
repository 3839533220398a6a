import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { problemAffectsResolutionKind, problemKindInfo } from "@arethetypeswrong/core/problems";
import { importsOf } from "@openspeed/floors/imports";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { houseFaults } from "./rules.ts";

/** Everything wrong with a packed package; each line says which judge found it. */
export async function judge(tarball: Uint8Array<ArrayBuffer>): Promise<readonly string[]> {
  return [
    ...ours(tarball).map((fault) => `house: ${fault}`),
    ...(await publishable(tarball)).map((fault) => `publint: ${fault}`),
    ...(await resolvable(tarball)).map((fault) => `attw: ${fault}`),
  ];
}

function ours(tarball: Uint8Array<ArrayBuffer>): readonly string[] {
  const packed = createPackageFromTarballData(tarball);
  const prefix = `/node_modules/${packed.packageName}/`;
  const paths = packed.listFiles().map((path) => path.slice(prefix.length));
  const read = (path: string): string => packed.readFile(prefix + path);
  const files = paths
    .filter((path) => /^dist\/.*\.(js|d\.ts)$/.test(path))
    .map((path) => ({ path, imports: importsOf(path, read(path)).map(({ specifier }) => specifier) }));
  return houseFaults({ manifest: JSON.parse(read("package.json")), paths, files });
}

async function publishable(tarball: Uint8Array<ArrayBuffer>): Promise<readonly string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** Only ES modules are published, so what `require` and old resolution would meet does not count. */
async function resolvable(tarball: Uint8Array<ArrayBuffer>): Promise<readonly string[]> {
  const result = await checkPackage(createPackageFromTarballData(tarball));
  if (!result.types) return ["no types"];
  return result.problems
    .filter((problem) =>
      (["node16-esm", "bundler"] as const).some((kind) => problemAffectsResolutionKind(problem, kind, result)),
    )
    .map((problem) => `${problemKindInfo[problem.kind].title} ${JSON.stringify(problem)}`);
}
