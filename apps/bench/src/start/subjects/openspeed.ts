import { serve } from "@openspeed/adapter-node";
import { createApp } from "@openspeed/core";
import { listening } from "../../http/subject.ts";
import { paramsOf, ROUTES } from "../work.ts";

const app = createApp();
for (let route = 0; route < ROUTES; route++) {
  app.get(`/r${route}/:id`, { params: paramsOf() }, ({ params }) => ({ route, id: params.id }));
}
const server = await serve(app, { port: 0, hostname: "127.0.0.1" });
listening(server.port);
