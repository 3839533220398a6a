/** An app that uses everything a document can say. */
import {
  type App,
  bytes,
  createApp,
  event,
  form,
  type Graph,
  graph,
  matched,
  middleware,
  type Mount,
  policy,
  problem,
  problemTypes,
  provide,
  publicAccess,
  reply,
  type Reply,
  type Route,
  route,
  type Schema,
  security,
  stream,
  text,
} from "@openspeed/core";
import { multipart, uploads } from "@openspeed/multipart";
import { z } from "zod";
import { openapi, operation } from "../src/index.ts";

const Person = z
  .object({
    id: z.uuid(),
    name: z
      .string()
      .min(1)
      .meta({ examples: ["Ada"] }),
  })
  .meta({ id: "Person" });

/** Holds itself. */
export const Folder = z
  .object({
    name: z.string(),
    owner: Person,
    get folders() {
      return z.array(Folder);
    },
  })
  .meta({ id: "Folder", description: "A folder of folders" });

/** Holds itself, and nobody gave it a name. */
const Tree = z.object({
  leaf: z.boolean(),
  get branches() {
    return z.array(Tree).max(3);
  },
});

/** Another thing on each side. */
const Stamp = z
  .object({
    at: z.codec(z.iso.datetime(), z.int(), { decode: Date.parse, encode: (at) => new Date(at).toISOString() }),
  })
  .meta({ id: "Stamp" });
const Ticket = z
  .object({
    id: z.int(),
    title: z.string().min(2).max(40),
    state: z.enum(["open", "closed"]).default("open"),
    stamp: Stamp.optional(),
  })
  .meta({ id: "Ticket" });

/** Not ours: a user's schema may have any name. */
const Problem = z.object({ chapter: z.int(), question: z.string() }).meta({ id: "Problem" });
const Odd = z.object({ text: z.string() }).meta({ id: "Größe / 大" });

const store = provide(
  "store",
  { problems: { busy: problem(503, "The store is busy", z.object({ seconds: z.int() })) } },
  () => ({
    busy: false,
  }),
);
const session = provide(
  "session",
  {
    problems: { unauthorized: problem(401, "Sign in first") },
    meta: [
      policy({ kind: "signedIn" }),
      security({ name: "session", scheme: { type: "apiKey", in: "cookie", name: "sid" } }),
    ],
  },
  ({ header, fail }) => (header("x-nobody") === null ? { name: "Ada" } : fail.unauthorized()),
);
const scoped = middleware(
  "scoped",
  {
    problems: { forbidden: problem(403, "Not yours") },
    meta: [
      policy({ kind: "scoped" }),
      security({
        name: "oauth",
        scheme: {
          type: "oauth2",
          flows: { clientCredentials: { tokenUrl: "https://id.example/token", scopes: { write: "Write" } } },
        },
        scopes: ["write"],
      }),
    ],
  },
  (_ctx, next) => next(),
);
/** As pages do: problems are shown to people. */
const shown = middleware("shown", { meta: [problemTypes(["text/html"])] }, (_ctx, next) => next());

async function* counted(): AsyncGenerator<{ readonly n: number }> {
  for (const n of [1, 2, 3]) yield { n };
}
const Counted = z.object({ n: z.int() }).meta({ id: "Counted" });
const notFound = problem(404, "No such ticket");
const search = z.object({
  q: z.string().max(20).optional().meta({ description: "What to look for", deprecated: true }),
  page: z.int().min(1).default(1),
  tag: z.array(z.string()).optional(),
  open: z.boolean().optional(),
});

const intMatcher: Schema<unknown, number> = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);

