import { EXIT } from "../exit.ts";
import type { GraphDiff, RouteName, UnprotectedRoute } from "../graph/diff.ts";
import { count } from "./table.ts";
import type { Style } from "./terminal.ts";

/** What `--allow` may take out of the exit code. */
export type Kind = "changes" | "unprotected";

export function exitCodeOf({ removed, changed, unprotected }: GraphDiff, allow: readonly Kind[]): number {
  if (unprotected.length > 0 && !allow.includes("unprotected")) return EXIT.unprotected;
  return removed.length + changed.length > 0 && !allow.includes("changes") ? EXIT.found : EXIT.fine;
}

/** The gravest first. */
export function printDiff({ added, removed, changed, unprotected }: GraphDiff, style: Style): string {
  const blocks = [
    section("Newly unprotected", unprotected, style.red, "!", (route) => [whyUnprotected(route)]),
    section("Removed", removed, style.red, "-", () => []),
    section("Changed", changed, style.yellow, "~", ({ changes }) => changes.map(({ what, how }) => `${what}: ${how}`)),
    section("Added", added, style.green, "+", () => []),
  ].filter((block) => block !== undefined);
  const summary = [
    `${added.length} added`,
    `${removed.length} removed`,
    `${changed.length} changed`,
    `${unprotected.length} newly unprotected`,
  ].join(", ");
  return blocks.length === 0 ? "Nothing differs." : `${blocks.join("\n\n")}\n\n${summary}.`;

  function section<T extends RouteName>(
    title: string,
    routes: readonly T[],
    paint: (text: string) => string,
    mark: string,
    details: (route: T) => readonly string[],
  ): string | undefined {
    if (routes.length === 0) return undefined;
    const lines = routes.flatMap((route) => [
      `${paint(`${mark} ${route.key}`)}${route.source === undefined ? "" : `  ${style.dim(route.source)}`}`,
      ...details(route).map((detail) => `    ${detail}`),
    ]);
    return [style.bold(`${title}: ${count(routes.length, "route")}`), ...lines.map((line) => `  ${line}`)].join("\n");
  }
}

function whyUnprotected({ new: isNew, lost }: UnprotectedRoute): string {
  return isNew ? "new, and does not say who may call it" : `lost ${lost.join(", ")}`;
}
