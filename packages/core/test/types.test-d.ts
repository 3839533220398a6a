// Held by the compiler: what must compile, and, after `@ts-expect-error`, what must not.
import * as v from "valibot";
import { type } from "arktype";
import { z } from "zod";
import {
  bytes,
  createApp,
  event,
  form,
  type InputOf,
  lazy,
  meta,
  middleware,
  type Outcome,
  type OutputOf,
  type ParamsOf,
  port,
  problem,
  type ProblemsOf,
  provide,
  type Provider,
  publicAccess,
  reply,
  type Route,
  route,
  stream,
  text,
  type Use,
} from "../src/index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compares what two types hold, however they were put together. */
type Same<A, B> = Equal<Flat<A>, Flat<B>>;
type Flat<T> = T extends (...args: never) => unknown ? T : T extends object ? { [K in keyof T]: Flat<T[K]> } : T;
function is<_T extends true>(): void {}

const app = createApp();

// ── Params from the path ──────────────────────────────────────────────────────────────────────────────
is<Same<ParamsOf<"/">, {}>>();
is<Same<ParamsOf<"/a/b">, {}>>();
is<Same<ParamsOf<"/:a">, { readonly a: string }>>();
is<Same<ParamsOf<"/x/:a/y/:b">, { readonly a: string; readonly b: string }>>();
is<Same<ParamsOf<"/:a/:b?">, { readonly a: string; readonly b?: string }>>();
is<Same<ParamsOf<"/files/*rest">, { readonly rest: string }>>();
is<Same<ParamsOf<"/:a?/x/*rest?">, { readonly a?: string; readonly rest?: string }>>();
is<Same<ParamsOf<"/a:b/c*d">, {}>>();
is<Equal<ParamsOf<string>, Readonly<Record<string, string>>>>();

app.get("/:a/:b?", ({ params, query }) => {
  is<Equal<typeof params.a, string>>();
  is<Equal<typeof params.b, string | undefined>>();
  is<Equal<typeof query, Readonly<Record<string, string>>>>();
  // @ts-expect-error not in the path
  return params.c;
});
app.get("/:a/*rest", { query: z.object({ page: z.number() }) }, ({ params, query }) => {
  is<Same<typeof params, { readonly a: string; readonly rest: string }>>();
  is<Equal<typeof query, { page: number }>>();
});
app.group("/:outer").get("/:inner", ({ params }) => {
  // @ts-expect-error a group's prefix is not known to the routes in it
  return params.outer;
});
app.get("/:id", { params: z.object({ id: z.coerce.number() }) }, ({ params }) => {
  is<Equal<typeof params, { id: number }>>(); // the schema has the word
});

// ── Inputs are what the schemas give ──────────────────────────────────────────────────────────────────
const Length = z.string().transform((value) => value.length);
const inputs = route(
  {
    params: z.object({ id: Length }),
    query: v.object({ q: v.optional(v.string(), "x") }),
    headers: type({ "x-own": "string" }),
    cookies: z.object({ session: z.string().optional() }),
    body: z.object({ list: z.array(Length) }),
  },
  ({ params, query, headers, cookies, body }) => {
    is<Equal<typeof params, { id: number }>>();
    is<Equal<typeof query, { q: string }>>();
    is<Equal<typeof headers, { "x-own": string }>>();
    is<Equal<typeof cookies, { session?: string | undefined }>>();
    is<Equal<typeof body, { list: number[] }>>();
  },
);
is<
  Same<
    InputOf<typeof inputs>,
    {
      readonly params: { id: string };
      readonly query: { q?: string | undefined };
      readonly headers: { "x-own": string };
      readonly cookies: { session?: string | undefined };
      readonly body: { list: string[] };
    }
  >
>();
route({ body: form(z.object({ n: Length })) }, ({ body }) => is<Equal<typeof body, { n: number }>>());
route({ body: text() }, ({ body }) => is<Equal<typeof body, string>>());
route({ body: bytes(["image/png"]) }, ({ body }) => is<Equal<typeof body, Uint8Array<ArrayBuffer>>>());
route({ body: stream() }, ({ body }) => is<Equal<typeof body, ReadableStream<Uint8Array<ArrayBuffer>>>>());
const formed = route({ body: form(z.object({ n: Length })) }, () => "");
is<Same<InputOf<typeof formed>, { readonly body: { n: string } }>>();
const plain = route(() => "x");
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- that nothing is taken is the point
is<Equal<InputOf<typeof plain>, {}>>();

