import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readDocument, type Document } from "./document.ts";

/** What is written for users: the two READMEs, the guides, each package's README. */
export function readDocuments(workspace: string): readonly Document[] {
  return globSync(["README.md", "README.th.md", "docs/**/*.md", "packages/README.md", "packages/*/README.md"], {
    cwd: workspace,
  })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted()
    .map((path) => readDocument(path, readFileSync(join(workspace, path), "utf8")));
}
