import { matched, reply, route } from "@openspeed/core";
import { Note, NoteChange, noSuchNote, notes } from "../../src/notes.ts";
import type { Params } from "./$types/[id=int].js";

// [id=int] takes whole numbers only, so `params.id` is a number: /notes/seven is a 404 that never comes here.
const params = matched<Params>();
const problems = { noSuchNote };

export const GET = route(
  { summary: "One note", use: [notes], params, output: Note, problems },
  ({ notes, params, fail }) => notes.get(params.id) ?? fail.noSuchNote(),
);

export const PATCH = route(
  { summary: "Change a note", use: [notes], params, body: NoteChange, output: Note, problems },
  ({ notes, params, body, fail }) => {
    const note = { ...(notes.get(params.id) ?? fail.noSuchNote()), ...body };
    notes.set(note.id, note);
    return note;
  },
);

export const DELETE = route(
  { summary: "Remove a note", use: [notes], params, output: { 204: null }, problems },
  ({ notes, params, fail }) => (notes.delete(params.id) ? reply(204) : fail.noSuchNote()),
);
