import { route } from "@openspeed/core";
import { bindings } from "../../src/bindings.ts";

export const GET = route(
  { summary: "A greeting, in the words that the platform is configured with", use: [bindings] },
  ({ bindings, params }) => `${bindings.GREETING}, ${params.name}!`,
);
