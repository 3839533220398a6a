/** An app with a route of every kind that can be a tool. */
import {
  bytes,
  createApp,
  event,
  form,
  lazy,
  middleware,
  policy,
  problem,
  provide,
  publicAccess,
  reply,
  route,
  text,
  type Plugin,
} from "@openspeed/core";
import { z } from "zod";
import { tool } from "../src/index.ts";

export const seen: string[] = [];

const user = provide(
  "user",
  { problems: { unauthenticated: problem(401, "Sign in first") }, meta: [policy({ kind: "signedIn" })] },
  ({ header, fail }) =>
    header("authorization")?.replace("Bearer ", "") ??
    /sid=(\w+)/.exec(header("cookie") ?? "")?.[1] ??
    fail.unauthenticated(),
);
const admin = middleware(
  "admin",
  { use: [user], problems: { forbidden: problem(403, "Admins only") }, meta: [policy({ kind: "admin" })] },
  ({ user, fail }, next) => (user === "root" ? next() : fail.forbidden()),
);

interface Node {
  readonly name: string;
  readonly inside: readonly Node[];
}
const Tree: z.ZodType<Node> = z.object({
  name: z.string(),
  get inside() {
    return z.array(Tree);
  },
});
const Ticket = z.object({ id: z.int(), title: z.string() }).meta({ id: "Ticket" });
const open = publicAccess();

export const streamed = { cancelled: 0 };

/** A line that never ends. */
function endlessBytes(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(97)),
    cancel: () => void streamed.cancelled++,
  });
}

async function* endless(): AsyncGenerator<{ readonly n: number }, void> {
  try {
    for (let n = 0; ; n++) yield { n };
  } finally {
    streamed.cancelled++;
  }
}

export const fixture = (plugin: Plugin, more: Parameters<typeof createApp>[0] = {}) =>
  createApp({
    plugins: [plugin],
    mode: "test",
    onError: () => {},
    ...more,
    routes: {
      "GET /tickets/:id": route(
        {
          use: [open, tool()],
          params: z.object({ id: z.int() }),
          output: Ticket,
          summary: "One ticket",
          problems: { notFound: problem(404, "No such ticket") },
        },
        ({ params, fail }) =>
          params.id < 100 ? { id: params.id, title: "It does not ring", secret: "internal" } : fail.notFound(),
      ),
      "GET /tickets": route(
        {
          use: [open, tool({ name: "list_tickets", title: "Tickets", description: "Lists the open ones." })],
          query: z.object({ tag: z.array(z.string()).optional(), limit: z.int().max(50).default(3) }),
          output: z.array(Ticket),
        },
        ({ query }) => Array.from({ length: query.limit }, (_, id) => ({ id, title: query.tag?.join() ?? "any" })),
      ),
      "POST /tickets": route(
        { use: [open, tool()], body: z.object({ title: z.string().min(3) }), output: { 201: Ticket, 204: null } },
        ({ body }) => (body.title === "nothing" ? reply(204, undefined) : reply(201, { id: 7, title: body.title })),
      ),
      "PUT /trees/:name": route(
        { use: [open, tool()], params: z.object({ name: z.string() }), body: Tree, output: Tree },
        ({ body }) => body,
      ),
      "DELETE /tickets/:id": route(
        { use: [admin, tool()], params: z.object({ id: z.int() }) },
        ({ params }) => void seen.push(`deleted ${params.id}`),
      ),
      "GET /me": route({ use: [user, tool()], output: z.object({ name: z.string() }) }, ({ user }) => ({ name: user })),
      "GET /count": route({ use: [open, tool()], output: z.int() }, () => 3),
      "GET /loose": route({ use: [open, tool()] }, () => ({ any: "thing" })),
      "GET /lines": route(
        { use: [open, tool()], output: z.object({ n: z.int() }), offers: ["application/x-ndjson"] },
        async function* () {
          yield { n: 1 };
          yield { n: 2 };
        },
      ),
      "GET /events": route({ use: [open, tool()], offers: ["text/event-stream"] }, async function* () {
        yield event({ n: 1 }, { id: "a" });
        yield { n: 2 };
      }),
      "GET /endless": route({ use: [open, tool({ stream: true })], output: z.object({ n: z.int() }) }, () => endless()),
      "GET /silent": route(
        { use: [open, tool({ stream: true })], output: z.object({ n: z.int() }) },
        async function* ({ signal }) {
          yield { n: 0 };
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        },
      ),
      "GET /torrent": route({ use: [open, tool()], offers: ["text/plain;charset=utf-8", "application/x-ndjson"] }, () =>
        reply(200, endlessBytes(), { "content-type": "application/x-ndjson" }),
      ),
      "GET /cut": route({ use: [open, tool({ stream: true })] }, async function* () {
        yield { n: 1 };
        throw new Error("secret reason");
      }),
      "GET /false": route({ use: [open, tool()] }, () =>
        reply(200, "secret {", { "content-type": "application/json" }),
      ),
      "GET /unsaid": route({ use: [open, tool()], output: z.object({ n: z.int() }) }, async function* () {
        yield { n: 1 };
      }),
      "GET /pixel": route({ use: [open, tool()], offers: ["image/png"] }, () => new Uint8Array([137, 80, 78, 71])),
      "GET /blob": route({ use: [open, tool()], offers: ["application/zip"] }, () => new Uint8Array([1, 2, 3])),
      "GET /csv": route({ use: [open, tool()], offers: ["text/csv"] }, () => "a,b"),
      "POST /old": route(
        {
          use: [open, tool()],
          body: form(z.object({ a: z.string(), n: z.int(), list: z.array(z.string()).optional() })),
        },
        ({ body }) => body,
      ),
      "POST /note": route({ use: [open, tool()], body: text() }, ({ body }) => `noted ${body}`),
      "GET /moved": route({ use: [open, tool()] }, () => reply(303, undefined, { location: "/tickets" })),
      "GET /broken": route({ use: [open, tool()] }, () => {
        throw new Error("secret reason");
      }),
      "GET /files/*path": route({ use: [open, tool()] }, ({ params }) => params),
      "GET /pages/:page?": lazy(async () => route({ use: [open, tool()], deprecated: true }, ({ params }) => params)),
      "GET /echo": route({ use: [open, tool()] }, ({ incoming, query }) => ({
        headers: Object.fromEntries(incoming.headers()),
        query,
      })),
      "GET /users/:id": route({ use: [open, tool()] }, ({ params }) => params),
      // Not opted in:
      "GET /users/me": route({ use: [open] }, () => void seen.push("me")),
      "GET /users/": route({ use: [open] }, () => void seen.push("slash")),
      "GET /secret": route({ use: [open] }, () => void seen.push("secret")),
      "GET /hidden": route({ use: [tool(), open, tool({ hidden: true })] }, () => void seen.push("hidden")),
      "POST /upload": route({ use: [open], body: bytes(["image/png"]) }, () => void seen.push("upload")),
    },
  });
