import { serve } from "@openspeed/adapter-node";
import { createApp, priority } from "@openspeed/core";
import { health } from "@openspeed/core/health";
import { listening } from "../../http/subject.ts";
import { burn, hold, type Kind, PATHS } from "../work.ts";

const kind = process.argv[2] as Kind;
const work = kind === "cpu" ? () => burn() : () => hold();

const app = createApp();
app.get(PATHS.normal, work);
app.get(PATHS.critical, { use: [priority("critical")] }, work);
app.get(PATHS.low, { use: [priority("low")] }, work);
app.mount(health());

const server = await serve(app, { port: 0, hostname: "127.0.0.1", overload: process.argv[3] !== "off" });
listening(server.port);
