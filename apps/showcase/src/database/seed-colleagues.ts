import type { Client } from "@libsql/client";
import { personId } from "../people.ts";
import { businesses } from "./seed-text.ts";

const STARTED = "2025-08-02T08:00:00.000Z";

/** Desk's own: they see all organisations and administer them. */
const staff: readonly string[] = ["Maya Lindgren", "Arthit Kaewkla"];

/** The demonstration's people: the agents of each organisation that is there, and Desk's own staff. */
export async function seedPeople(db: Client): Promise<void> {
  const people = [
    ...businesses.flatMap(({ slug, agents }) => agents.map((name) => ({ name, organisation: slug, host: slug }))),
    ...staff.map((name) => ({ name, organisation: null, host: "desk" })),
  ].map(({ name, organisation, host }) => {
    const id = personId(name);
    return { id, name, organisation, email: `${id.replaceAll("-", ".")}@${host}.example` };
  });
  await db.batch(
    [
      {
        sql: `INSERT INTO people (id, name, email, role, organisation, created_at)
          SELECT value ->> 'id', value ->> 'name', value ->> 'email', iif(value ->> 'organisation' IS NULL, 'staff', 'agent'), value ->> 'organisation', ?2
          FROM json_each(?1)
          WHERE value ->> 'organisation' IS NULL OR value ->> 'organisation' IN (SELECT slug FROM organisations)
          ON CONFLICT DO NOTHING`,
        args: [JSON.stringify(people), STARTED],
      },
      ...businesses.map(({ slug }) => ({
        sql: "UPDATE organisations SET contact = ? WHERE slug = ? AND contact = ''",
        args: [`support@${slug}.example`, slug],
      })),
    ],
    "write",
  );
}
