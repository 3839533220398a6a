/** From a document to a client and a server that talk to each other; the compiler judges both. */
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { serve } from "@openspeed/adapter-node";
import { createApp } from "@openspeed/core";
import { routesFrom } from "@openspeed/router-fs";
import { generate, type Generation, type Model, readSource } from "../../src/index.ts";
import { isRecord, recordOf } from "../../src/record.ts";
import { pathOf, valueAt } from "../../src/source/read.ts";

const here = fileURLToPath(new URL("../..", import.meta.url));

export interface Check {
  readonly errors: readonly string[];
  readonly milliseconds: number;
  readonly instantiations: number;
}

/** A folder in this package, so that what is generated finds the workspace's packages. */
export async function emptyFolder(name: string): Promise<string> {
  const folder = join(here, ".checked/proof", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

export async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, Math.round(performance.now() - start)];
}

/** Type-checks a folder with the workspace's strict settings, and with what users have on besides. */
export async function check(folder: string): Promise<Check> {
  const config = {
    extends: join(here, "../../tooling/tsconfig/checked.json"),
    compilerOptions: {
      incremental: false,
      tsBuildInfoFile: null,
      noUnusedLocals: true,
      lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
    },
    include: [folder],
    exclude: [],
  };
  const file = join(folder, "tsconfig.json");
  await writeFile(file, JSON.stringify(config));
  const tsc = join(here, "../../node_modules/.bin/tsc");
  const [text, milliseconds] = await timed(() =>
    promisify(execFile)(tsc, ["-p", file, "--extendedDiagnostics"], { maxBuffer: 1e9 }).then(
      ({ stdout }) => stdout,
      (error: { readonly stdout?: string }) => error.stdout ?? String(error),
    ),
  );
  const instantiations = Number(/Instantiations:\s+(\d+)/.exec(text)?.[1] ?? Number.NaN);
  return { errors: text.split("\n").filter((line) => line.includes("error TS")), milliseconds, instantiations };
}

/** Writes what stands as an example in the document into the handlers of these operations: what a person would do. */
export async function writeHandlers(
  folder: string,
  spec: string,
  model: Model,
  keys: readonly string[],
): Promise<void> {
  const source = await readSource(spec);
  const document = recordOf(source.files.get(source.root));
  const follow = (value: unknown): unknown =>
    isRecord(value) && typeof value["$ref"] === "string" ? valueAt(document, pathOf(value["$ref"])) : value;
  for (const key of keys) {
    const operation = model.operations.find((each) => each.key === key);
    const output = operation?.outputs[0];
    if (operation === undefined || output === undefined) throw new Error(`${key} is not in the document.`);
    const template = operation.path.replace(/:(\w+)/g, "{$1}");
    const declared = recordOf(
      valueAt(document, ["paths", template, operation.method.toLowerCase(), "responses", String(output.status)]),
    );
    const media = recordOf(recordOf(declared["content"])["application/json"]);
    const example = recordOf(follow(Object.values(recordOf(media["examples"]))[0]))["value"];
    const file = fileFor(folder, operation.path);
    const text = await readFile(file, "utf8");
    const start = text.indexOf(`export const ${operation.method} = route(`);
    const handler = text.indexOf("({ fail }) => fail.notImplemented()", start);
    if (start < 0 || handler < 0) throw new Error(`${file} has no ${operation.method} to be written.`);
    const body = `() => JSON.parse(${JSON.stringify(JSON.stringify(example))})`;
    await writeFile(
      file,
      text.slice(0, handler) + body + text.slice(handler + "({ fail }) => fail.notImplemented()".length),
    );
  }
}

function fileFor(folder: string, path: string): string {
  return join(folder, "routes", `${path.slice(1).replace(/:(\w+)/g, "[$1]")}.ts`);
}

interface Answer {
  readonly ok: boolean;
  readonly status?: number;
  readonly value?: unknown;
  readonly problem?: unknown;
  readonly failure?: unknown;
}

/** Serves the routes of a folder, and makes the calls with the client that was generated beside them. */
export async function call(folder: string): Promise<readonly Answer[]> {
  const app = createApp({ routes: await routesFrom(join(folder, "routes")), mode: "test" });
  const server = await serve(app, { port: 0 });
  try {
    const { createClient }: Made = await import(pathToFileURL(join(folder, "client/client.ts")).href);
    const { calls }: Calls = await import(pathToFileURL(join(folder, "calls.ts")).href);
    return await Promise.all(calls(createClient(server.url)));
  } finally {
    await server.close();
  }
}

interface Made {
  createClient(base: string): unknown;
}
interface Calls {
  calls(api: unknown): readonly Promise<Answer>[];
}

export interface Both {
  readonly client: Generation;
  readonly server: Generation;
  readonly milliseconds: readonly [client: number, server: number];
}

export async function generateBoth(spec: string, folder: string): Promise<Both> {
  const [client, first] = await timed(() => generate({ spec, kind: "client", to: join(folder, "client") }));
  const [server, second] = await timed(() => generate({ spec, kind: "server", to: folder }));
  return { client, server, milliseconds: [first, second] };
}

export async function writeCalls(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(here, "test/cases/github-calls.txt"), "utf8");
  await mkdir(dirname(join(folder, "calls.ts")), { recursive: true });
  await writeFile(join(folder, "calls.ts"), text);
  return [...text.matchAll(/github\("([^"]+)"/g)].map(([, key]) => key ?? "");
}
