import { route } from "@openspeed/core";
import { layout } from "@openspeed/pages";
import styles from "../../src/desk.css?url";
import { documentHead } from "../../src/document-head.ts";
import { listOrganisations } from "../../src/organisations.ts";
import { listPeople } from "../../src/people.ts";
import { db, person, picking, tally } from "../../src/providers.ts";
import { Shell } from "../../src/ui/shell.tsx";

const loader = route({ use: [db, person, picking, tally] }, async ({ db, person, picking, tally }) => ({
  person,
  tally,
  people: picking ? await listPeople(db) : [],
  organisations: await listOrganisations(db),
}));

export default layout({ loader, head: documentHead(styles) }, ({ children, params, organisations, ...props }) => (
  <Shell {...props} organisations={organisations} org={organisations.find(({ slug }) => slug === params["org"])?.slug}>
    {children}
  </Shell>
));
