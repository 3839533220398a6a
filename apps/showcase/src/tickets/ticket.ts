/** What a ticket is, to clients and to the database. */
import { z } from "zod";

export const State = z.enum(["open", "pending", "solved", "closed"]);
export type State = z.infer<typeof State>;

const priorities = ["low", "normal", "high", "urgent"] as const;
export const Priority = z.enum(priorities);
export type Priority = z.infer<typeof Priority>;

/** Priorities are stored as ranks, so that they can be sorted. */
export function rankOf(priority: Priority): number {
  return priorities.indexOf(priority) + 1;
}

export function priorityAt(rank: number): Priority {
  return priorities[rank - 1] ?? "normal";
}

export const Tag = z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/, "A tag is 1 to 30 small letters, digits and hyphens.");

export const Ticket = z
  .object({
    id: z.uuid(),
    organisation: z.string(),
    number: z.int().positive().describe("Counts the tickets of one organisation."),
    title: z.string(),
    description: z.string(),
    state: State,
    priority: Priority,
    requester: z.string(),
    assignee: z.string().nullable(),
    tags: z.array(z.string()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ title: "Ticket" });
export type Ticket = z.infer<typeof Ticket>;

const fields = {
  title: z.string().trim().min(3).max(200),
  description: z.string().trim().max(20_000),
  state: State,
  priority: Priority,
  requester: z.email().max(254),
  assignee: z.string().trim().min(1).max(100).nullable(),
  tags: z.array(Tag).max(10),
};

export const NewTicket = z.strictObject({
  ...fields,
  description: fields.description.default(""),
  state: fields.state.default("open"),
  priority: fields.priority.default("normal"),
  assignee: fields.assignee.default(null),
  tags: fields.tags.default([]),
});
export type NewTicket = z.infer<typeof NewTicket>;

export const TicketChange = z
  .strictObject(fields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Say at least one thing to change.");
export type TicketChange = z.infer<typeof TicketChange>;

/** A row of {@link selectTickets}. */
const Row = z.object({
  id: z.string(),
  organisation: z.string(),
  number: z.number(),
  title: z.string(),
  description: z.string(),
  state: State,
  priority: z.number(),
  requester: z.string(),
  assignee: z.string().nullable(),
  tags: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

export const selectTickets = `
  SELECT t.id, t.organisation, t.number, t.title, t.description, t.state, t.priority, t.requester, t.assignee, t.created_at, t.updated_at,
    (SELECT json_group_array(tag) FROM (SELECT tag FROM ticket_tags WHERE ticket = t.row ORDER BY tag)) AS tags
  FROM tickets AS t`;

const Tags = z.array(z.string());

export function ticketOf(row: unknown): Ticket {
  const { created_at, updated_at, priority, tags, ...same } = Row.parse(row);
  return {
    ...same,
    priority: priorityAt(priority),
    tags: Tags.parse(JSON.parse(tags)),
    createdAt: created_at,
    updatedAt: updated_at,
  };
}
