import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The files that every subject of the suite `static` serves under `/assets/`. */
export const files = [
  { name: "small.css", content: "p{}\n".repeat(256), connections: 48 },
  { name: "large.css", content: "p{}\n".repeat(256 * 1024), connections: 8 },
] as const;

/** Where they lie. */
export const root: string = join(tmpdir(), "openspeed-bench-static");

export function writeTree(): void {
  mkdirSync(root, { recursive: true });
  for (const { name, content } of files) writeFileSync(join(root, name), content);
}
