import { form, problem, route } from "@openspeed/core";
import { page, redirect } from "@openspeed/pages";
import { z } from "zod";
import { changeRole, listPeople, Role } from "../../../../src/people.ts";
import { db, staff } from "../../../../src/providers.ts";
import { AdminPeople } from "../../../../src/ui/admin-people.tsx";

export const loader = route({ use: [db, staff] }, async ({ db, staff }) => ({ people: await listPeople(db), staff }));

export const action = route(
  {
    use: [db, staff],
    body: form(z.object({ person: z.string().max(100), role: Role })),
    problems: {
      oneself: problem(409, "You cannot change your own role"),
      nobody: problem(404, "There is no such person"),
    },
  },
  async ({ db, staff, body, fail }) => {
    if (body.person === staff.id) return fail.oneself("Another of Desk's own people can.");
    if (!(await changeRole(db, body.person, body.role))) return fail.nobody();
    return redirect("/admin/people");
  },
);

export default page({ loader, action, head: { title: "People" } }, ({ people, staff, form }) => (
  <AdminPeople people={people} self={staff.id} refused={form.problem?.title} />
));
