import { form, route } from "@openspeed/core";
import { page, redirect, refuseForm } from "@openspeed/pages";
import { createOrganisation, listOrganisations, NewOrganisation } from "../../../../src/organisations.ts";
import { db } from "../../../../src/providers.ts";
import { AdminOrganisations } from "../../../../src/ui/admin-organisations.tsx";

export const loader = route({ use: [db] }, async ({ db }) => ({ organisations: await listOrganisations(db) }));

export const action = route({ use: [db], body: form(NewOrganisation) }, async ({ db, body }) => {
  if (!(await createOrganisation(db, body))) refuseForm({ slug: "Another organisation has this short name." });
  return redirect(`/admin/organisations?created=${body.slug}`);
});

export default page({ loader, action, head: { title: "Organisations" } }, ({ organisations, form, url }) => (
  <AdminOrganisations organisations={organisations} sent={form} created={url.searchParams.get("created")} />
));
