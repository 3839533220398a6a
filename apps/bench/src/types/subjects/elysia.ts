/** The same in Elysia, chained, with eden's client. */
export function sourceOf(count: number): string {
  const routes = Array.from(
    { length: count },
    (_, i) => `
  .post("/r${i}/:id${i}", ({ params, body, db, session, status }) => {
    if (params.id${i} > body.n${i}) return status(410, "Gone");
    return { id: session.userId, name: db.find(body.name).name };
  }, { params: z.object({ id${i}: z.coerce.number() }), body: z.object({ name: z.string(), n${i}: z.number() }), response: { 200: User, 410: z.literal("Gone") } })`,
  );
  return `
import { Elysia } from "elysia";
import { treaty } from "@elysiajs/eden";
import { z } from "zod";

const User = z.object({ id: z.string(), name: z.string() });

const app = new Elysia()
  .decorate("db", { find: (id: string) => ({ id, name: "x" }) })
  .derive(({ db, headers }) => ({ session: { userId: db.find(headers["a"] ?? "").id } }))${routes.join("")};

const client = treaty<typeof app>("http://localhost");
const answer = await client.r0({ id0: 1 }).post({ name: "a", n0: 1 });
if (answer.error) throw answer.error;
export const out = answer.data;
export const name: string = out.name;
// @ts-expect-error
export const bad: number = out.name;
`;
}
