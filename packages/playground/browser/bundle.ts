// Writes what browsers load into src/browser-code.ts: `npm run bundle` in this package. A test tells when it is stale.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import type { BrowserFiles } from "../src/unpacked.ts";

export async function bundle(): Promise<BrowserFiles> {
  const build = await rolldown({
    input: fileURLToPath(new URL("main.tsx", import.meta.url)),
    platform: "browser",
    tsconfig: false,
    transform: {
      target: "es2022",
      jsx: { runtime: "automatic", importSource: "preact" },
      define: { "process.env.NODE_ENV": JSON.stringify("production") },
    },
  });
  const { output } = await build.generate({ format: "esm", minify: true });
  await build.close();
  const css = await readFile(new URL("style.css", import.meta.url), "utf8");
  return { script: output[0].code, style: css.replace(/\/\*.*?\*\//gs, "").replace(/\s*\n\s*/g, "\n") };
}

/** The module that holds them; written so that the formatter has nothing to change. */
function moduleOf({ script, style }: BrowserFiles): string {
  const packed = (text: string): string => gzipSync(text, { level: 9 }).toString("base64");
  return `// Generated from browser/ by \`npm run bundle\`; base64 of gzip. Do not edit.
export const script: string =
  "${packed(script)}";
export const style: string =
  "${packed(style)}";
`;
}

if (import.meta.main) await writeFile(new URL("../src/browser-code.ts", import.meta.url), moduleOf(await bundle()));
