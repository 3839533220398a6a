import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

/**
 * Puts into one file what the entry reaches without `import()`: an app's own bundle and the chunks that always come with
 * it. Chunks behind `import()` are loaded by apps that use what is in them, so they do not count.
 */
const staticClosure = {
  name: "static-closure",
  setup({ initialOptions, onEnd }) {
    onEnd(async ({ metafile: { outputs } }) => {
      const entry = resolve(initialOptions.entryPoints[0]);
      const main = Object.keys(outputs).find((path) => resolve(outputs[path].entryPoint ?? "") === entry);
      const reached = new Set([main]);
      for (const path of reached) {
        for (const next of outputs[path].imports) if (next.kind === "import-statement") reached.add(next.path);
      }
      await writeFile(main, Buffer.concat(await Promise.all([...reached].map((path) => readFile(path)))));
      for (const path of Object.keys(outputs)) if (path !== main) delete outputs[path];
    });
  },
};

export default [
  {
    // `createApp` brings the whole class along, so this is any app that takes no more than a handler at a path.
    name: "an app with createApp and get",
    path: "packages/core/src/index.ts",
    import: "{ createApp }",
    limit: "10 kB",
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...config, format: "esm", splitting: true, plugins: [staticClosure] }),
  },
  {
    name: "a client",
    path: "packages/client/src/index.ts",
    import: "{ createClient }",
    limit: "3 kB",
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...config, format: "esm", splitting: true, plugins: [staticClosure] }),
  },
];
