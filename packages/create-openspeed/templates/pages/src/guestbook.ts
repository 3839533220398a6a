import { type Problem, problem, provide } from "@openspeed/core";
import { z } from "zod";

export const MESSAGE_LENGTH = 200;

export const NewEntry = z.object({
  name: z.string().trim().min(1, "Who are you?").max(40, "40 letters at most"),
  message: z
    .string()
    .trim()
    .min(3, "A few words more, please")
    .max(MESSAGE_LENGTH, `${MESSAGE_LENGTH} letters at most`),
});

export interface Entry extends z.infer<typeof NewEntry> {
  readonly id: number;
}

/** In memory: made once, when the app starts. A database's connection would be made, and disposed of, in its place. */
export const guestbook = provide("guestbook", { scope: "app" }, (): Entry[] => [
  { id: 1, name: "Ada", message: "The pages came before the scripts. I like that." },
]);

export const noSuchEntry: Problem<404, undefined> = problem(404, "No such entry");
