import { route } from "@openspeed/core";
import { page } from "@openspeed/pages";
import { listOrganisations } from "../../../src/organisations.ts";
import { db, person } from "../../../src/providers.ts";
import { waitingFor } from "../../../src/tickets/tally.ts";
import { Home } from "../../../src/ui/home.tsx";

export const loader = route({ use: [db, person] }, async ({ db, person }) => ({
  person,
  organisations: await listOrganisations(db),
  waiting: person === undefined ? [] : await waitingFor(db, person, 6),
  now: Date.now(),
}));

export default page({ loader, head: { title: "Organisations" } }, ({ person, organisations, waiting, now }) => (
  <Home person={person} organisations={organisations} waiting={waiting} now={now} />
));
