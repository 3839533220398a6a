import { serve } from "@openspeed/adapter-node";
import { csrf, secureHeaders } from "@openspeed/security";
import { openspeedApp } from "../../http/openspeed-app.ts";
import { listening } from "../../http/subject.ts";

const server = await serve(openspeedApp([secureHeaders(), csrf()]), { port: 0, hostname: "127.0.0.1" });
listening(server.port);
