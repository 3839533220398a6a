import { middleware, problem } from "@openspeed/core";
import { picking } from "./providers.ts";

/** Nobody signs in yet, so outside of development nobody may change anything. */
export const changesWhileDeveloping = middleware(
  "changesWhileDeveloping",
  { use: [picking], problems: { readOnly: problem(403, "Desk has no sign-in yet, so it can only be read") } },
  ({ method, picking, fail }, next) =>
    picking || method === "GET" || method === "HEAD"
      ? next()
      : fail.readOnly("Start it with NODE_ENV=development to change tickets."),
);
