/** Writing tickets. Several tickets go in one statement, as JSON, whether one is created or five hundred are imported. */
import type { Client, InStatement } from "@libsql/client";
import { uuid7 } from "../identifier.ts";
import { type NewTicket, rankOf, selectTickets, type Ticket, type TicketChange, ticketOf } from "./ticket.ts";

export interface Insert extends NewTicket {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The statements that insert tickets of one organisation, numbered on from its last. */
export function insertStatements(organisation: string, tickets: readonly Insert[]): InStatement[] {
  const list = JSON.stringify(
    tickets.map((ticket) => ({ ...ticket, priority: rankOf(ticket.priority), tags: [...new Set(ticket.tags)] })),
  );
  return [
    {
      sql: `
        INSERT INTO tickets (id, organisation, number, title, description, state, priority, requester, assignee, created_at, updated_at)
        SELECT value ->> 'id', ?1, (SELECT coalesce(max(number), 0) FROM tickets WHERE organisation = ?1) + key + 1,
          value ->> 'title', value ->> 'description', value ->> 'state', value ->> 'priority', value ->> 'requester', value ->> 'assignee',
          value ->> 'createdAt', value ->> 'updatedAt'
        FROM json_each(?2)`,
      args: [organisation, list],
    },
    {
      sql: `
        INSERT INTO ticket_tags (tag, ticket)
        SELECT tag.value, tickets.row
        FROM json_each(?1) AS given, json_each(given.value, '$.tags') AS tag
        JOIN tickets ON tickets.id = given.value ->> 'id'`,
      args: [list],
    },
  ];
}

export async function createTicket(db: Client, organisation: string, ticket: NewTicket): Promise<Ticket> {
  const now = new Date();
  const id = uuid7(now.getTime());
  await db.batch(
    insertStatements(organisation, [{ ...ticket, id, createdAt: now.toISOString(), updatedAt: now.toISOString() }]),
    "write",
  );
  const created = await findTicket(db, id);
  if (created === undefined) throw new Error(`Ticket ${id} was inserted and is not there.`);
  return created;
}

export async function findTicket(db: Client, id: string): Promise<Ticket | undefined> {
  const { rows } = await db.execute({ sql: `${selectTickets} WHERE t.id = ?`, args: [id] });
  return rows[0] === undefined ? undefined : ticketOf(rows[0]);
}

/** A ticket as people name it: by its number in its organisation. */
export async function findNumbered(db: Client, organisation: string, number: number): Promise<Ticket | undefined> {
  const { rows } = await db.execute({
    sql: `${selectTickets} WHERE t.organisation = ? AND t.number = ?`,
    args: [organisation, number],
  });
  return rows[0] === undefined ? undefined : ticketOf(rows[0]);
}

const columns: Readonly<Record<Exclude<keyof TicketChange, "tags">, string>> = {
  title: "title",
  description: "description",
  state: "state",
  priority: "priority",
  requester: "requester",
  assignee: "assignee",
};

/** `undefined` if the ticket is not there, or no more. */
export async function changeTicket(
  db: Client,
  id: string,
  { tags, ...change }: TicketChange,
): Promise<Ticket | undefined> {
  const values = { ...change, ...(change.priority === undefined ? {} : { priority: rankOf(change.priority) }) };
  const sets = Object.entries(columns).flatMap(([key, column]) => {
    const value = Object.entries(values).find(([name]) => name === key)?.[1];
    return value === undefined ? [] : [{ column, value }];
  });
  const statements: InStatement[] = [
    {
      sql: `UPDATE tickets SET ${[...sets.map(({ column }) => `${column} = ?`), "updated_at = ?"].join(", ")} WHERE id = ?`,
      args: [...sets.map(({ value }) => value), new Date().toISOString(), id],
    },
  ];
  if (tags !== undefined) {
    statements.push(
      { sql: "DELETE FROM ticket_tags WHERE ticket = (SELECT row FROM tickets WHERE id = ?)", args: [id] },
      {
        sql: "INSERT OR IGNORE INTO ticket_tags (tag, ticket) SELECT value, row FROM json_each(?), tickets WHERE tickets.id = ?",
        args: [JSON.stringify(tags), id],
      },
    );
  }
  await db.batch(statements, "write");
  return findTicket(db, id);
}

export async function deleteTicket(db: Client, id: string): Promise<boolean> {
  const { rowsAffected } = await db.execute({ sql: "DELETE FROM tickets WHERE id = ?", args: [id] });
  return rowsAffected > 0;
}
