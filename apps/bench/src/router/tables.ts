import { readFileSync } from "node:fs";
import { tableRoute, type TableRoute } from "./route.ts";

export const sizes = [10, 100, 1000, 10_000] as const;

/** The routes that every synthetic table holds, whatever its size. */
export const SAMPLE = 10;

export const tables: readonly string[] = ["github", ...sizes.map((size) => `synthetic-${size}`)];

export function tableNamed(name: string): TableRoute[] {
  if (name === "github") return github();
  const size = Number(/^synthetic-(\d+)$/.exec(name)?.[1]);
  if (!(size > 0)) throw new Error(`No table is called "${name}"`);
  return synthetic(size);
}

/** GitHub's REST API: see `tables/README.md`. */
function github(): TableRoute[] {
  const text = readFileSync(new URL("./tables/github.txt", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line, index) => {
    const [method = "", pattern = ""] = line.split(" ");
    return tableRoute(method, pattern, index);
  });
}

/** Resources of five routes each, three of them with params. A smaller table is the beginning of every larger one. */
function synthetic(size: number): TableRoute[] {
  const resources = Array.from({ length: Math.ceil(size / 5) }, (_, i) => `/api/v1/${word(i)}`);
  return resources
    .flatMap((path) => [
      ["GET", path],
      ["GET", `${path}/:id`],
      ["GET", `${path}/:id/items/:item`],
      ["GET", `${path}/archive/all`],
      ["POST", `${path}/:id`],
    ])
    .slice(0, size)
    .map(([method = "", pattern = ""], index) => tableRoute(method, pattern, index));
}

const syllables = ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "ru", "sa", "te", "vi"];

/** The n-th of many different words that share beginnings, as names of resources do. */
function word(n: number): string {
  // 13 is prime and 2,197 its third power: every n below it has its own three syllables, spread by the factor.
  const spread = (n * 1009) % 2197;
  const three = [spread, Math.floor(spread / 13), Math.floor(spread / 169)].map((i) => syllables[i % 13]).join("");
  return `${three}s`;
}
