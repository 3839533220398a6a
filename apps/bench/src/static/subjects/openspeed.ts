import { serve } from "@openspeed/adapter-node";
import { createApp, publicAccess } from "@openspeed/core";
import { files } from "@openspeed/static";
import { listening } from "../../http/subject.ts";
import { root } from "../tree.ts";

const app = createApp();
app.get("/assets/*path", files({ root, use: [publicAccess()] }));
const server = await serve(app, { port: 0, hostname: "127.0.0.1" });
listening(server.port);
