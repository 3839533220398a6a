/** Who works with tickets, and how each of them wants it. */
import type { Client } from "@libsql/client";
import { z } from "zod";

export const Role = z.enum(["agent", "staff"]);
export type Role = z.infer<typeof Role>;

export const Digest = z.enum(["never", "daily", "weekly"]);
export type Digest = z.infer<typeof Digest>;

export const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  /** `null` for Desk's own people, who see all organisations. */
  organisation: z.string().nullable(),
  /** That organisation's name, or Desk's. */
  house: z.string(),
  signature: z.string(),
  shortcuts: z.boolean(),
  onAssigned: z.boolean(),
  onComment: z.boolean(),
  digest: Digest,
});
export type Person = z.infer<typeof Person>;

/** A checkbox of a form: not sent at all when it is not ticked. */
const Ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

export const Profile = z.object({
  name: z.string().trim().min(2, "Give a name of at least two letters.").max(100, "A name has at most 100 letters."),
  email: z.email("This is no mail address.").max(254),
  signature: z.string().trim().max(500, "A signature has at most 500 letters.").default(""),
  shortcuts: Ticked,
});
export type Profile = z.infer<typeof Profile>;

export const Notifications = z.object({ onAssigned: Ticked, onComment: Ticked, digest: Digest });
export type Notifications = z.infer<typeof Notifications>;

const select = `
  SELECT id, name, email, role, organisation, signature, coalesce((SELECT o.name FROM organisations AS o WHERE o.slug = organisation), 'Desk') AS house, shortcuts, on_assigned AS onAssigned, on_comment AS onComment, digest
  FROM people`;

const Flag = z.number().transform((value) => value === 1);
const Row = Person.extend({ shortcuts: Flag, onAssigned: Flag, onComment: Flag });

/** `"Dr Hannah Okafor"` is `dr-hannah-okafor`. */
export function personId(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^A-Za-z ]/g, "")
    .toLowerCase()
    .replaceAll(" ", "-");
}

export async function findPerson(db: Client, id: string): Promise<Person | undefined> {
  const { rows } = await db.execute({ sql: `${select} WHERE id = ?`, args: [id] });
  return rows[0] === undefined ? undefined : Row.parse(rows[0]);
}

/** Everybody: Desk's own first, then by organisation and name. */
export async function listPeople(db: Client): Promise<Person[]> {
  const { rows } = await db.execute(`${select} ORDER BY organisation IS NOT NULL, organisation, name`);
  return rows.map((row) => Row.parse(row));
}

/** Whom a ticket can be given to: its organisation's people. */
export async function listAgents(db: Client, organisation: string): Promise<string[]> {
  const { rows } = await db.execute({
    sql: "SELECT name FROM people WHERE organisation = ? ORDER BY name",
    args: [organisation],
  });
  return rows.map((row) => String(row["name"]));
}

/** Changes a person, and the name on their tickets with it. `false` if somebody else has the mail address. */
export async function changeProfile(db: Client, person: Person, profile: Profile): Promise<boolean> {
  const { rows } = await db.execute({
    sql: "SELECT id FROM people WHERE email = ? AND id <> ?",
    args: [profile.email, person.id],
  });
  if (rows.length > 0) return false;
  await db.batch(
    [
      {
        sql: "UPDATE people SET name = ?, email = ?, signature = ?, shortcuts = ? WHERE id = ?",
        args: [profile.name, profile.email, profile.signature, profile.shortcuts ? 1 : 0, person.id],
      },
      {
        sql: "UPDATE tickets SET assignee = ? WHERE assignee = ? AND organisation = ?",
        args: [profile.name, person.name, person.organisation],
      },
    ],
    "write",
  );
  return true;
}

export async function changeNotifications(db: Client, id: string, chosen: Notifications): Promise<void> {
  await db.execute({
    sql: "UPDATE people SET on_assigned = ?, on_comment = ?, digest = ? WHERE id = ?",
    args: [chosen.onAssigned ? 1 : 0, chosen.onComment ? 1 : 0, chosen.digest, id],
  });
}

export async function changeRole(db: Client, id: string, role: Role): Promise<boolean> {
  const { rowsAffected } = await db.execute({ sql: "UPDATE people SET role = ? WHERE id = ?", args: [role, id] });
  return rowsAffected === 1;
}