// ── A handler sees what it asked for, and nothing else ────────────────────────────────────────────────
const db = provide("db", { scope: "app" }, () => ({ find: (id: string): string => id }));
const user = provide(
  "user",
  { use: [db], problems: { unauthenticated: problem(401, "Sign in") } },
  ({ db, header, fail }) => {
    is<Equal<typeof db, { find: (id: string) => string }>>();
    is<Equal<ReturnType<typeof header>, string | null>>();
    return header("authorization") === null ? fail.unauthenticated() : { name: "Ann" };
  },
);
const clock = port<() => number>()("clock");

route({ use: [user, clock, publicAccess()] }, (ctx) => {
  is<Equal<typeof ctx.user, { name: string }>>();
  is<Equal<typeof ctx.clock, () => number>>();
  // @ts-expect-error what an item needs is that item's affair
  void ctx.db;
  // @ts-expect-error its problems too
  void ctx.fail.unauthenticated;
  return "";
});
route({ use: [] }, (ctx) => {
  is<Equal<typeof ctx.body, undefined>>();
  is<Equal<typeof ctx.headers, undefined>>();
  is<Equal<typeof ctx.cookies, undefined>>();
  is<Equal<typeof ctx.offer, undefined>>();
  // @ts-expect-error not asked for
  void ctx.user;
  return "";
});
route((ctx) => {
  // @ts-expect-error a route without a shape has no body
  void ctx.body;
  // @ts-expect-error nor problems
  void ctx.fail;
  return ctx.path;
});
provide("short", { scope: "app" }, (ctx) => {
  // @ts-expect-error what lives as long as the app sees no request
  return ctx.header;
});
middleware("plain", {}, (ctx, next) => {
  // @ts-expect-error not asked for
  void ctx.user;
  return next();
});
middleware("asking", { use: [user], problems: { busy: problem(503, "Busy") } }, (ctx, next) => {
  is<Equal<typeof ctx.user, { name: string }>>();
  is<Equal<typeof ctx.params, Readonly<Record<string, unknown>>>>();
  is<Equal<ReturnType<typeof ctx.fail.busy>, never>>();
  return next();
});
// @ts-expect-error a middleware answers with an outcome
middleware("wrong", {}, () => "text");
middleware("outcome", {}, (): Outcome => ({ status: 200, headers: [], body: null }));
middleware("response", {}, () => new Response());
createApp({ bind: [clock.with(() => 1), db.with({ find: () => "" }), clock.to(provide("real", {}, () => () => 2))] });
// @ts-expect-error not what the port wants
clock.with("noon");
// @ts-expect-error not what the provider gives
db.with({});
// @ts-expect-error a provider of something else
clock.to(db);

// ── fail ──────────────────────────────────────────────────────────────────────────────────────────────
route(
  { problems: { gone: problem(410, "Gone"), taken: problem(409, "Taken", z.object({ by: z.string() })) } },
  ({ fail, header }) => {
    is<Equal<typeof fail.gone, (detail?: string) => never>>();
    is<Equal<typeof fail.taken, (data: { by: string }, detail?: string) => never>>();
    const value = header("x-own") ?? fail.gone("Since Monday");
    is<Equal<typeof value, string>>();
    // @ts-expect-error data that was not given
    if (value === "a") fail.taken();
    // @ts-expect-error data of another shape
    if (value === "b") fail.taken({ by: 1 });
    // @ts-expect-error no data was declared
    if (value === "c") fail.gone({ by: "x" });
    // @ts-expect-error not declared
    if (value === "d") fail.other();
    return value;
  },
);
route({}, ({ fail }) => {
  // @ts-expect-error nothing was declared
  fail.notFound();
});

// ── Outputs ───────────────────────────────────────────────────────────────────────────────────────────
const User = z.object({ id: z.number(), born: Length.optional() });
const one = route({ output: User }, () => ({ id: 1, born: "1970" }));
is<Same<OutputOf<typeof one>, { id: number; born?: number | undefined }>>();
route({ output: User }, async () => reply(200, { id: 1 }));
route({ output: User }, async function* () {
  yield { id: 1 };
});
route({ output: User }, () => new Response());
// @ts-expect-error a member of another type
route({ output: User }, () => ({ id: "1" }));
// @ts-expect-error a missing member
route({ output: User }, () => ({}));
// @ts-expect-error nothing
route({ output: User }, () => {});
// @ts-expect-error another status
route({ output: User }, () => reply(201, { id: 1 }));
// @ts-expect-error an item of another type
route({ output: User }, async function* () {
  yield { id: "1" };
});
// @ts-expect-error a mounted route is held to the same
app.get("/", { output: User }, () => "text");

