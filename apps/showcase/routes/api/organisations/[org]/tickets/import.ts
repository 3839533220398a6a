import { priority, problem, route, stream } from "@openspeed/core";
import { z } from "zod";
import { recordImport } from "../../../../../src/imports.ts";
import { db, organisation } from "../../../../../src/providers.ts";
import { readRecords } from "../../../../../src/tickets/csv.ts";
import { HeaderFault, ImportReport, importTickets, readHeader, Rejections } from "../../../../../src/tickets/import.ts";

export const POST = route(
  {
    summary: "Import tickets from CSV",
    description:
      "Rows are stored as they arrive, 200 at a time; a row that is refused is in the report and stops no other.",
    use: [db, organisation, priority("low")],
    params: z.object({ org: z.string() }),
    body: stream(["text/csv"]),
    limits: { body: "64MiB", handler: "10m" },
    output: ImportReport,
    problems: { badHeader: problem(422, "The first line does not name the columns", HeaderFault) },
  },
  async ({ db, organisation, body, fail, signal }) => {
    const started = performance.now();
    const rejections = new Rejections();
    const onFault = (line: number, message: string): void => rejections.add([{ line, column: null, message }]);
    const records = readRecords(body, { signal, onFault });
    const first = await records.next();
    const { columns, fault } = readHeader(first.done === true ? undefined : first.value);
    if (fault !== undefined) {
      await records.return();
      return fail.badHeader(fault);
    }
    const report = await importTickets(db, organisation.slug, columns, records, rejections);
    await recordImport(db, organisation.slug, report, performance.now() - started);
    return report;
  },
);
