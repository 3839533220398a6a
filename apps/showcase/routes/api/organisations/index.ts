import { problem, reply, route } from "@openspeed/core";
import { z } from "zod";
import {
  createOrganisation,
  findOrganisation,
  listOrganisations,
  NewOrganisation,
  Organisation,
} from "../../../src/organisations.ts";
import { db } from "../../../src/providers.ts";

export const GET = route(
  { summary: "All organisations, by name", use: [db], output: z.object({ organisations: z.array(Organisation) }) },
  async ({ db }) => ({ organisations: await listOrganisations(db) }),
);

export const POST = route(
  {
    summary: "Create an organisation",
    use: [db],
    body: NewOrganisation,
    output: { 201: Organisation },
    problems: { taken: problem(409, "An organisation has this slug", z.object({ slug: z.string() })) },
  },
  async ({ db, body, fail }) => {
    if (!(await createOrganisation(db, body))) return fail.taken({ slug: body.slug });
    const created = await findOrganisation(db, body.slug);
    if (created === undefined) throw new Error(`Organisation ${body.slug} was inserted and is not there.`);
    return reply(201, created, { location: `/api/organisations/${created.slug}` });
  },
);
