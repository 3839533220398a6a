import { createApp, event, form, matched, middleware, problem, provide, reply, route } from "@openspeed/core";
import { expectTypeOf } from "vitest";
import { z } from "zod";
import { createClient, type RequestFailure } from "../src/index.ts";
import { createQueries, type QueryErrorOf } from "../src/query.ts";

const user = provide("user", { problems: { unauthenticated: problem(401, "Sign in") } }, () => "ada");
const guard = middleware(
  "guard",
  { use: [user], problems: { closed: problem(403, "Closed", z.object({ until: z.string() })) } },
  (_, next) => next(),
);
const get = route(
  {
    use: [guard],
    params: z.object({ id: z.number() }),
    query: z.object({ deep: z.boolean().optional() }),
    output: z.object({ id: z.string() }),
    problems: { gone: problem(410, "Gone") },
  },
  () => ({ id: "1" }),
);
const post = route(
  {
    headers: z.object({ "x-key": z.string() }),
    body: z.object({ name: z.string() }),
    output: { 201: z.object({ n: z.number() }), 202: null, 404: z.string() },
  },
  () => reply(201, { n: 1 }),
);
const search = route({ query: z.object({ q: z.string() }) }, () => ({ any: 1 }));
const upload = route({ body: form(z.object({ a: z.string() })) }, () => "done");
const plain = route(() => ({ any: 1 }));
const made = route(() => reply(201, { any: 1 }));
const bytes = route(() => new Uint8Array());
const raw = route(() => new Response());
const items = route({ output: z.object({ n: z.number() }) }, async function* () {
  yield { n: 1 };
});
const events = route(async function* () {
  yield event(1);
});
const typed = route({ params: matched<{ readonly id: number }>() }, ({ params }) => params.id);

interface Api {
  "GET /users/:id": typeof get;
  "POST /users": typeof post;
  "GET /search": typeof search;
  "POST /upload": typeof upload;
  "GET /": typeof plain;
  "GET /plain/:a/:b?": typeof plain;
  "GET /pages/:page?": typeof plain;
  "PUT /made": typeof made;
  "GET /bytes": typeof bytes;
  "GET /raw": typeof raw;
  "GET /items": typeof items;
  "GET /events": typeof events;
  "GET /typed/:id": typeof typed;
}
const desk = createClient<Api>("https://desk.example");
const throwing = createClient<Api>(createApp(), { throws: true });

// what a request takes
void desk("GET /users/:id", { params: { id: 1 } });
void desk("GET /users/:id", { params: { id: 1 }, query: { deep: true }, headers: { "x-any": 1 }, timeout: "5s" });
void desk("POST /users", { headers: { "x-key": "1", "x-more": "2" }, body: { name: "a" }, idempotent: true });
void desk("POST /users", { headers: { "x-key": "1" }, body: new Blob() });
void desk("POST /upload", { body: { a: "1" }, send: "form" });
void desk("GET /");
void desk("GET /", { query: { q: [1, 2], at: new Date() } });
void desk("GET /plain/:a/:b?", { params: { a: 1 } });
void desk("GET /pages/:page?");
void desk("GET /typed/:id", { params: { id: 1 } });
// @ts-expect-error: no such route
void desk("GET /nothing");
// @ts-expect-error: params are missing
void desk("GET /users/:id");
// @ts-expect-error: params are missing
void desk("GET /users/:id", {});
// @ts-expect-error: params have another type
void desk("GET /users/:id", { params: { id: "1" } });
// @ts-expect-error: the query has another type
void desk("GET /users/:id", { params: { id: 1 }, query: { deep: "yes" } });
// @ts-expect-error: the query has no such name
void desk("GET /users/:id", { params: { id: 1 }, query: { deeper: true } });
// @ts-expect-error: the query is missing
void desk("GET /search");
// @ts-expect-error: the header is missing
void desk("POST /users", { body: { name: "a" } });
// @ts-expect-error: the body has another type
void desk("POST /users", { headers: { "x-key": "1" }, body: { name: 1 } });
// @ts-expect-error: the body is missing
void desk("POST /upload", {});
// @ts-expect-error: the path's own params are missing, though no schema declares them
void desk("GET /plain/:a/:b?");
// @ts-expect-error: the matched param has another type
void desk("GET /typed/:id", { params: { id: "1" } });
// @ts-expect-error: no time
void desk("GET /", { timeout: "soon" });
// @ts-expect-error: no such option
void desk("GET /", { retries: 3 });

