import { form, matched, route } from "@openspeed/core";
import { page, redirect } from "@openspeed/pages";
import { addComment, listComments } from "../../../../../../../src/comments.ts";
import { listAgents } from "../../../../../../../src/people.ts";
import { db, member, noSuchTicket, numbered, organisation, person } from "../../../../../../../src/providers.ts";
import { changeTicket } from "../../../../../../../src/tickets/store.ts";
import { signed, TicketForm } from "../../../../../../../src/tickets/ticket-form.ts";
import { TicketView } from "../../../../../../../src/ui/ticket-view.tsx";
import type { Params } from "./$types/page.js";

const params = matched<Params>();

export const loader = route(
  { use: [db, organisation, numbered, person], params },
  async ({ db, organisation, numbered: ticket, person }) => {
    const [comments, agents] = await Promise.all([listComments(db, ticket.id), listAgents(db, organisation.slug)]);
    return { organisation, ticket, comments, agents, person, now: Date.now() };
  },
);

export const action = route(
  { use: [db, member, numbered], params, body: form(TicketForm), problems: { noSuchTicket } },
  async ({ db, member, numbered: ticket, body, fail }) => {
    const here = `/organisations/${ticket.organisation}/tickets/${ticket.number}`;
    if (body.intent === "change") {
      const { intent: _, ...change } = body;
      await changeTicket(db, ticket.id, change);
      return redirect(`${here}?changed`);
    }
    const comment = await addComment(db, ticket.id, { author: member.name, body: signed(body.body, member) });
    if (comment === undefined) return fail.noSuchTicket();
    if (body.after === "solved") await changeTicket(db, ticket.id, { state: "solved" });
    return redirect(`${here}#comment-${comment.id}`);
  },
);

export default page(
  { loader, action, head: ({ ticket }) => ({ title: `#${ticket.number} ${ticket.title}` }) },
  ({ form, url, ...props }) => <TicketView {...props} sent={form} changed={url.searchParams.has("changed")} />,
);
