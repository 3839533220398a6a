import { serve } from "@openspeed/adapter-node";
import { createApp, middleware, provide, reply, withHeaders } from "@openspeed/core";
import { listening } from "../subject.ts";
import { megabyteStream, NewUser, openDatabase, userOf, type Traffic } from "../work.ts";

const app = createApp();

app.get("/", () => "hello");

app.get("/users/:id", ({ params, query }) => ({ id: params.id, name: query["name"] }));

app.post("/users", { body: NewUser }, ({ body: { name, email, age } }) => ({ id: "1", name, email, age }));

app.get("/stream", () => reply(200, megabyteStream(), { "content-type": "application/octet-stream" }));

const traffic: Traffic = { served: 0 };

const db = provide("db", { scope: "app" }, openDatabase);
const user = provide("user", { use: [db] }, ({ db, header }) => userOf(db, header("authorization")));

const counted = middleware("counted", {}, async (_ctx, next) => {
  const outcome = await next();
  traffic.served++;
  return outcome;
});
const requestId = middleware("requestId", {}, async ({ header }, next) => {
  return withHeaders(await next(), { "x-request-id": header("x-request-id") ?? "" });
});
const notStored = middleware("notStored", {}, async (_ctx, next) =>
  withHeaders(await next(), { "cache-control": "no-store" }),
);
const notSniffed = middleware("notSniffed", {}, async (_ctx, next) =>
  withHeaders(await next(), { "x-content-type-options": "nosniff" }),
);
const notFramed = middleware("notFramed", {}, async (_ctx, next) =>
  withHeaders(await next(), { "x-frame-options": "DENY" }),
);

app.get("/me", { use: [counted, requestId, notStored, notSniffed, notFramed, db, user] }, ({ user: { id, name } }) => ({
  id,
  name,
}));

const server = await serve(app, { port: 0, hostname: "127.0.0.1" });
listening(server.port);
