import { serve } from "@hono/node-server";
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { listening } from "../subject.ts";
import {
  megabyteStream,
  NewUser,
  NOT_FOUND,
  openDatabase,
  userOf,
  type Database,
  type Traffic,
  type User,
} from "../work.ts";

const app = new Hono();

app.get("/", (c) => c.text("hello"));

app.get("/users/:id", (c) => c.json({ id: c.req.param("id"), name: c.req.query("name") }));

app.post("/users", zValidator("json", NewUser), (c) => {
  const { name, email, age } = c.req.valid("json");
  return c.json({ id: "1", name, email, age });
});

app.get("/stream", (c) => c.body(megabyteStream(), 200, { "content-type": "application/octet-stream" }));

const db = openDatabase();
const traffic: Traffic = { served: 0 };

const withDb = createMiddleware<{ Variables: { db: Database } }>((c, next) => {
  c.set("db", db);
  return next();
});
const withUser = createMiddleware<{ Variables: { db: Database; user: User } }>((c, next) => {
  c.set("user", userOf(c.get("db"), c.req.header("authorization")));
  return next();
});
const counted = createMiddleware(async (_c, next) => {
  await next();
  traffic.served++;
});
// Headers set before the handler are cheaper here: after it, each would rebuild the finished response.
const requestId = createMiddleware((c, next) => {
  c.header("x-request-id", c.req.header("x-request-id"));
  return next();
});
const notStored = createMiddleware((c, next) => {
  c.header("cache-control", "no-store");
  return next();
});
const notSniffed = createMiddleware((c, next) => {
  c.header("x-content-type-options", "nosniff");
  return next();
});
const notFramed = createMiddleware((c, next) => {
  c.header("x-frame-options", "DENY");
  return next();
});

app.get("/me", counted, requestId, notStored, notSniffed, notFramed, withDb, withUser, (c) => {
  const { id, name } = c.get("user");
  return c.json({ id, name });
});

app.notFound((c) => c.body(NOT_FOUND.body, 404, { "content-type": NOT_FOUND.type }));

serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => listening(port));
