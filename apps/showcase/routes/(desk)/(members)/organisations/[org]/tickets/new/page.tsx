import { form, matched, route } from "@openspeed/core";
import { page, redirect } from "@openspeed/pages";
import { findSettings } from "../../../../../../../src/organisations.ts";
import { listAgents } from "../../../../../../../src/people.ts";
import { db, member, organisation } from "../../../../../../../src/providers.ts";
import { NewTicketForm } from "../../../../../../../src/tickets/new-ticket-form.ts";
import { createTicket } from "../../../../../../../src/tickets/store.ts";
import { NewTicketView } from "../../../../../../../src/ui/new-ticket-view.tsx";
import type { Params } from "./$types/page.js";

const params = matched<Params>();

export const loader = route({ use: [db, member, organisation], params }, async ({ db, organisation }) => ({
  organisation,
  agents: await listAgents(db, organisation.slug),
  priority: (await findSettings(db, organisation.slug))?.defaultPriority ?? "normal",
}));

export const action = route(
  { use: [db, member, organisation], params, body: form(NewTicketForm) },
  async ({ db, organisation, body }) => {
    const ticket = await createTicket(db, organisation.slug, body);
    return redirect(`/organisations/${organisation.slug}/tickets/${ticket.number}`);
  },
);

export default page({ loader, action, head: { title: "New ticket" } }, ({ form, ...props }) => (
  <NewTicketView {...props} sent={form} />
));
