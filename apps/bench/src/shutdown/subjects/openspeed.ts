import { serve } from "@openspeed/adapter-node";
import { createApp, text } from "@openspeed/core";
import { listening } from "../../http/subject.ts";

const app = createApp();
app.get("/", () => "hello");
app.post("/", { body: text() }, ({ body }) => body);

const server = await serve(app, { port: 0, hostname: "127.0.0.1" });
listening(server.port);
