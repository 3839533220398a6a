import { policy, problem, provide } from "@openspeed/core";

export const log = provide("log", {}, () => console);

export const user = provide(
  "user",
  { problems: { unauthorized: problem(401, "Sign in") }, meta: [policy({ kind: "signed-in" })] },
  ({ header, fail }) => header("authorization") ?? fail.unauthorized(),
);
