import { route } from "@openspeed/core";

export const GET = route({ summary: "What is there" }, () => ({
  notes: "/notes",
  try: `curl localhost:3000/notes --json '{"text":"Water the plants"}'`,
}));
