/** CSV as people's spreadsheets write it (RFC 4180), read while it arrives. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";

export interface CsvRecord {
  /** The line that it begins on; the header is on line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvOptions {
  readonly signal?: AbortSignal;
  /** Told of a record that is no CSV; reading goes on behind it. */
  readonly onFault: (line: number, message: string) => void;
}

/** A record may have this many characters; a quote that is never closed would swallow the rest of the file otherwise. */
const RECORD_LIMIT = 128 * 1024;

export async function* readRecords(
  body: AsyncIterable<Uint8Array>,
  { signal, onFault }: CsvOptions,
): AsyncGenerator<CsvRecord, void, undefined> {
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: RECORD_LIMIT,
    relax_column_count: true, // counted where the columns are known
    relax_quotes: true, // a stray quote is text; refused, it would take the next rows along
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      const lines = error?.["lines"];
      onFault(typeof lines === "number" ? lines : 0, sentence(error?.code));
      return undefined;
    },
  });
  // The parser tells its reader why the body ended early, so there is nothing to add here.
  void pipeline(Readable.from(body), parser, signal === undefined ? {} : { signal }).catch(() => {});
  for await (const item of parser) {
    if (isRecord(item))
      yield {
        line: item.info.lines - item.record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0),
        cells: item.record,
      };
  }
}

function sentence(code: string | undefined): string {
  switch (code) {
    case "CSV_MAX_RECORD_SIZE":
      return `The row has more than ${RECORD_LIMIT} characters; is a quote not closed?`;
    case "CSV_QUOTE_NOT_CLOSED":
      return "A quote is not closed.";
    default:
      return "The row is no CSV.";
  }
}

function isRecord(
  item: unknown,
): item is { readonly record: readonly string[]; readonly info: { readonly lines: number } } {
  return typeof item === "object" && item !== null && "record" in item && Array.isArray(item.record) && "info" in item;
}

// A spreadsheet runs a cell that begins like a formula. The export puts ' before such a cell, the import takes it away again.
const FORMULA = /^[=+\-@\t\r]/;

export function guardFormula(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
