/** Tickets from CSV: every row is judged by itself, what is good is stored in batches, what is bad is told. */
import { setImmediate } from "node:timers/promises";
import type { Client } from "@libsql/client";
import { z } from "zod";
import { uuid7 } from "../identifier.ts";
import { type CsvRecord, unguardFormula } from "./csv.ts";
import { type Insert, insertStatements } from "./store.ts";
import { NewTicket } from "./ticket.ts";

const BATCH = 200;
const ERRORS_SHOWN = 100;

const RowError = z.object({
  line: z.int().describe("The line in the file, the header being line 1."),
  column: z.string().nullable().describe("null where the whole row is wrong."),
  message: z.string(),
});
type RowError = z.infer<typeof RowError>;

export const ImportReport = z
  .object({
    imported: z.int(),
    rejected: z.int().describe("Rows; one row may have several errors."),
    errors: z.array(RowError).describe(`The first ${ERRORS_SHOWN}.`),
    errorsOmitted: z.int(),
  })
  .meta({ title: "ImportReport" });
export type ImportReport = z.infer<typeof ImportReport>;

const REQUIRED = ["title", "requester"];
const OPTIONAL = ["description", "state", "priority", "assignee", "tags", "created_at", "updated_at"];
/** An export has them; an imported ticket gets its own. */
const IGNORED = ["id", "number"];

export const HeaderFault = z.object({
  missing: z.array(z.string()),
  unknown: z.array(z.string()),
  repeated: z.array(z.string()),
});
export type HeaderFault = z.infer<typeof HeaderFault>;

/** The columns that a first line names, or what is wrong with it. */
export function readHeader(first: CsvRecord | undefined): {
  readonly columns: readonly string[];
  readonly fault: HeaderFault | undefined;
} {
  const columns = (first?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const fault = {
    missing: REQUIRED.filter((name) => !columns.includes(name)),
    unknown: columns.filter((name) => ![...REQUIRED, ...OPTIONAL, ...IGNORED].includes(name)).slice(0, 20),
    repeated: columns.filter((name, index) => columns.indexOf(name) !== index).slice(0, 20),
  };
  return { columns, fault: Object.values(fault).some((names) => names.length > 0) ? fault : undefined };
}

const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const Row = NewTicket.extend({
  tags: z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,;]+/).filter((tag) => tag !== ""))
    .pipe(NewTicket.shape.tags.unwrap()),
  created_at: Time.optional(),
  updated_at: Time.optional(),
});

/** What was refused, without keeping more of it than is told. */
export class Rejections {
  rows = 0;
  omitted = 0;
  readonly errors: RowError[] = [];

  add(errors: readonly RowError[]): void {
    this.rows++;
    for (const error of errors) {
      if (this.errors.length < ERRORS_SHOWN) this.errors.push(error);
      else this.omitted++;
    }
  }
}

export async function importTickets(
  db: Client,
  organisation: string,
  columns: readonly string[],
  records: AsyncIterable<CsvRecord>,
  rejections: Rejections,
): Promise<ImportReport> {
  let imported = 0;
  let batch: Insert[] = [];
  const store = async (): Promise<void> => {
    await db.batch(insertStatements(organisation, batch), "write");
    imported += batch.length;
    batch = [];
    // The database works in this thread, so others get their turn between two batches.
    await setImmediate();
  };
  for await (const record of records) {
    const { ticket, errors } = readRow(record, columns);
    if (ticket === undefined) rejections.add(errors);
    else batch.push(ticket);
    if (batch.length === BATCH) await store();
  }
  if (batch.length > 0) await store();
  const errors = rejections.errors.toSorted((a, b) => a.line - b.line);
  return { imported, rejected: rejections.rows, errors, errorsOmitted: rejections.omitted };
}

type ReadRow =
  | { readonly ticket: Insert; readonly errors?: undefined }
  | { readonly ticket?: undefined; readonly errors: readonly RowError[] };

function readRow({ line, cells }: CsvRecord, columns: readonly string[]): ReadRow {
  if (cells.length !== columns.length) {
    return {
      errors: [{ line, column: null, message: `The row has ${cells.length} cells, the header ${columns.length}.` }],
    };
  }
  const values: Record<string, string> = {};
  for (const [index, name] of columns.entries()) {
    const cell = unguardFormula(cells[index] ?? "");
    if (cell !== "" && !IGNORED.includes(name)) values[name] = cell; // an empty cell says nothing, so the default holds
  }
  const row = Row.safeParse(values);
  if (!row.success) {
    return {
      errors: row.error.issues.map(({ path, message }) => ({
        line,
        column: path[0] === undefined ? null : String(path[0]),
        message,
      })),
    };
  }
  const { created_at, updated_at, ...ticket } = row.data;
  const now = Date.now();
  const createdAt = created_at ?? new Date(now).toISOString();
  return { ticket: { ...ticket, id: uuid7(now), createdAt, updatedAt: updated_at ?? createdAt } };
}
