import { reply, route } from "@openspeed/core";
import { z } from "zod";
import { db, noSuchTicket, ticket } from "../../../../src/providers.ts";
import { changeTicket, deleteTicket } from "../../../../src/tickets/store.ts";
import { Ticket, TicketChange } from "../../../../src/tickets/ticket.ts";

const params = z.object({ id: z.uuid() });

export const GET = route({ summary: "One ticket", use: [ticket], params, output: Ticket }, ({ ticket }) => ticket);

export const PATCH = route(
  {
    summary: "Change a ticket",
    use: [db, ticket],
    params,
    body: TicketChange,
    output: Ticket,
    problems: { noSuchTicket },
  },
  async ({ db, ticket, body, fail }) => (await changeTicket(db, ticket.id, body)) ?? fail.noSuchTicket(),
);

export const DELETE = route(
  { summary: "Remove a ticket and its comments", use: [db, ticket], params, output: { 204: null } },
  async ({ db, ticket }) => {
    await deleteTicket(db, ticket.id);
    return reply(204);
  },
);
