import { route } from "@openspeed/core";
import { z } from "zod";
import { Organisation } from "../../../../src/organisations.ts";
import { organisation } from "../../../../src/providers.ts";

export const GET = route(
  { summary: "One organisation", use: [organisation], params: z.object({ org: z.string() }), output: Organisation },
  ({ organisation }) => organisation,
);
