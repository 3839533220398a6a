/** Where the next page begins: an opaque text for clients, a place in one sort order for us. */
import { z } from "zod";

export const Sort = z.enum(["-created", "created", "-updated", "updated", "-priority", "priority"]);
export type Sort = z.infer<typeof Sort>;

const Place = z.tuple([Sort, z.union([z.string(), z.number()]), z.string()]);

/** The last ticket of a page: the order that it was read in, its value in that order, and its id, which settles ties. */
export type Place = z.infer<typeof Place>;

export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

export const Cursor = z
  .string()
  .max(300)
  .transform((text, ctx): Place => {
    const place = Place.safeParse(parseJson(Buffer.from(text, "base64url").toString()));
    if (place.success) return place.data;
    ctx.addIssue("Take the cursor from `next` of the page before, as it is.");
    return z.NEVER;
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
