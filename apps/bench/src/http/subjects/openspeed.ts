import { serve } from "@openspeed/adapter-node";
import { openspeedApp } from "../openspeed-app.ts";
import { listening } from "../subject.ts";

const server = await serve(openspeedApp(), { port: 0, hostname: "127.0.0.1" });
listening(server.port);
