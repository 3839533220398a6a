import { form, route } from "@openspeed/core";
import { page, redirect, refuseForm } from "@openspeed/pages";
import { changeProfile, Profile } from "../../../../../src/people.ts";
import { db, member } from "../../../../../src/providers.ts";
import { ProfileForm } from "../../../../../src/ui/profile-form.tsx";

export const loader = route({ use: [member] }, ({ member }) => ({ member }));

export const action = route({ use: [db, member], body: form(Profile) }, async ({ db, member, body }) => {
  if (!(await changeProfile(db, member, body))) refuseForm({ email: "Somebody else has this address." });
  return redirect("/settings/profile?saved");
});

export default page({ loader, action, head: { title: "Profile" } }, ({ member, form }) => (
  <ProfileForm person={member} sent={form} isSent={form.sent} />
));
