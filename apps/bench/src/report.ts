import type { Row } from "./row.ts";

/** The rows as tables for a terminal: one per case and metric, the best first. */
export function report(rows: readonly Row[]): string {
  const groups = Map.groupBy(rows, (row) => `${row.suite} · ${row.case} · ${row.metric}`);
  return [...groups].map(([title, group]) => `${title}\n${table(group)}`).join("\n\n");
}

const heads = ["subject", "median", "quartiles", "min", "max", "ratio", "quartiles"];

function table(rows: readonly Row[]): string {
  const lines = rows
    .toSorted((a, b) => a.median - b.median)
    .map((row) => [
      row.subject,
      figure(row.median),
      between(row.q1, row.q3),
      figure(row.min),
      figure(row.max),
      row.ratio === null ? "" : ratio(row.ratio),
      row.ratioQ1 === null || row.ratioQ3 === null ? "" : `${ratio(row.ratioQ1)} – ${ratio(row.ratioQ3)}`,
    ]);
  const cells = [heads, ...lines];
  const widths = heads.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) => `  ${line.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join("  ")}`.trimEnd())
    .join("\n");
}

/** Words to the left, figures to the right. */
function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function between(low: number, high: number): string {
  return `${figure(low)} – ${figure(high)}`;
}

function ratio(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
