import type { Client } from "@libsql/client";
import { stringify } from "csv-stringify/sync";
import { guardFormula } from "./csv.ts";
import { conditionsOf, type TicketFilter } from "./list.ts";
import { selectTickets, ticketOf } from "./ticket.ts";

const PAGE = 500;
const HEADER = [
  "id",
  "number",
  "title",
  "description",
  "state",
  "priority",
  "requester",
  "assignee",
  "tags",
  "created_at",
  "updated_at",
];

/** Tickets as CSV (RFC 4180), by their numbers; one page of them is in memory at a time. */
export async function* exportTickets(
  db: Client,
  organisation: string,
  filter: TicketFilter,
): AsyncGenerator<string, void, undefined> {
  yield stringify([HEADER], { record_delimiter: "windows" });
  const conditions = conditionsOf(organisation, filter);
  let last = 0;
  for (let full = true; full;) {
    const { rows } = await db.execute({
      sql: `${selectTickets} WHERE ${conditions.map(({ sql }) => sql).join(" AND ")} AND t.number > ? ORDER BY t.number LIMIT ?`,
      args: [...conditions.flatMap(({ args }) => args), last, PAGE],
    });
    full = rows.length === PAGE;
    const records = rows.map(ticketOf).map((ticket) => {
      last = ticket.number;
      return [
        ticket.id,
        String(ticket.number),
        guardFormula(ticket.title),
        guardFormula(ticket.description),
        ticket.state,
        ticket.priority,
        guardFormula(ticket.requester),
        guardFormula(ticket.assignee ?? ""),
        ticket.tags.join(" "),
        ticket.createdAt,
        ticket.updatedAt,
      ];
    });
    if (records.length > 0) yield stringify(records, { record_delimiter: "windows" });
  }
}