/** By name; tests replace one by a liar. */
export const routes: Readonly<Record<string, Route>> = {
  "GET /tickets": route(
    {
      use: [publicAccess(), store],
      query: search,
      output: z.object({ tickets: z.array(Ticket), page: z.int() }),
      summary: "List",
      tags: ["tickets"],
    },
    ({ query }) => ({ tickets: [{ id: 1, title: "Broken", state: "open" as const }], page: query.page }),
  ),
  "POST /tickets": route(
    {
      use: [
        session,
        scoped,
        operation({ callbacks: { closed: callback("closed") }, externalDocs: { url: "https://example.com/tickets" } }),
      ],
      body: Ticket,
      output: { 201: Ticket, 202: null },
      problems: { taken: problem(409, "Taken", z.object({ by: Person })), full: problem(409, "The desk is full") },
      tags: ["tickets"],
      description: "Files a ticket.\n\nIt may be *queued*.",
    },
    ({ body, fail }) => {
      if (body.id % 5 === 0) return fail.taken({ by: { id: "6f1ed002-ab5d-4f3e-8a3b-5f0f4b8b4b1c", name: "Ada" } });
      if (body.id % 5 === 1) return fail.full();
      return body.id % 5 === 2 ? reply(202) : reply(201, body as never);
    },
  ),
  "GET /tickets/:id": route(
    {
      use: [store],
      params: z.object({ id: z.coerce.number<string>().int() }),
      output: Ticket,
      problems: { notFound },
      deprecated: true,
    },
    ({ params, fail }) =>
      params.id % 2 === 0 ? { id: params.id, title: "Even", state: "open" as const } : fail.notFound(),
  ),
  "DELETE /tickets/:id": route({ use: [session], output: { 204: null }, problems: { notFound } }, ({ params, fail }) =>
    params["id"] === "0" ? fail.notFound() : reply(204),
  ),
  "GET /reports/:year/:month?": route(
    {
      params: z.object({ year: z.int().min(1970).max(2100), month: z.int().min(1).max(12).optional() }),
      output: z.object({ year: z.int(), month: z.int().nullable() }),
    },
    ({ params: { year, month } }) => ({ year, month: month ?? null }),
  ),
  "GET /files/*path": route({ output: z.string(), summary: "A file's text" }, ({ params }) => `file ${params["path"]}`),
  "GET /inputs": route(
    {
      headers: z.object({
        "x-trace": z.string().max(9).optional(),
        "x-level": z.int().default(0),
        accept: z.string().optional(),
      }),
      cookies: z.object({ theme: z.enum(["dark", "light"]).optional() }),
      query: z.record(z.string(), z.string()),
      output: z.object({ level: z.int(), theme: z.string().nullable(), names: z.array(z.string()) }),
    },
    ({ headers, cookies, query }) => ({
      level: headers["x-level"],
      theme: cookies.theme ?? null,
      names: Object.keys(query),
    }),
  ),
  "POST /forms": route(
    {
      body: form(z.object({ name: z.string().min(1), age: z.int().min(0).max(150).optional() })),
      output: { 303: null },
    },
    () => reply(303, undefined, { location: "/" }),
  ),
  "POST /pictures": route(
    {
      body: multipart({
        fields: z.object({ title: z.string().min(1), year: z.int().optional() }),
        files: { picture: { types: ["image/png", "image/*"] }, more: { many: 3, optional: true } },
      }),
      output: z.object({ title: z.string(), bytes: z.int() }),
    },
    ({ body }) => ({ title: body.fields.title, bytes: body.files.picture.size }),
  ),
  "POST /videos": route(
    { body: uploads({ files: { video: { types: ["video/mp4"] } } }), output: z.object({ bytes: z.int() }) },
    async ({ body }) => {
      let size = 0;
      for await (const file of body.files) for await (const chunk of file) size += chunk.length;
      return { bytes: size };
    },
  ),
  "POST /echo/bytes": route(
    { body: bytes(), output: z.file().mime("application/octet-stream") as never },
    ({ body }) => body as never,
  ),
  "POST /echo/text": route({ body: text(["text/plain", "text/csv"]), output: z.string() }, ({ body }) => body),
  "PUT /echo/stream": route({ body: stream(["application/x-tar"]), output: { 204: null } }, async ({ body }) => {
    await body.cancel();
    return reply(204);
  }),
  "GET /counts": route({ output: Counted, offers: ["text/event-stream", "application/x-ndjson"] }, () => counted()),
  "GET /events": route({ output: Counted, offers: ["text/event-stream"] }, async function* () {
    yield event({ n: 1 }, { id: "1", event: "first" });
  } as never),
  "GET /offers": route({ output: z.object({ n: z.int() }), offers: ["application/json", "text/csv"] }, ({ offer }) =>
    offer === "text/csv" ? ("n\n1" as never) : { n: 1 },
  ),
  "GET /page": route(
    { use: [shown, publicAccess()], offers: ["text/html"], query: z.object({ tab: z.enum(["a", "b"]).optional() }) },
    ({ query }) => `<p>${query.tab ?? ""}`,
  ),
  "GET /folders": route({ output: Folder }, () => ({
    name: "root",
    owner: { id: "6f1ed002-ab5d-4f3e-8a3b-5f0f4b8b4b1c", name: "Ada" },
    folders: [],
  })),
  "POST /folders": route({ body: Folder, output: { 201: Folder } }, ({ body }) => reply(201, body)),
  "POST /trees": route({ body: Tree, output: Tree }, ({ body }) => body),
  "GET /chapters": route({ output: z.array(Problem) }, () => [{ chapter: 1, question: "Why?" }]),
  "POST /odd": route({ body: Odd, output: Odd }, ({ body }) => body),
  "* /any": route({ output: z.object({ method: z.string() }) }, ({ method }) => ({ method })),
  "GET /maybe": route({ output: z.union([z.string(), z.object({ n: z.int() })]).nullable() }, () => ({ n: 1 })),
  "GET /plain": route({}, () => "anything"),
  "GET /hidden": route({ use: [operation({ hidden: true })] }, () => "hidden"),
  "GET /named": route({ use: [operation({ operationId: "theNamedOne" })], output: z.null() }, () => null),
};

