/** Counts of tickets, for menus and overviews. */
import type { Client } from "@libsql/client";
import { z } from "zod";
import type { Person } from "../people.ts";
import { listTickets, TicketQuery } from "./list.ts";
import type { Ticket } from "./ticket.ts";

const Tally = z.object({
  all: z.number(),
  open: z.number(),
  unassigned: z.number(),
  urgent: z.number(),
  mine: z.number(),
});
export type Tally = z.infer<typeof Tally>;

/** What is left to do in an organisation; `mine` is what the named person has. */
export async function tallyOf(db: Client, organisation: string, name: string | undefined): Promise<Tally> {
  const { rows } = await db.execute({
    sql: `SELECT count(*) AS "all",
        count(*) FILTER (WHERE state IN ('open', 'pending')) AS open,
        count(*) FILTER (WHERE state IN ('open', 'pending') AND assignee IS NULL) AS unassigned,
        count(*) FILTER (WHERE state IN ('open', 'pending') AND priority = 4) AS urgent,
        count(*) FILTER (WHERE state IN ('open', 'pending') AND assignee = ?2) AS mine
      FROM tickets WHERE organisation = ?1`,
    args: [organisation, name ?? null],
  });
  return Tally.parse(rows[0]);
}

/** What a person has to do, the most urgent first; Desk's own people have no tickets. */
export async function waitingFor(db: Client, { organisation, name }: Person, limit: number): Promise<Ticket[]> {
  if (organisation === null) return [];
  const query = TicketQuery.parse({ state: ["open", "pending"], assignee: name, sort: "-priority", limit });
  return (await listTickets(db, organisation, query)).tickets;
}
