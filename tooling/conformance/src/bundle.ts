import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where tests live that need nothing but the web's standards. */
const ROOMS = ["../test/", "../../../packages/core/test/", "../../../packages/security/test/web/"] as const;
/** What starts the runtimes runs on none of them; what reads the kernel's source runs where that is. */
const NODE_ONLY = new Set(["runtimes.test.ts", "graph-schema.test.ts"]);
const ENTRY = "conformance:entry";

/** Every portable test in one ES module that exports `run`. */
export async function bundleSuite(): Promise<string> {
  const files = await testFiles();
  const entry = [
    ...files.map((file) => `import ${JSON.stringify(file)};`),
    `export { run } from ${JSON.stringify(here("./portable/vitest.ts"))};`,
  ].join("\n");
  const bundle = await rolldown({
    input: ENTRY,
    platform: "neutral",
    resolve: {
      conditionNames: ["@openspeed/source", "import", "browser", "default"],
      mainFields: ["module", "main"],
      alias: { vitest: here("./portable/vitest.ts"), "@openspeed/adapter-node": here("./portable/no-server.ts") },
    },
    plugins: [
      {
        name: "conformance-entry",
        resolveId: (id) => (id === ENTRY ? id : undefined),
        load: (id) => (id === ENTRY ? entry : undefined),
      },
    ],
    // The suite pollutes nothing and drops nothing: a test is all side effect.
    treeshake: false,
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

async function testFiles(): Promise<readonly string[]> {
  const found = await Promise.all(
    ROOMS.map(async (room) =>
      (await readdir(here(room)))
        .filter((name) => name.endsWith(".test.ts") && !NODE_ONLY.has(basename(name)))
        .map((name) => here(room) + name),
    ),
  );
  return found.flat().toSorted();
}
