import { form, route } from "@openspeed/core";
import { page, redirect } from "@openspeed/pages";
import { changeNotifications, Notifications } from "../../../../../src/people.ts";
import { db, member } from "../../../../../src/providers.ts";
import { NotificationsForm } from "../../../../../src/ui/notifications-form.tsx";

export const loader = route({ use: [member] }, ({ member }) => ({ member }));

export const action = route({ use: [db, member], body: form(Notifications) }, async ({ db, member, body }) => {
  await changeNotifications(db, member.id, body);
  return redirect("/settings/notifications?saved");
});

export default page({ loader, action, head: { title: "Notifications" } }, ({ member, form }) => (
  <NotificationsForm person={member} sent={form} />
));
