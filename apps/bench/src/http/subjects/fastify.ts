import fastify, { type FastifyPluginCallback } from "fastify";
import { z } from "zod";
import { listening, portOf } from "../subject.ts";
import {
  megabyteReadable,
  NewUser,
  NOT_FOUND,
  openDatabase,
  userOf,
  type Database,
  type Traffic,
  type User,
} from "../work.ts";

declare module "fastify" {
  interface FastifyInstance {
    db: Database;
  }
  interface FastifyRequest {
    user: User | null;
  }
}

const app = fastify();

// Response schemas are Fastify's way to fast JSON.
const string = { type: "string" } as const;
const userAnswer = { response: { 200: { type: "object", properties: { id: string, name: string } } } } as const;

app.get("/", (_request, reply) => {
  reply.type("text/plain").send("hello");
});

app.get<{ Params: { id: string }; Querystring: { name: string } }>(
  "/users/:id",
  { schema: userAnswer },
  (request, reply) => {
    reply.send({ id: request.params.id, name: request.query.name });
  },
);

app.post<{ Body: NewUser }>(
  "/users",
  {
    schema: {
      body: NewUser,
      response: {
        200: { type: "object", properties: { id: string, name: string, email: string, age: { type: "integer" } } },
      },
    },
    validatorCompiler: ({ schema }) => {
      if (!(schema instanceof z.ZodType)) throw new Error("Only zod's schemas are used here");
      return (data: unknown) => {
        const result = schema.safeParse(data);
        return result.success ? { value: result.data } : { error: result.error };
      };
    },
  },
  (request, reply) => {
    const { name, email, age } = request.body;
    reply.send({ id: "1", name, email, age });
  },
);

app.get("/stream", (_request, reply) => {
  reply.type("application/octet-stream").send(megabyteReadable());
});

const traffic: Traffic = { served: 0 };

// A plugin of its own, so that its hooks run for its routes only.
const signedIn: FastifyPluginCallback = (scope, _options, done) => {
  scope.decorate("db", openDatabase());
  scope.decorateRequest("user", null);
  scope.addHook("onRequest", (request, _reply, next) => {
    request.user = userOf(scope.db, request.headers.authorization);
    next();
  });
  scope.addHook("onSend", (request, reply, _payload, next) => {
    reply.header("x-request-id", request.headers["x-request-id"]);
    next();
  });
  scope.addHook("onSend", (_request, reply, _payload, next) => {
    reply.header("cache-control", "no-store");
    next();
  });
  scope.addHook("onSend", (_request, reply, _payload, next) => {
    reply.header("x-content-type-options", "nosniff");
    next();
  });
  scope.addHook("onSend", (_request, reply, _payload, next) => {
    reply.header("x-frame-options", "DENY");
    next();
  });
  scope.addHook("onResponse", (_request, _reply, next) => {
    traffic.served++;
    next();
  });
  scope.get("/me", { schema: userAnswer }, (request, reply) => {
    reply.send(request.user);
  });
  done();
};
app.register(signedIn);

app.setNotFoundHandler((_request, reply) => {
  reply.code(404).type(NOT_FOUND.type).send(NOT_FOUND.body);
});

await app.listen({ port: 0, host: "127.0.0.1" });
listening(portOf(app.server.address()));
