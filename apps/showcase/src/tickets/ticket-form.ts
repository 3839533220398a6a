/** What a ticket's page can send: a comment, or a change. */
import { z } from "zod";
import type { Person } from "../people.ts";
import { Priority, State } from "./ticket.ts";

export const TicketForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("comment"),
    body: z.string().trim().min(1, "Write something first.").max(20_000, "That is too long for one comment."),
    // Which of the two buttons was pressed.
    after: z.enum(["stay", "solved"]).default("stay"),
  }),
  z.object({
    intent: z.literal("change"),
    state: State,
    priority: Priority,
    assignee: z
      .string()
      .trim()
      .max(100)
      .transform((name) => (name === "" ? null : name)),
  }),
]);

/** A comment with its author's signature below. */
export function signed(body: string, { signature }: Pick<Person, "signature">): string {
  return signature === "" ? body : `${body}\n\n${signature}`;
}
