import { serve } from "@openspeed/adapter-node";
import { csrf, requestId, secureHeaders } from "@openspeed/security";
import { openspeedApp } from "../../http/openspeed-app.ts";
import { listening } from "../../http/subject.ts";

// Of another name than the header that a case sends and expects back.
const app = openspeedApp([requestId({ header: "x-id" }), secureHeaders(), csrf()]);
const server = await serve(app, { port: 0, hostname: "127.0.0.1" });
listening(server.port);
