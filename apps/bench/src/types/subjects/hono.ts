/** The same in Hono: routes chained, because its client knows only the routes of one chain's type. */
export function sourceOf(count: number): string {
  const routes = Array.from(
    { length: count },
    (_, i) => `
  .post("/r${i}/:id${i}", withDb, withSession, zValidator("param", z.object({ id${i}: z.coerce.number() })), zValidator("json", z.object({ name: z.string(), n${i}: z.number() })), (c) => {
    const params = c.req.valid("param");
    const body = c.req.valid("json");
    if (params.id${i} > body.n${i}) return c.json({ title: "Gone" }, 410);
    return c.json({ id: c.get("session").userId, name: c.get("db").find(body.name).name }, 200);
  })`,
  );
  return `
import { Hono } from "hono";
import { hc } from "hono/client";
import { createMiddleware } from "hono/factory";
import { zValidator } from "@hono/zod-validator";
import { z } from "zod";

interface Db { find(id: string): { id: string; name: string } }
const withDb = createMiddleware<{ Variables: { db: Db } }>(async (c, next) => { c.set("db", { find: (id) => ({ id, name: "x" }) }); await next(); });
const withSession = createMiddleware<{ Variables: { db: Db; session: { userId: string } } }>(async (c, next) => { c.set("session", { userId: c.get("db").find(c.req.header("a") ?? "").id }); await next(); });

const app = new Hono()${routes.join("")};

const client = hc<typeof app>("http://localhost");
const answer = await client.r0[":id0"].$post({ param: { id0: "1" }, json: { name: "a", n0: 1 } });
if (!answer.ok) throw new Error();
export const out = await answer.json();
export const name: string = out.name;
// @ts-expect-error
export const bad: number = out.name;
`;
}
