import { matched, route } from "@openspeed/core";
import { page } from "@openspeed/pages";
import { listAgents } from "../../../../../../src/people.ts";
import { db, organisation, person } from "../../../../../../src/providers.ts";
import { countTickets, listTickets } from "../../../../../../src/tickets/list.ts";
import { ListSearch, queryOf } from "../../../../../../src/tickets/list-search.ts";
import { TicketsView } from "../../../../../../src/ui/tickets-view.tsx";
import type { Params } from "./$types/page.js";

export const loader = route(
  { use: [db, organisation, person], params: matched<Params>(), query: ListSearch },
  async ({ db, organisation, person, query: search }) => {
    const query = queryOf(search);
    const [{ tickets, next }, found, agents] = await Promise.all([
      listTickets(db, organisation.slug, query),
      countTickets(db, organisation.slug, query),
      listAgents(db, organisation.slug),
    ]);
    return { organisation, mayChange: person !== undefined, search, tickets, next, found, agents, now: Date.now() };
  },
);

export default page({ loader, head: ({ organisation }) => ({ title: `Tickets of ${organisation.name}` }) }, (props) => (
  <TicketsView {...props} />
));
