/** An app with something of everything that a form can ask for. */
import {
  type App,
  type AppOptions,
  createApp,
  event,
  form,
  middleware,
  policy,
  problem,
  provide,
  publicAccess,
  reply,
  security,
  text,
  withHeaders,
} from "@openspeed/core";
import { multipart } from "@openspeed/multipart";
import { z } from "zod";

const Priority = z.enum(["low", "normal", "high"]);
const Contact = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("email"), address: z.email() }),
  z.object({ kind: z.literal("phone"), number: z.string().min(5), extension: z.int().optional() }),
]);
const NewTicket = z.object({
  title: z.string().min(3).max(80).describe("What is wrong, in a few words."),
  description: z.string().max(2000).optional(),
  priority: Priority,
  estimate: z.number().min(0).max(100).optional().describe("In hours."),
  urgent: z.boolean(),
  assignee: z.string().nullable(),
  due: z.iso.datetime().optional(),
  tags: z.array(z.string()).max(5),
  contact: Contact.optional(),
  place: z.object({ building: z.string(), floor: z.int() }).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
const Ticket = z.object({ id: z.int(), title: z.string(), priority: Priority, tags: z.array(z.string()) });
type Ticket = z.infer<typeof Ticket>;

const config = provide("config", { scope: "app" }, () => ({ url: "memory:" }));
const db = provide("db", { scope: "app", use: [config] }, () => [
  { id: 1, title: "Printer on fire", priority: "high", tags: ["hardware"] } satisfies Ticket as Ticket,
]);
const session = provide("session", { use: [db] }, ({ header }) => header("authorization"));
const user = provide(
  "user",
  {
    use: [session],
    problems: { unauthenticated: problem(401, "Sign in first") },
    meta: [
      policy({ kind: "signedIn" }),
      security({ name: "session", scheme: { type: "http", scheme: "bearer", description: "Any token." } }),
    ],
  },
  async ({ session, fail }) => {
    await new Promise((resolve) => setTimeout(resolve, 3));
    return session === null ? fail.unauthenticated() : { name: session.replace("Bearer ", "") };
  },
);
const tx = provide("tx", { use: [db], dispose: () => undefined }, ({ db }) => db);
const rateLimit = middleware("rateLimit", { problems: { slowDown: problem(429, "Slow down") } }, (_ctx, next) =>
  next(),
);
const noStore = middleware("noStore", {}, async (_ctx, next) =>
  withHeaders(await next(), { "cache-control": "no-store" }),
);

/** What lets a test decide when an item of a stream comes. */
export interface Gate {
  readonly open: () => void;
  readonly passed: () => Promise<void>;
}
export function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, passed: () => promise };
}

export function deskApp(
  options: AppOptions = {},
  between: Gate = { open: () => undefined, passed: async () => undefined },
): App {
  const app = createApp({ mode: "development", use: [rateLimit], onError: () => undefined, ...options });
  const open = [publicAccess()];
  app.get(
    "/tickets",
    {
      use: [...open, db, noStore],
      query: z.object({
        priority: Priority.optional(),
        page: z.coerce.number().int().min(1).default(1),
        tag: z.array(z.string()).optional(),
      }),
      output: z.array(Ticket),
      summary: "List tickets",
      description: "All tickets, newest first. Filter them with `priority` and `tag`.",
      tags: ["Tickets"],
    },
    ({ db, query }) => db.filter(({ priority }) => query.priority === undefined || priority === query.priority),
  );
  app.post(
    "/tickets",
    {
      use: [user, tx],
      body: NewTicket,
      output: { 201: Ticket },
      problems: { duplicate: problem(409, "There is such a ticket") },
      summary: "Open a ticket",
      description: "Opens a ticket for whoever is signed in.",
      tags: ["Tickets"],
    },
    ({ tx, body, fail }) => {
      if (tx.some(({ title }) => title === body.title)) return fail.duplicate();
      const ticket = { id: tx.length + 1, title: body.title, priority: body.priority, tags: body.tags };
      tx.push(ticket);
      return reply(201, ticket);
    },
  );
  app.get(
    "/tickets/:id",
    {
      use: [...open, db],
      params: z.object({ id: z.coerce.number().int() }),
      output: Ticket,
      problems: { noSuchTicket: problem(404, "No such ticket") },
      summary: "Read a ticket",
      tags: ["Tickets"],
    },
    ({ db, params, fail }) => db.find(({ id }) => id === params.id) ?? fail.noSuchTicket(),
  );
  app.delete(
    "/tickets/:id",
    { use: [user, tx], deprecated: true, tags: ["Tickets"], summary: "Delete a ticket" },
    () => undefined,
  );
  app.get("/ticks", { use: open, summary: "Ticks as events", offers: ["text/event-stream"] }, async function* () {
    yield event({ tick: 1 }, { event: "tick", id: "1" });
    await between.passed();
    yield event({ tick: 2 }, { event: "tick", id: "2" });
    await new Promise(() => undefined);
  });
  app.get("/lines", { use: open, summary: "Lines of JSON" }, async function* () {
    yield { line: 1 };
    yield { line: 2 };
  });
  app.post(
    "/pictures",
    {
      use: open,
      body: multipart({
        fields: z.object({ title: z.string().min(3) }),
        files: { picture: { types: ["text/plain"], maxSize: "1KiB" } },
      }),
      summary: "Upload a picture",
      tags: ["Files"],
    },
    ({ body }) => ({ title: body.fields.title, size: body.files.picture.size }),
  );
  app.post(
    "/subscribe",
    { use: open, body: form(z.object({ email: z.email(), weekly: z.boolean().optional() })), summary: "Subscribe" },
    ({ body }) => body,
  );
  app.put(
    "/notes/:name",
    { use: open, body: text(["text/plain", "text/markdown"]), summary: "Keep a note" },
    ({ body, params }) => `${params.name}: ${body}`,
  );
  app.get(
    "/icon",
    { use: open, summary: "A picture" },
    () =>
      new Response(
        `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><circle cx="48" cy="48" r="40" fill="#4f46e5"/></svg>`,
        {
          headers: { "content-type": "image/svg+xml" },
        },
      ),
  );
  app.get(
    "/greeting",
    {
      use: open,
      cookies: z.object({ lang: z.enum(["en", "th"]).optional() }),
      headers: z.object({ "x-name": z.string().optional() }),
    },
    ({ cookies, headers }) => `${cookies.lang === "th" ? "สวัสดี" : "Hello"} ${headers["x-name"] ?? "you"}`,
  );
  app.get(
    "/old",
    { use: open, summary: "A page that moved" },
    () => new Response(null, { status: 302, headers: { location: "/lines" } }),
  );
  app.all("/echo/*rest", { use: open }, ({ method, params }) => `${method} ${params.rest}`);
  return app;
}
