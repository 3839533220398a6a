import { form, problem, reply, route } from "@openspeed/core";
import { page, redirect } from "@openspeed/pages";
import { z } from "zod";
import { findPerson, listPeople } from "../../../../src/people.ts";
import { personCookie } from "../../../../src/person-cookie.ts";
import { db, person, picking } from "../../../../src/providers.ts";
import { PickForm } from "../../../../src/ui/person-menu.tsx";

/** A path of Desk itself, so that nobody can be sent away by a link. */
const Back = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])/)
  .catch("/");

export const loader = route(
  { use: [db, person, picking], query: z.object({ back: Back.optional() }) },
  async ({ db, person, picking, query }) => ({
    person,
    people: picking ? await listPeople(db) : [],
    back: query.back ?? "/",
  }),
);

export const action = route(
  {
    use: [db, picking],
    body: form(z.object({ person: z.string().max(100), back: Back })),
    problems: {
      noPicking: problem(403, "Nobody can be picked here"),
      nobody: problem(404, "There is no such person"),
    },
  },
  async ({ db, picking, body, fail }) => {
    if (!picking) return fail.noPicking("Picking a person is for development; sign-in comes with a later version.");
    if (body.person !== "" && (await findPerson(db, body.person)) === undefined) return fail.nobody();
    const { headers } = redirect(body.back);
    return reply(303, undefined, { ...headers, "set-cookie": personCookie(body.person) });
  },
);

export default page({ loader, action, head: { title: "Choose who you are" } }, ({ person, people, back, form }) => (
  <div class="stack">
    <div>
      <h1>Choose who you are</h1>
      <p class="muted">
        {people.length === 0
          ? "Desk has no sign-in yet. Outside of development everybody is a guest, who can read and change nothing."
          : "Desk has no sign-in yet. While it is developed you can be anybody."}
      </p>
    </div>
    {form.problem === undefined ? null : (
      <p class="notice bad" role="alert">
        {form.problem.detail ?? form.problem.title}
      </p>
    )}
    {people.length === 0 ? null : (
      <div class="card padded panel">
        <PickForm person={person} people={people} back={back} />
      </div>
    )}
  </div>
));
