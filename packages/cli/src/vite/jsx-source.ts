import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const DEFAULT_SOURCE = "preact";

/** Where JSX comes from: `compilerOptions.jsxImportSource` of the project's tsconfig.json or of what it extends; else Preact. */
export function jsxSource(root: string): string {
  return sourceIn(resolve(root, "tsconfig.json"), new Set()) ?? DEFAULT_SOURCE;
}

function sourceIn(file: string, seen: Set<string>): string | undefined {
  if (seen.has(file)) return undefined;
  seen.add(file);
  const text = textOf(file);
  if (text === undefined) return undefined;
  const own = /"jsxImportSource"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  if (own !== undefined) return own;
  const parent = /"extends"\s*:\s*"(\.[^"]+)"/.exec(text)?.[1];
  if (parent === undefined) return undefined;
  const path = resolve(dirname(file), parent);
  return sourceIn(path.endsWith(".json") ? path : `${path}.json`, seen);
}

/** Without comments; a string that holds two slashes stays whole. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replaceAll(
      /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
      (_, string?: string) => string ?? "",
    );
  } catch {
    return undefined; // a project in JavaScript needs none
  }
}
