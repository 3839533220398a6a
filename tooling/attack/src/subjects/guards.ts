/** The ways to guard a route, all made of the same check: what may differ is only where it stands. */
import {
  middleware,
  policy,
  problem,
  provide,
  type Declared,
  type Middleware,
  type Problem,
  type Provider,
} from "@openspeed/core";
import { callerOf, isEntitled } from "../ledger.ts";

type Unauthenticated = Declared<{ readonly unauthenticated: Problem<401, undefined> }, []>;

const problems = { unauthenticated: problem(401, "Say who you are") };
const meta = [policy({ kind: "caller" })];

/** A policy as a provider: gives `caller`. */
export const caller: Provider<"caller", string, Unauthenticated> = provide(
  "caller",
  { problems, meta },
  ({ header, fail }) => callerOf(header) ?? fail.unauthenticated(),
);

/** The same as a middleware. */
export const callersOnly: Middleware<Unauthenticated> = middleware(
  "callersOnly",
  { problems, meta },
  ({ header, fail }, next) => (callerOf(header) === undefined ? fail.unauthenticated() : next()),
);

/** Judges the values that the handler gets: the param `id` names the caller. */
export const selfOnly: Middleware<Declared<{ readonly notYours: Problem<403, undefined> }, readonly [typeof caller]>> =
  middleware(
    "selfOnly",
    { use: [caller], problems: { notYours: problem(403, "Not yours") }, meta: [policy({ kind: "self" })] },
    ({ caller, params, fail }, next) => (isEntitled("self", caller, params["id"]) ? next() : fail.notYours()),
  );
