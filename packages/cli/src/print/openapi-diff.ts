import type { Change, Effect } from "@openspeed/openapi";
import { EXIT } from "../exit.ts";
import { count } from "./table.ts";
import type { Style } from "./terminal.ts";

/** What `--allow` may take out of the exit code. */
export type Allowed = Exclude<Effect, "documentation">;

export function exitCodeOf(changes: readonly Change[], allow: readonly Allowed[]): number {
  const counts = (effect: Allowed): boolean =>
    !allow.includes(effect) && changes.some((change) => change.effect === effect);
  return counts("breaking") ? EXIT.breaking : counts("additive") ? EXIT.found : EXIT.fine;
}

/** The gravest first. */
export function printOpenApiDiff(changes: readonly Change[], style: Style): string {
  if (changes.length === 0) return "Nothing differs.";
  const of = (effect: Effect): readonly Change[] => changes.filter((change) => change.effect === effect);
  const blocks = [
    section("Breaking", of("breaking"), style.red, "!"),
    section("Additive", of("additive"), style.green, "+"),
    section("Documentation", of("documentation"), style.dim, "~"),
  ].filter((block) => block !== undefined);
  const summary = [
    `${of("breaking").length} breaking`,
    `${of("additive").length} additive`,
    `${of("documentation").length} of documentation`,
  ].join(", ");
  return `${blocks.join("\n\n")}\n\n${summary}.`;

  function section(
    title: string,
    some: readonly Change[],
    paint: (text: string) => string,
    mark: string,
  ): string | undefined {
    if (some.length === 0) return undefined;
    const lines = [...Map.groupBy(some, ({ operation }) => operation)].flatMap(([operation, each]) => [
      paint(`${mark} ${operation}`),
      ...each.map(({ place, message }) => `    ${place === "" ? "" : `${place}: `}${message}`),
    ]);
    return [style.bold(`${title}: ${count(some.length, "change")}`), ...lines.map((line) => `  ${line}`)].join("\n");
  }
}
