import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { compiler } from "../typescript.ts";

/** What the compiler says a program cost. */
export interface TypeCost {
  readonly instantiations: number;
  readonly checkSeconds: number;
  readonly memoryMebibytes: number;
}

const bench = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// Inside the workspace, so that imports find what this package depends on.
const scratch = join(bench, ".tmp");

/**
 * Type-checks one file by the workspace's own settings, with one checker, so that the count is the same every time.
 *
 * @throws what the compiler complains about
 */
export async function typeCost(source: string): Promise<TypeCost> {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "types-"));
  try {
    writeFileSync(join(folder, "app.ts"), source);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    const child = spawn(
      process.execPath,
      [compiler, "--project", folder, "--extendedDiagnostics", "--singleThreaded"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
    // What is wrong elsewhere is for that package's own check to say.
    if (code !== 0 && /^\S*app\.ts\(/m.test(said))
      throw new Error(`The generated file does not compile:\n${said.slice(0, 4000)}`);
    return {
      instantiations: figure(said, "Instantiations"),
      checkSeconds: figure(said, "Check time"),
      memoryMebibytes: figure(said, "Memory used") / 1024,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const settings = {
  extends: join(dirname(dirname(bench)), "tsconfig.base.json"),
  compilerOptions: {
    lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    rootDir: null,
    outDir: null,
    tsBuildInfoFile: null,
  },
  include: ["app.ts"],
};

function figure(said: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+([\\d,.]+)`, "m").exec(said)?.[1];
  if (found === undefined) throw new Error(`The compiler does not say its ${name}:\n${said}`);
  return Number(found.replaceAll(",", ""));
}
