import { after, type App, createApp, provide, reply, type Use, withHeaders } from "@openspeed/core";
import { megabyteStream, NewUser, openDatabase, userOf, type Traffic } from "./work.ts";

/** OpenSpeed, doing what every subject does; `use` stands around all routes and around 404. */
export function openspeedApp(use: readonly Use[] = []): App {
  const app = createApp({ use });
  app.get("/", () => "hello");

  app.get("/users/:id", ({ params, query }) => ({ id: params.id, name: query["name"] }));

  app.post("/users", { body: NewUser }, ({ body: { name, email, age } }) => ({ id: "1", name, email, age }));

  app.get("/stream", () => reply(200, megabyteStream(), { "content-type": "application/octet-stream" }));

  const traffic: Traffic = { served: 0 };

  const db = provide("db", { scope: "app" }, openDatabase);
  const user = provide("user", { use: [db] }, ({ db, header }) => userOf(db, header("authorization")));

  const counted = after("counted", {}, (outcome) => {
    traffic.served++;
    return outcome;
  });
  const requestId = after("requestId", {}, (outcome, { header }) =>
    withHeaders(outcome, { "x-request-id": header("x-request-id") ?? "" }),
  );
  const notStored = after("notStored", {}, (outcome) => withHeaders(outcome, { "cache-control": "no-store" }));
  const notSniffed = after("notSniffed", {}, (outcome) =>
    withHeaders(outcome, { "x-content-type-options": "nosniff" }),
  );
  const notFramed = after("notFramed", {}, (outcome) => withHeaders(outcome, { "x-frame-options": "DENY" }));

  app.get(
    "/me",
    { use: [counted, requestId, notStored, notSniffed, notFramed, db, user] },
    ({ user: { id, name } }) => ({
      id,
      name,
    }),
  );
  return app;
}
