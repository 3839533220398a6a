import { serve } from "@hono/node-server";
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { listening } from "../../http/subject.ts";
import { paramsOf, ROUTES } from "../work.ts";

const app = new Hono();
for (let route = 0; route < ROUTES; route++) {
  app.get(`/r${route}/:id`, zValidator("param", paramsOf()), (c) => c.json({ route, id: c.req.valid("param").id }));
}
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => listening(port));
