import { route } from "@openspeed/core";
import { z } from "zod";

/** Each item is sent as it is yielded: as a line of JSON, or as a server-sent event for who asks for that. */
export const GET = route(
  { summary: "A stream", query: z.object({ from: z.int().min(1).max(10).default(3) }) },
  async function* ({ query }) {
    for (let left = query.from; left >= 0; left--) yield { left };
  },
);