/** Told apart by matchers alone. */
const matchedMounts: readonly Mount[] = [
  {
    method: "GET",
    path: "/things/:id",
    matchers: { id: intMatcher },
    route: route(
      { params: matched<{ readonly id: number }>(), output: z.object({ number: z.int() }) },
      ({ params }) => ({ number: params.id }),
    ),
  },
  {
    method: "GET",
    path: "/things/:name",
    matchers: { name: z.string().regex(/^[a-z]+$/) },
    route: route(
      { output: z.object({ name: z.string() }), problems: { gone: problem(410, "Gone") } },
      ({ params, fail }) => ((params["name"] ?? "").length > 5 ? fail.gone() : { name: params["name"] ?? "" }),
    ),
  },
  {
    method: "404",
    path: "/*path",
    route: route(
      { output: { 404: z.object({ lost: z.string() }) } },
      () => reply(404, { lost: "here" }) as Reply<404, { lost: string }>,
    ),
  },
];

function callback(name: string): object {
  return {
    [`{$request.body#/callbacks/${name}}`]: {
      post: {
        requestBody: { content: { "application/json": { schema: { type: "object" } } } },
        responses: { "204": { description: "Heard" } },
      },
    },
  };
}

export function mountsOf(some: Readonly<Record<string, Route>> = routes): readonly Mount[] {
  const own = Object.entries(some).map(([key, each]): Mount => {
    const [method = "", path = ""] = key.split(" ");
    return { method, path, route: each };
  });
  return [...own, ...matchedMounts.filter(({ method }) => method !== "404")];
}

export const notFoundMount: Mount | undefined = matchedMounts.find(({ method }) => method === "404");

export function fixture(mounts: readonly Mount[] = mountsOf()): App {
  return createApp({
    mode: "production",
    routes: mounts,
    plugins: [openapi({ title: "Fixture" })],
    onError: () => undefined,
  });
}

/** What the fixture sends to others. */
export async function webhooks(): Promise<Graph["routes"]> {
  const receivers = createApp();
  receivers.post("/ticketClosed", { body: Ticket, output: { 204: null } }, () => reply(204));
  return (await graph(receivers)).routes;
}
