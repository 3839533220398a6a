/** Rows as aligned columns, two blanks between them. Cells are plain text; `paint` colours what is aligned already. */
export function table(
  rows: readonly (readonly string[])[],
  paint: (cell: string, column: number, row: number) => string = (cell) => cell,
): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  return rows
    .map((row, index) =>
      row
        .map((cell, column) => {
          const last = row.slice(column + 1).every((after) => after === "");
          const space = last ? "" : " ".repeat((widths[column] ?? 0) - widthOf(cell));
          return last && cell === "" ? "" : paint(cell, column, index) + space;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const segments = new Intl.Segmenter("en");

/** As a terminal shows it: Thai vowels stand above and below, and take no place of their own. */
function widthOf(text: string): number {
  return [...segments.segment(text)].length;
}

/** `1 route`, `2 routes`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
