import { node } from "@elysiajs/node";
import { Elysia } from "elysia";
import { freePort, reachable } from "../port.ts";
import { listening } from "../subject.ts";
import { megabyteStream, NewUser, NOT_FOUND, openDatabase, userOf, type Traffic } from "../work.ts";

const traffic: Traffic = { served: 0 };

// An instance of its own: its hooks are local to its routes.
const signedIn = new Elysia()
  .decorate("db", openDatabase())
  .derive(({ db, headers }) => ({ user: userOf(db, headers["authorization"]) }))
  .onAfterResponse(() => {
    traffic.served++;
  })
  .onAfterHandle(({ set, headers }) => {
    set.headers["x-request-id"] = headers["x-request-id"] ?? "";
  })
  .onAfterHandle(({ set }) => {
    set.headers["cache-control"] = "no-store";
  })
  .onAfterHandle(({ set }) => {
    set.headers["x-content-type-options"] = "nosniff";
  })
  .onAfterHandle(({ set }) => {
    set.headers["x-frame-options"] = "DENY";
  })
  .get("/me", ({ user }) => ({ id: user.id, name: user.name }));

const app = new Elysia({ adapter: node() })
  .onError(({ code }) =>
    code === "NOT_FOUND"
      ? new Response(NOT_FOUND.body, { status: 404, headers: { "content-type": NOT_FOUND.type } })
      : undefined,
  )
  .get("/", () => "hello")
  .get("/users/:id", ({ params, query }) => ({ id: params.id, name: query["name"] }))
  .post("/users", ({ body: { name, email, age } }) => ({ id: "1", name, email, age }), { body: NewUser })
  // A stream that is returned as it is becomes server-sent events.
  .get("/stream", () => new Response(megabyteStream(), { headers: { "content-type": "application/octet-stream" } }))
  .use(signedIn);

const port = await freePort();
app.listen({ port, hostname: "127.0.0.1" });
await reachable(port);
listening(port);
