import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { listening } from "../../http/subject.ts";
import { root } from "../tree.ts";

const app = new Hono();
app.use("/assets/*", serveStatic({ root, rewriteRequestPath: (path) => path.slice("/assets".length) }));
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => listening(port));
