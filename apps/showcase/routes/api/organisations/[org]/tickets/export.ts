import { priority, reply, route } from "@openspeed/core";
import { z } from "zod";
import { db, organisation } from "../../../../../src/providers.ts";
import { exportTickets } from "../../../../../src/tickets/export.ts";
import { TicketFilter } from "../../../../../src/tickets/list.ts";

export const GET = route(
  {
    summary: "An organisation's tickets as CSV, oldest first",
    use: [db, organisation, priority("low")],
    params: z.object({ org: z.string() }),
    query: TicketFilter,
    offers: ["text/csv"],
    limits: { handler: "10m" },
  },
  ({ db, organisation, query }) =>
    reply(200, exportTickets(db, organisation.slug, query), {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${organisation.slug}-tickets.csv"`,
    }),
);
