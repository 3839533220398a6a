import { defineMiddleware, getQuery, getRouterParam, H3, HTTPResponse, readValidatedBody, serve } from "h3";
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

declare module "h3" {
  interface H3EventContext {
    db: Database;
    user: User;
  }
}

const app = new H3();

app.get("/", () => "hello");

app.get("/users/:id", (event) => ({ id: getRouterParam(event, "id"), name: getQuery(event)["name"] }));

app.post("/users", async (event) => {
  const { name, email, age } = await readValidatedBody(event, NewUser);
  return { id: "1", name, email, age };
});

app.get("/stream", (event) => {
  event.res.headers.set("content-type", "application/octet-stream");
  return megabyteStream();
});

const db = openDatabase();
const traffic: Traffic = { served: 0 };

const withDb = defineMiddleware((event) => {
  event.context.db = db;
});
const withUser = defineMiddleware((event) => {
  event.context.user = userOf(event.context.db, event.req.headers.get("authorization"));
});
const counted = defineMiddleware(async (_event, next) => {
  const value = await next();
  traffic.served++;
  return value;
});
// What h3 documents for headers: set on the event before the handler's value is turned into a response.
const requestId = defineMiddleware((event) => {
  event.res.headers.set("x-request-id", event.req.headers.get("x-request-id") ?? "");
});
const notStored = defineMiddleware((event) => {
  event.res.headers.set("cache-control", "no-store");
});
const notSniffed = defineMiddleware((event) => {
  event.res.headers.set("x-content-type-options", "nosniff");
});
const notFramed = defineMiddleware((event) => {
  event.res.headers.set("x-frame-options", "DENY");
});

app.get(
  "/me",
  (event) => {
    const { id, name } = event.context.user;
    return { id, name };
  },
  { middleware: [counted, requestId, notStored, notSniffed, notFramed, withDb, withUser] },
);

app.all("/**", () => new HTTPResponse(NOT_FOUND.body, { status: 404, headers: { "content-type": NOT_FOUND.type } }));

const server = serve(app, { port: 0, hostname: "127.0.0.1", silent: true });
await server.ready();
listening(Number(new URL(server.url ?? "").port));
