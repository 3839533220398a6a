import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

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
    const code = output.map((file) => (file.type === "chunk" ? file.code : "")).join("");
    return { minified: Buffer.byteLength(code), gzipped: gzipSync(code, { level: 9 }).length };
  } finally {
    await bundle.close();
  }
}
