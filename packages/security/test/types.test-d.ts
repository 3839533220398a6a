import { problem, type ProblemsOf, provide, route } from "@openspeed/core";
import { client, concurrency, idempotency, ipList, networkOf, rateLimit } from "../src/index.ts";
import { redisStore } from "../src/redis.ts";

const user = provide("user", { problems: { unauthenticated: problem(401, "Sign in") } }, () => ({ id: 7 }));

const POST = route(
  {
    use: [
      ipList({ allow: ["private"] }),
      rateLimit({ limit: 1, window: "1m", use: [user], by: ({ user }) => user.id }),
      concurrency({ limit: 1, use: [client], by: ({ client }) => client.address }),
      idempotency({ by: ({ route }) => route }),
    ],
  },
  () => "in",
);

/** All that the items may answer with reaches the client's types, that of what they use too. */
type Names = ProblemsOf<typeof POST>["name"];
const names: Record<Names, true> = {
  addressRefused: true,
  unauthenticated: true,
  tooManyRequests: true,
  limitUnavailable: true,
  busy: true,
  tooManyAtOnce: true,
  idempotencyKeyMissing: true,
  idempotencyKeyReused: true,
  requestUnderWay: true,
  answerNotKept: true,
  idempotencyUnavailable: true,
};
export const all: readonly Names[] = Object.keys(names) as Names[];

rateLimit({ limit: 1, window: "1m", use: [client], by: ({ client }) => networkOf(client) });

// @ts-expect-error: `by` sees what `use` gives, and nothing else
rateLimit({ limit: 1, window: "1m", by: ({ user }) => user.id });
// @ts-expect-error: a window is a duration
rateLimit({ limit: 1, window: "1 minute" });
// @ts-expect-error: a key is text or a number
concurrency({ limit: 1, by: () => ({}) });
// @ts-expect-error: nobody is exempt from idempotency
idempotency({ by: () => undefined });
// @ts-expect-error: a store needs a client
redisStore({});
