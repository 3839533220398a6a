/** A new ticket as a form sends it: texts, some of them empty, tags in one line. */
import { z } from "zod";
import { NewTicket, Priority, State } from "./ticket.ts";

export const NewTicketForm = z.object({
  title: z
    .string()
    .trim()
    .min(3, "Give it a title of at least three letters.")
    .max(200, "A title has at most 200 letters."),
  requester: z.email("This is no mail address.").max(254),
  description: NewTicket.shape.description,
  priority: Priority.default("normal"),
  state: State.default("open"),
  assignee: z
    .string()
    .trim()
    .max(100)
    .default("")
    .transform((name) => (name === "" ? null : name)),
  tags: z
    .string()
    .default("")
    .transform((text) =>
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    )
    .pipe(NewTicket.shape.tags.unwrap()),
});
