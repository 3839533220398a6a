import { reply, route } from "@openspeed/core";
import { z } from "zod";
import { db, organisation } from "../../../../../src/providers.ts";
import { listTickets, TicketPage, TicketQuery } from "../../../../../src/tickets/list.ts";
import { createTicket } from "../../../../../src/tickets/store.ts";
import { NewTicket, Ticket } from "../../../../../src/tickets/ticket.ts";

const params = z.object({ org: z.string() });

export const GET = route(
  {
    summary: "An organisation's tickets: filtered, searched, sorted, in pages",
    use: [db, organisation],
    params,
    query: TicketQuery,
    output: TicketPage,
  },
  ({ db, organisation, query }) => listTickets(db, organisation.slug, query),
);

export const POST = route(
  { summary: "Create a ticket", use: [db, organisation], params, body: NewTicket, output: { 201: Ticket } },
  async ({ db, organisation, body }) => {
    const ticket = await createTicket(db, organisation.slug, body);
    return reply(201, ticket, { location: `/api/tickets/${ticket.id}` });
  },
);
