/** Everything in Desk, counted. */
import type { Client } from "@libsql/client";
import { z } from "zod";

const Totals = z.object({
  organisations: z.number(),
  people: z.number(),
  tickets: z.number(),
  waiting: z.number(),
  unassigned: z.number(),
  comments: z.number(),
});

const Load = z.object({
  slug: z.string(),
  name: z.string(),
  open: z.number(),
  pending: z.number(),
  urgent: z.number(),
  agents: z.number(),
});

export interface Overview {
  readonly totals: z.infer<typeof Totals>;
  /** By organisation, the busiest first. */
  readonly load: readonly z.infer<typeof Load>[];
}

export async function overview(db: Client): Promise<Overview> {
  const [totals, load] = await db.batch(
    [
      `SELECT (SELECT count(*) FROM organisations) AS organisations, (SELECT count(*) FROM people) AS people,
        (SELECT count(*) FROM comments) AS comments, count(*) AS tickets,
        count(*) FILTER (WHERE state IN ('open', 'pending')) AS waiting,
        count(*) FILTER (WHERE state IN ('open', 'pending') AND assignee IS NULL) AS unassigned
      FROM tickets`,
      `SELECT o.slug, o.name, count(t.row) FILTER (WHERE t.state = 'open') AS open,
        count(t.row) FILTER (WHERE t.state = 'pending') AS pending,
        count(t.row) FILTER (WHERE t.state IN ('open', 'pending') AND t.priority = 4) AS urgent,
        (SELECT count(*) FROM people AS p WHERE p.organisation = o.slug) AS agents
      FROM organisations AS o LEFT JOIN tickets AS t ON t.organisation = o.slug
      GROUP BY o.slug ORDER BY open + pending DESC, o.name`,
    ],
    "read",
  );
  return { totals: Totals.parse(totals?.rows[0]), load: (load?.rows ?? []).map((row) => Load.parse(row)) };
}
