import fastifyStatic from "@fastify/static";
import fastify from "fastify";
import { listening, portOf } from "../../http/subject.ts";
import { root } from "../tree.ts";

const app = fastify();
app.register(fastifyStatic, { root, prefix: "/assets/" });
await app.listen({ port: 0, host: "127.0.0.1" });
listening(portOf(app.server.address()));
