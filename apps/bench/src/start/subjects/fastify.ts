import fastify from "fastify";
import { z } from "zod";
import { listening, portOf } from "../../http/subject.ts";
import { paramsOf, ROUTES } from "../work.ts";

const app = fastify();
app.setValidatorCompiler(({ schema }) => {
  if (!(schema instanceof z.ZodType)) throw new Error("Only zod's schemas are used here");
  return (data: unknown) => {
    const result = schema.safeParse(data);
    return result.success ? { value: result.data } : { error: result.error };
  };
});
const number = { type: "integer" } as const;
for (let route = 0; route < ROUTES; route++) {
  const response = { 200: { type: "object", properties: { route: number, id: number } } } as const;
  app.get<{ Params: { id: number } }>(
    `/r${route}/:id`,
    { schema: { params: paramsOf(), response } },
    (request, reply) => {
      reply.send({ route, id: request.params.id });
    },
  );
}
await app.listen({ port: 0, host: "127.0.0.1" });
listening(portOf(app.server.address()));
