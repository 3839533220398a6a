import type { CheckReport } from "../check/check-project.ts";
import type { InheritedRoute } from "../check/inherited.ts";
import { printDiagnostics } from "./diagnostics.ts";
import { count, table } from "./table.ts";
import type { Style } from "./terminal.ts";

export function printCheck({ routes, findings, written, inherited }: CheckReport, root: string, style: Style): string {
  const blocks = [
    ...(inherited.length === 0 ? [] : [printInherited(inherited, style)]),
    ...(written.length === 0 ? [] : [written.map((file) => `${style.green("wrote")} ${file}`).join("\n")]),
    ...(findings.length === 0 ? [] : [printDiagnostics(findings, root, style)]),
    findings.length === 0
      ? style.green(`${count(routes ?? 0, "route")}, nothing wrong.`)
      : style.red(`${count(findings.length, "finding")}.`),
  ];
  return blocks.join("\n\n");
}

function printInherited(routes: readonly InheritedRoute[], style: Style): string {
  return routes
    .map(({ key, file, from }) => {
      const rows = from.map(({ file: use, items }) => [use, items.join(", ")]);
      const lines = rows.length === 0 ? style.dim("inherits nothing") : table(rows, paint);
      return `${style.cyan(key)}  ${style.dim(file)}\n${lines.replaceAll(/^/gm, "    ")}`;
    })
    .join("\n");

  function paint(cell: string, column: number): string {
    return column === 0 ? style.dim(cell) : cell;
  }
}
