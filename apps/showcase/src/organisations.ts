import type { Client } from "@libsql/client";
import { z } from "zod";
import { Priority, priorityAt, rankOf } from "./tickets/ticket.ts";

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "A slug is small letters and digits, with hyphens between.")
  .min(2)
  .max(40);

export const Organisation = z
  .object({
    slug: z.string(),
    name: z.string(),
    tickets: z.int(),
    open: z.int().describe("How many of its tickets are open or pending."),
    createdAt: z.iso.datetime(),
  })
  .meta({ title: "Organisation" });
export type Organisation = z.infer<typeof Organisation>;

export const NewOrganisation = z.strictObject({ slug: Slug, name: z.string().trim().min(2).max(100) });
export type NewOrganisation = z.infer<typeof NewOrganisation>;

const select = `
  SELECT o.slug, o.name, o.created_at AS createdAt, count(t.row) AS tickets, count(t.row) FILTER (WHERE t.state IN ('open', 'pending')) AS open
  FROM organisations AS o LEFT JOIN tickets AS t ON t.organisation = o.slug`;

export async function listOrganisations(db: Client): Promise<Organisation[]> {
  const { rows } = await db.execute(`${select} GROUP BY o.slug ORDER BY o.name`);
  return rows.map((row) => Organisation.parse(row));
}

export async function findOrganisation(db: Client, slug: string): Promise<Organisation | undefined> {
  const { rows } = await db.execute({ sql: `${select} WHERE o.slug = ? GROUP BY o.slug`, args: [slug] });
  return rows[0] === undefined ? undefined : Organisation.parse(rows[0]);
}

/** `false` if the slug is taken. */
export async function createOrganisation(
  db: Client,
  { slug, name }: NewOrganisation,
  now: Date = new Date(),
): Promise<boolean> {
  const { rowsAffected } = await db.execute({
    sql: "INSERT INTO organisations (slug, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    args: [slug, name, now.toISOString()],
  });
  return rowsAffected > 0;
}

/** How an organisation works with its tickets. */
export const OrganisationSettings = z.object({
  name: NewOrganisation.shape.name,
  contact: z.union([z.literal(""), z.email("This is no mail address.").max(254)]).default(""),
  defaultPriority: Priority,
});
export type OrganisationSettings = z.infer<typeof OrganisationSettings>;

export async function findSettings(db: Client, slug: string): Promise<OrganisationSettings | undefined> {
  const { rows } = await db.execute({
    sql: "SELECT name, contact, default_priority AS rank FROM organisations WHERE slug = ?",
    args: [slug],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  return OrganisationSettings.parse({ ...row, defaultPriority: priorityAt(Number(row["rank"])) });
}

export async function changeSettings(db: Client, slug: string, chosen: OrganisationSettings): Promise<void> {
  await db.execute({
    sql: "UPDATE organisations SET name = ?, contact = ?, default_priority = ? WHERE slug = ?",
    args: [chosen.name, chosen.contact, rankOf(chosen.defaultPriority), slug],
  });
}
