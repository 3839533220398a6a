import { z } from "zod";

export const ROUTES = 300;

/** Each route has a schema of its own, as in an app that nobody generated. */
export function paramsOf(): z.ZodObject<{ id: z.ZodCoercedNumber }> {
  return z.object({ id: z.coerce.number().int() });
}

/** The first request, and what every subject answers to it. */
export const FIRST = { path: `/r${ROUTES - 1}/7`, body: JSON.stringify({ route: ROUTES - 1, id: 7 }) } as const;
