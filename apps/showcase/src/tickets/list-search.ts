/** The list's address is its state: what a form without scripts sends, blanks included. */
import { z } from "zod";
import { TicketQuery } from "./list.ts";
import { Priority, State, Tag } from "./ticket.ts";

const PAGE = 25;

function orBlank<S extends z.ZodType>(schema: S) {
  return z
    .union([z.literal(""), schema])
    .optional()
    .transform((value) => (value === "" ? undefined : value));
}

export const ListSearch = z.object({
  state: z.array(State).optional(),
  priority: orBlank(Priority),
  assignee: orBlank(z.string().max(100)),
  tag: orBlank(Tag),
  q: orBlank(z.string().trim().max(200)),
  sort: TicketQuery.shape.sort,
  cursor: TicketQuery.shape.cursor,
});
export type ListSearch = z.infer<typeof ListSearch>;

/** The same as the list's query; a cursor of another order begins anew. */
export function queryOf({ priority, tag, cursor, sort, ...same }: ListSearch): TicketQuery {
  return {
    ...same,
    sort,
    priority: priority === undefined ? undefined : [priority],
    tag: tag === undefined ? undefined : [tag],
    cursor: cursor?.[0] === sort ? cursor : undefined,
    limit: PAGE,
  };
}
