import { serve } from "@openspeed/adapter-node";
import { openspeedApp } from "../../http/openspeed-app.ts";
import { listening } from "../../http/subject.ts";

const server = await serve(openspeedApp(), { port: 0, hostname: "127.0.0.1", overload: false });
listening(server.port);