const several = route({ output: { 201: User, 202: z.object({ job: z.string() }), 204: null } }, ({ query }) => {
  if (query["a"] === "1") return reply(201, { id: 1 });
  if (query["a"] === "2") return reply(202, { job: "x" });
  return reply(204);
});
is<Same<OutputOf<typeof several>, { id: number; born?: number | undefined } | { job: string } | undefined>>();
// @ts-expect-error a status that is not declared
route({ output: { 200: User } }, () => reply(202, { id: 1 }));
// @ts-expect-error another status' value
route({ output: { 200: User, 202: z.object({ job: z.string() }) } }, () => reply(202, { id: 1 }));
// @ts-expect-error a value where there is none
route({ output: { 204: null } }, () => reply(204, "x"));

const undeclared = route({}, ({ query }) =>
  query["a"] === "1" ? reply(201, { id: 1 }) : query["a"] === "2" ? new Response() : "text",
);
is<Equal<OutputOf<typeof undeclared>, { id: number } | "text">>();
is<Equal<OutputOf<typeof plain>, string>>();
const later = route(async () => 7);
is<Equal<OutputOf<typeof later>, number>>();

// ── Problems: the route's own, and those of everything that it uses, however deep ─────────────────────
const limited = middleware(
  "limited",
  {
    use: [provide("bucket", { problems: { drained: problem(503, "Drained") } }, () => 1)],
    problems: { tooMany: problem(429, "Slow down", z.object({ seconds: z.number() })) },
  },
  (_ctx, next) => next(),
);
const admin = provide("admin", { use: [user], problems: { forbidden: problem(403, "Not for you") } }, () => true);
const guarded = route({ use: [admin, limited, publicAccess()], problems: { gone: problem(410, "Gone") } }, () => "");
is<
  Equal<
    ProblemsOf<typeof guarded>,
    | { name: "gone"; status: 410; data: undefined }
    | { name: "forbidden"; status: 403; data: undefined }
    | { name: "unauthenticated"; status: 401; data: undefined }
    | { name: "tooMany"; status: 429; data: { seconds: number } }
    | { name: "drained"; status: 503; data: undefined }
  >
>();
is<Equal<ProblemsOf<typeof plain>, never>>();
// Items whose type does not say their problems hide nobody else's.
declare const unsaid: Provider<"unsaid", number>;
const besides = route({ use: [unsaid, admin], problems: { gone: problem(410, "Gone") } }, ({ unsaid }) => unsaid);
is<Equal<ProblemsOf<typeof besides>["name"], "gone" | "forbidden" | "unauthenticated">>();
const widened = route({ use: [unsaid] as readonly Use[] }, () => "");
is<Equal<ProblemsOf<typeof widened>, never>>();

// ── offers ────────────────────────────────────────────────────────────────────────────────────────────
route({ offers: ["text/csv", "application/json"] }, ({ offer }) => {
  is<Equal<typeof offer, "text/csv" | "application/json">>();
  // @ts-expect-error never offered
  return offer === "text/html";
});

// ── Making and mounting ───────────────────────────────────────────────────────────────────────────────
const owner = meta<{ readonly team: string }>("owner");
route({ use: [owner({ team: "billing" })], limits: { body: "64KiB", handler: "5s" } }, () => "");
// @ts-expect-error of another shape
owner("billing");
// @ts-expect-error no such unit
route({ limits: { body: "64kib" } }, () => "");
// @ts-expect-error a size is no duration
route({ limits: { handler: "64KiB" } }, () => "");
// @ts-expect-error no such member
route({ querry: User }, () => "");
// @ts-expect-error a shape without a handler
route({ query: User });
// @ts-expect-error no item
route({ use: ["db"] }, () => "");
app
  .get("/a", guarded)
  .post(
    "/b",
    lazy(async () => guarded),
  )
  .mount({ "GET /c": one })
  .group("/d")
  .all("/*rest", { use: [db] }, ({ db, params }) => db.find(params.rest));
const kept: readonly Route[] = [one, several, guarded, inputs, plain];
void kept;

// ── Streams of a declared item ────────────────────────────────────────────────────────────────────────
route({ output: z.object({ at: z.number() }) }, async function* () {
  yield { at: 1 };
  yield event({ at: 2 }, { id: "2" });
});
// @ts-expect-error the data of an event is an item too
route({ output: z.object({ at: z.number() }) }, async function* () {
  yield event({ at: "2" }, { id: "2" });
});
