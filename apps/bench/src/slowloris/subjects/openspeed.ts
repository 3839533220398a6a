import { serve } from "@openspeed/adapter-node";
import { createApp } from "@openspeed/core";
import { listening } from "../subject.ts";

const app = createApp();
app.get("/", () => "hello");
const server = await serve(app, { port: 0, hostname: "127.0.0.1" });
listening(server.port);
