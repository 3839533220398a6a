import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type OutputChunk, rolldown } from "rolldown";

export interface Bytes {
  readonly minified: number;
  readonly gzipped: number;
}

/** A subject's smallest app, bundled and minified. Node's own modules stay outside. */
export async function bytesOf(subject: string, platform: "neutral" | "node"): Promise<Bytes> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(`./smallest/subjects/${subject}.ts`, import.meta.url)),
    platform,
    external: /^node:/,
    logLevel: "silent",
    resolve: {
      conditionNames: ["@openspeed/source", "import", "module", ...(platform === "node" ? ["node"] : []), "default"],
      mainFields: ["module", "main"],
    },
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
  });
  try {
    const { output } = await bundle.generate({ format: "esm", minify: true });
    const code = loadedBy(output);
    return { minified: Buffer.byteLength(code), gzipped: gzipSync(code, { level: 9 }).length };
  } finally {
    await bundle.close();
  }
}

/** The entry with the chunks that always come with it. What stands behind `import()` is loaded by apps that use it. */
function loadedBy(output: readonly { readonly type: string }[]): string {
  const chunks = output.filter((file): file is OutputChunk => file.type === "chunk");
  const reached = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const { imports } of reached) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) reached.add(chunk);
  }
  return [...reached].map(({ code }) => code).join("");
}
