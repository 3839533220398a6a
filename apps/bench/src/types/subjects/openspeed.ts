/** A file of `count` routes, each with two zod objects, an output, two providers and a problem; one typed client call, one positive and one negative assertion. */
export function sourceOf(count: number): string {
  const routes = Array.from(
    { length: count },
    (_, i) => `
export const r${i} = route({
  use: [db, session], params: z.object({ id${i}: z.coerce.number() }), body: z.object({ name: z.string(), n${i}: z.number() }), output: User, problems: { gone: problem(410, "Gone") },
}, async ({ params, body, db, session, fail }) => {
  if (params.id${i} > body.n${i}) throw fail.gone();
  return { id: session.userId, name: db.find(body.name).name };
});`,
  );
  const members = Array.from({ length: count }, (_, i) => `  "POST /r${i}/:id${i}": typeof r${i};`);
  return `
import { type InputOf, type OutputOf, problem, provide, route } from "@openspeed/core";
import { z } from "zod";

const db = provide("db", { scope: "app" }, () => ({ find: (id: string) => ({ id, name: "x" }) }));
const session = provide("session", { use: [db], problems: { unauthenticated: problem(401, "Sign in") } }, async ({ db, header }) => ({ userId: db.find(header("a") ?? "").id }));
const User = z.object({ id: z.string(), name: z.string() });
${routes.join("")}

export interface Api {
${members.join("\n")}
}
type Client<Api> = <K extends keyof Api & string>(key: K, input: InputOf<Api[K]>) => Promise<OutputOf<Api[K]>>;
declare const call: Client<Api>;
export const out = await call("POST /r0/:id0", { params: { id0: 1 }, body: { name: "a", n0: 1 } });
export const name: string = out.name;
// @ts-expect-error
export const bad: number = out.name;
`;
}