// what an answer gives
const answer = await desk("GET /users/:id", { params: { id: 1 } });
if (answer.ok) {
  expectTypeOf(answer.value).toEqualTypeOf<{ id: string }>();
  expectTypeOf(answer.status).toEqualTypeOf<200>();
} else if (answer.problem) {
  if (answer.problem.name === "gone") expectTypeOf(answer.problem.status).toEqualTypeOf<410>();
  if (answer.problem.name === "closed") expectTypeOf(answer.problem.data).toEqualTypeOf<{ until: string }>();
  if (answer.problem.name === "unauthenticated") expectTypeOf(answer.problem.status).toEqualTypeOf<401>();
  if (answer.problem.name === "invalid")
    expectTypeOf(answer.problem.errors?.[0]?.pointer).toEqualTypeOf<string | undefined>();
  // @ts-expect-error: nobody declares it
  if (answer.problem.name === "forbidden") throw new Error();
} else {
  expectTypeOf(answer.failure).toEqualTypeOf<RequestFailure>();
}
// @ts-expect-error: nobody has looked whether there is a value
void answer.value;
if (answer.problem?.name === "closed") expectTypeOf(answer.problem.data.until).toBeString();

const created = await desk("POST /users", { headers: { "x-key": "1" }, body: { name: "a" } });
if (created.ok && created.status === 201) expectTypeOf(created.value).toEqualTypeOf<{ n: number }>();
if (created.ok) expectTypeOf(created.status).toEqualTypeOf<201 | 202>();

const other = await desk("PUT /made");
if (other.ok) expectTypeOf([other.status, other.value] as const).toEqualTypeOf<readonly [201, { any: number }]>();
const anything = await desk("GET /raw");
if (anything.ok) expectTypeOf(anything.value).toBeUnknown();

// thrown instead
expectTypeOf(await throwing("GET /users/:id", { params: { id: 1 } })).toEqualTypeOf<{ id: string }>();
expectTypeOf(await throwing("GET /")).toEqualTypeOf<{ any: number }>();
expectTypeOf(await throwing("GET /bytes")).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
expectTypeOf(await throwing("GET /items")).toEqualTypeOf<AsyncIterable<{ n: number }>>();
expectTypeOf(await throwing("GET /events")).toEqualTypeOf<AsyncIterable<unknown>>();
for await (const item of desk.events("GET /items", { reconnect: true })) {
  expectTypeOf(item.data).toEqualTypeOf<{ n: number }>();
  expectTypeOf(item.id).toBeString();
}
// @ts-expect-error: only streams are connected to again
void desk("GET /items", { reconnect: true });
expectTypeOf(await desk.raw("GET /")).toEqualTypeOf<Response>();

// by path
expectTypeOf(await throwing.at.users[":id"].get({ params: { id: 1 } })).toEqualTypeOf<{ id: string }>();
expectTypeOf(await throwing.at.get()).toEqualTypeOf<{ any: number }>();
const byPath = await desk.at.users.post({ headers: { "x-key": "1" }, body: { name: "a" } });
if (byPath.ok) expectTypeOf(byPath.status).toEqualTypeOf<201 | 202>();
// @ts-expect-error: no such path
void desk.at.nothing;
// @ts-expect-error: no such method
void desk.at.users.delete();
// @ts-expect-error: params are missing
void desk.at.users[":id"].get();

// queries
const queries = createQueries(throwing);
const query = queries.query("GET /users/:id", { params: { id: 1 } });
expectTypeOf(await query.queryFn({ signal: new AbortController().signal })).toEqualTypeOf<{ id: string }>();
declare const failed: QueryErrorOf<Api, "GET /users/:id">;
if ("problem" in failed && failed.problem.name === "gone") expectTypeOf(failed.problem.status).toEqualTypeOf<410>();
// @ts-expect-error: params are missing
queries.query("GET /users/:id");
// @ts-expect-error: a client that answers throws nothing that a query could hold
createQueries(desk);
expectTypeOf(queries.mutation("POST /upload").mutationFn).parameter(0).toExtend<{ readonly body: unknown }>();

// an app of one route
interface Single {
  "GET /users/:id": typeof get;
}
const single = createClient<Single>("https://desk.example", { throws: true });
expectTypeOf(await single("GET /users/:id", { params: { id: 1 } })).toEqualTypeOf<{ id: string }>();
expectTypeOf(await single.at.users[":id"].get({ params: { id: 1 } })).toEqualTypeOf<{ id: string }>();
// @ts-expect-error: no such route
void single("GET /users");
