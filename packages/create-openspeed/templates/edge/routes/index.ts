import { route } from "@openspeed/core";

export const GET = route({ summary: "What is there" }, () => ({
  routes: ["/hello/:name", "/hash", "/countdown?from=3"],
}));
