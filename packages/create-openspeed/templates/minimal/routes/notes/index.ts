import { reply, route } from "@openspeed/core";
import { z } from "zod";
import { NewNote, Note, notes } from "../../src/notes.ts";

export const GET = route(
  {
    summary: "All notes, or those that are done or not",
    use: [notes],
    query: z.object({ done: z.boolean().optional() }),
    output: z.array(Note),
  },
  ({ notes, query }) => [...notes.values()].filter(({ done }) => query.done === undefined || done === query.done),
);

export const POST = route(
  { summary: "A new note", use: [notes], body: NewNote, output: { 201: Note } },
  ({ notes, body }) => {
    const id = Math.max(0, ...notes.keys()) + 1;
    const note = { id, text: body.text, done: false };
    notes.set(id, note);
    return reply(201, note, { location: `/notes/${id}` });
  },
);
