/** Lists of tickets: filters, full text, order and pages. */
import type { Client, InValue } from "@libsql/client";
import { z } from "zod";
import { Cursor, type Place, Sort, writeCursor } from "./cursor.ts";
import { Priority, rankOf, selectTickets, State, Tag, Ticket, ticketOf } from "./ticket.ts";

const Filter = {
  state: z.array(State).optional().describe("One or several: ?state=open&state=pending"),
  priority: z.array(Priority).optional(),
  assignee: z.string().optional().describe("A name, or `none` for tickets that nobody has."),
  tag: z.array(Tag).optional().describe("Several: tickets that have all of them."),
  q: z.string().trim().min(1).max(200).optional().describe("Words of title or description; each may be a beginning."),
};

export const TicketFilter = z.object(Filter);
export type TicketFilter = z.infer<typeof TicketFilter>;

export const TicketQuery = z
  .object({
    ...Filter,
    sort: Sort.default("-created"),
    limit: z.int().min(1).max(100).default(20),
    cursor: Cursor.optional(),
  })
  .refine(({ cursor, sort }) => cursor === undefined || cursor[0] === sort, {
    path: ["cursor"],
    error: "The cursor belongs to another sort.",
  });
export type TicketQuery = z.infer<typeof TicketQuery>;

export const TicketPage = z
  .object({
    tickets: z.array(Ticket),
    next: z.string().nullable().describe("The cursor of the next page; null on the last."),
  })
  .meta({ title: "TicketPage" });
export type TicketPage = z.infer<typeof TicketPage>;

/** A condition with the values of its question marks. */
export interface Condition {
  readonly sql: string;
  readonly args: readonly InValue[];
}

const orders: Readonly<
  Record<string, { readonly column: string; readonly valueOf: (ticket: Ticket) => string | number }>
> = {
  created: { column: "created_at", valueOf: (ticket) => ticket.createdAt },
  updated: { column: "updated_at", valueOf: (ticket) => ticket.updatedAt },
  priority: { column: "priority", valueOf: (ticket) => rankOf(ticket.priority) },
};

/** One page. Paging by the last ticket's place, not by a count, neither skips nor repeats when tickets come and go. */
export async function listTickets(db: Client, organisation: string, query: TicketQuery): Promise<TicketPage> {
  const { sort, limit, cursor } = query;
  const falling = sort.startsWith("-");
  const order = orders[falling ? sort.slice(1) : sort];
  if (order === undefined) throw new Error(`There is no order named ${sort}.`);

  const conditions = [
    ...conditionsOf(organisation, query),
    ...(cursor === undefined ? [] : [after(order.column, falling, cursor)]),
  ];
  const direction = falling ? "DESC" : "ASC";
  const { rows } = await db.execute({
    sql: `${selectTickets} WHERE ${conditions.map(({ sql }) => sql).join(" AND ")} ORDER BY t.${order.column} ${direction}, t.id ${direction} LIMIT ?`,
    args: [...conditions.flatMap(({ args }) => args), limit + 1],
  });
  const tickets = rows.slice(0, limit).map(ticketOf);
  const last = tickets.at(-1);
  return {
    tickets,
    next: rows.length > limit && last !== undefined ? writeCursor([sort, order.valueOf(last), last.id]) : null,
  };
}

/** How many tickets a filter finds on all pages together. */
export async function countTickets(db: Client, organisation: string, filter: TicketFilter): Promise<number> {
  const conditions = conditionsOf(organisation, filter);
  const { rows } = await db.execute({
    sql: `SELECT count(*) AS found FROM tickets AS t WHERE ${conditions.map(({ sql }) => sql).join(" AND ")}`,
    args: conditions.flatMap(({ args }) => args),
  });
  return Number(rows[0]?.["found"] ?? 0);
}

function after(column: string, falling: boolean, [, value, id]: Place): Condition {
  return { sql: `(t.${column}, t.id) ${falling ? "<" : ">"} (?, ?)`, args: [value, id] };
}

export function conditionsOf(organisation: string, { state, priority, assignee, tag, q }: TicketFilter): Condition[] {
  const conditions: Condition[] = [{ sql: "t.organisation = ?", args: [organisation] }];
  if (state !== undefined) conditions.push(oneOf("t.state", state));
  if (priority !== undefined) conditions.push(oneOf("t.priority", priority.map(rankOf)));
  if (assignee === "none") conditions.push({ sql: "t.assignee IS NULL", args: [] });
  else if (assignee !== undefined) conditions.push({ sql: "t.assignee = ?", args: [assignee] });
  for (const each of tag ?? [])
    conditions.push({ sql: "t.row IN (SELECT ticket FROM ticket_tags WHERE tag = ?)", args: [each] });
  if (q !== undefined)
    conditions.push({
      sql: "t.row IN (SELECT rowid FROM tickets_text WHERE tickets_text MATCH ?)",
      args: [matchOf(q)],
    });
  return conditions;
}

function oneOf(column: string, values: readonly InValue[]): Condition {
  return { sql: `${column} IN (${values.map(() => "?").join(", ")})`, args: values };
}

/** Every word as a quoted beginning, so that nothing in it is an operator of FTS5. */
function matchOf(q: string): string {
  const words = q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length === 0 ? '""' : words.map((word) => `"${word}"*`).join(" ");
}
