import { form, problem, route } from "@openspeed/core";
import { page, redirect } from "@openspeed/pages";
import { changeSettings, findSettings, OrganisationSettings } from "../../../../../src/organisations.ts";
import { db, member } from "../../../../../src/providers.ts";
import { OrganisationForm } from "../../../../../src/ui/organisation-form.tsx";

export const loader = route({ use: [db, member] }, async ({ db, member: { organisation } }) => ({
  settings: organisation === null ? undefined : await findSettings(db, organisation),
}));

export const action = route(
  {
    use: [db, member],
    body: form(OrganisationSettings),
    problems: { noOrganisation: problem(409, "Desk's own people belong to no organisation") },
  },
  async ({ db, member: { organisation }, body, fail }) => {
    if (organisation === null) return fail.noOrganisation();
    await changeSettings(db, organisation, body);
    return redirect("/settings/organisation?saved");
  },
);

export default page({ loader, action, head: { title: "Organisation" } }, ({ settings, form }) => (
  <OrganisationForm settings={settings} sent={form} />
));
