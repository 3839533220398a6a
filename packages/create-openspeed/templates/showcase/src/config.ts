import { provide } from "@openspeed/core";
import { z } from "zod";

const Config = z.object({
  DATABASE_URL: z.string().default("file:.data/gallery.db"),
  /** Who knows it may add and remove pictures; without one, nobody may. */
  EDITOR_TOKEN: z.string().min(8, "EDITOR_TOKEN must have 8 characters or more").optional(),
});
export type Config = z.infer<typeof Config>;

/** What the environment says, read once. */
export const config = provide("config", { scope: "app" }, () => Config.parse(process.env));
