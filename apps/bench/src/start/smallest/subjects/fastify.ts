import fastify from "fastify";

export default fastify().get("/", (_request, reply) => {
  reply.send("hello");
}).routing;
