import { execFile } from "node:child_process";
import { join, relative, resolve } from "node:path";
import type { Fault, Project } from "./project.ts";

const workspace = join(import.meta.dirname, "../../..");

/** Type-checks all projects below `root` in one run of tsc, and says where in the documents it finds something. */
export async function typeFaults(projects: readonly Project[], root: string): Promise<readonly Fault[]> {
  const places = new Map<string, { readonly document: string; readonly line: number }>();
  for (const { name, document, files } of projects) {
    for (const { path, block } of files) places.set(`${name}/${path}`, { document, line: block.line });
  }
  const output = await tsc(root);
  const faults = new Set<Fault>();
  for (const line of output.split("\n")) {
    const [, file = "", row = "", message = ""] = /^(.+?)[(:](\d+)[,:]\d+\)?(?: - |: )(.*)$/.exec(line) ?? [];
    const path = relative(root, resolve(workspace, file)).replaceAll("\\", "/");
    const place = places.get(path);
    if (place !== undefined) faults.add(`${place.document}:${place.line + Number(row) - 1}: ${message}`);
    // Packages are read from their sources, which `npm run check` checks with their own settings. An indented line
    // explains the one before it.
    else if (/error TS\d+/.test(line) && !(file !== "" && path.startsWith(".."))) faults.add(line);
  }
  return [...faults];
}

function tsc(root: string): Promise<string> {
  const bin = join(workspace, "node_modules/typescript/bin/tsc");
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [bin, "-b", root, "--pretty", "false"],
      { cwd: workspace, maxBuffer: 2 ** 26 },
      // Findings are no failure of the run.
      (error, stdout, stderr) =>
        error === null || stdout !== "" ? resolve(stdout) : reject(new Error(stderr, { cause: error })),
    );
  });
}
