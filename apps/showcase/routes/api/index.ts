import { route } from "@openspeed/core";
import { z } from "zod";
import { listOrganisations, Organisation } from "../../src/organisations.ts";
import { db } from "../../src/providers.ts";

const Index = z.object({
  name: z.literal("Desk"),
  organisations: z.array(Organisation.extend({ url: z.string() })),
  routes: z.record(z.string(), z.string()),
});

export const GET = route({ summary: "What is there", use: [db], output: Index }, async ({ db }) => ({
  name: "Desk" as const,
  organisations: (await listOrganisations(db)).map((organisation) => ({
    ...organisation,
    url: `/api/organisations/${organisation.slug}`,
  })),
  routes: {
    "GET /api/organisations": "all organisations; POST creates one",
    "GET /api/organisations/:org": "one organisation",
    "GET /api/organisations/:org/tickets":
      "its tickets: state, priority, assignee, tag, q, sort, limit, cursor; POST creates one",
    "POST /api/organisations/:org/tickets/import": "tickets from CSV, with a report of the rows that were refused",
    "GET /api/organisations/:org/tickets/export": "its tickets as CSV, with the same filters",
    "GET /api/tickets/:id": "one ticket; PATCH changes it, DELETE removes it",
    "GET /api/tickets/:id/comments": "a ticket's comments; POST adds one",
  },
}));
