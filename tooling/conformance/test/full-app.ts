/** An app whose graph has everything that a graph can say. */
import {
  createApp,
  form,
  lazy,
  meta,
  middleware,
  policy,
  problem,
  provide,
  publicAccess,
  reply,
  route,
} from "@openspeed/core";
import { z } from "zod";

const env = provide("env", { scope: "app" }, () => ({ url: "x" }));
export const db = provide("db", { scope: "app", use: [env] }, () => ({}));
export const user = provide("user", { use: [db], problems: { unauthenticated: problem(401, "Sign in") } }, () => "ada");
const guard = middleware(
  "guard",
  {
    use: [user],
    problems: { forbidden: problem(403, "No", z.object({ why: z.string() })) },
    meta: [policy({ kind: "requires", permission: "ticket:read" })],
  },
  (_ctx, next) => next(),
);
const owner = meta<string>("owner");

export const full = () =>
  createApp({ plugins: [{ name: "seen", capabilities: ["compiled"], setup: () => {} }] }).mount([
    {
      method: "GET",
      path: "/users/:id",
      source: "routes/users/[id].ts",
      use: [owner("people")],
      route: route(
        {
          use: [guard],
          params: z.object({ id: z.int() }),
          query: z.object({
            since: z
              .string()
              .transform((text) => new Date(text))
              .optional(),
          }),
          headers: z.object({ "x-key": z.string() }),
          cookies: z.object({ session: z.string() }),
          output: { 200: z.object({ name: z.string().transform((name) => name.length) }), 204: null },
          problems: { notFound: problem(404, "No such user") },
          limits: { handler: "5s" },
          offers: ["application/json", "text/csv"],
          summary: "One user",
          description: "By id",
          tags: ["people"],
          deprecated: true,
        },
        () => reply(204, undefined),
      ),
    },
    {
      method: "POST",
      path: "/users/:id",
      route: route({ use: [publicAccess()], body: z.object({ name: z.string() }) }, () => "x"),
    },
    {
      method: "GET",
      path: "/a",
      route: lazy(async () => route({ body: form(z.object({ n: z.number() })) }, () => "x")),
    },
  ]);
