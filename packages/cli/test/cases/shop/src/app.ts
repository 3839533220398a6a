import { type App, createApp, policy, problem, provide, publicAccess, route } from "@openspeed/core";
import { z } from "zod";

const db = provide("db", { scope: "app" }, () => new Map([[1, { id: 1, name: "Bell" }]]));

const user = provide("user", { use: [db], problems: { unauthorized: problem(401, "Sign in") } }, ({ fail, header }) =>
  header("authorization") === undefined ? fail.unauthorized() : { name: "ada" },
);

const Item = z.object({ id: z.int(), name: z.string() });

export const app: App = createApp();

app.get("/health", () => "ok");
app.get("/items", { summary: "All items", use: [publicAccess(), db], output: z.array(Item) }, ({ db }) => [
  ...db.values(),
]);
app.mount({
  "GET /items/:id": route(
    {
      use: [publicAccess(), db],
      params: z.object({ id: z.int() }),
      output: Item,
      problems: { notFound: problem(404, "No such item") },
    },
    ({ db, params, fail }) => db.get(params.id) ?? fail.notFound(),
  ),
  "DELETE /items/:id": route(
    {
      use: [policy({ kind: "role", role: "admin" }), user, db],
      params: z.object({ id: z.int() }),
      output: { 204: null },
    },
    () => undefined,
  ),
});
