import { type Problem, problem, provide } from "@openspeed/core";
import { z } from "zod";

export const Note = z.object({ id: z.int(), text: z.string().min(1).max(280), done: z.boolean() });
export type Note = z.infer<typeof Note>;

export const NewNote = Note.pick({ text: true });
export const NoteChange = Note.omit({ id: true }).partial();

/** Made once, when the app starts. Another `scope` and a `dispose` make it a database's connection. */
export const notes = provide("notes", { scope: "app" }, () => new Map<number, Note>());

export const noSuchNote: Problem<404, undefined> = problem(404, "No such note");
