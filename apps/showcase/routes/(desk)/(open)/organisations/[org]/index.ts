import { route } from "@openspeed/core";
import { redirect } from "@openspeed/pages";
import { organisation } from "../../../../../src/providers.ts";

export const GET = route({ use: [organisation] }, ({ organisation }) =>
  redirect(`/organisations/${organisation.slug}/tickets?state=open&state=pending`),
);
