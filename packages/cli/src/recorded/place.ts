import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Config } from "../config.ts";

/** Where the test of a recording is written: `test/NAME.test.ts`, unless somebody says. */
export function placeOfTest(recording: string, output: string | undefined): string {
  const place = output ?? `test/${basename(recording).replace(/\.json$/, "")}.test.ts`;
  return place.replaceAll("\\", "/").replace(/^\.\//, "");
}

/** How a test imports the app: by name, unless its module only has a default export. */
export async function exportOf({ root, app }: Config): Promise<"app" | "default"> {
  const text = await readFile(join(root, app), "utf8").catch(() => "");
  const named = /\bexport\s+(?:(?:const|let|var)\s+app\b|\{[^}]*\bapp\s*[,}])/.test(text);
  return named || !/\bexport\s+default\b/.test(text) ? "app" : "default";
}
