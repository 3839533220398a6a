import type { Scan } from "../src/generate.ts";

/** What `expected.txt` of a case shows: the table in columns, then what is wrong. */
export function tableOf({ routes, faults }: Scan): string {
  const rows = routes.map(({ method, path, kind, file, uses, layouts, params }) => {
    const matchers = Object.entries(params).flatMap(([name, matcher]) =>
      matcher === "" ? [] : [`${name}=${matcher}`],
    );
    return [method, path, kind, file, said("matchers", matchers), said("uses", uses), said("layouts", layouts)];
  });
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .filter((cell) => cell !== "")
      .join("  "),
  );
  const wrong = faults.map(({ code, where, message, mend }) => `${code} ${where}\n  ${message}\n  ${mend}`);
  return [...lines, ...wrong].map((line) => `${line}\n`).join("");
}

function said(what: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `${what}: ${items.join(", ")}`;
}
