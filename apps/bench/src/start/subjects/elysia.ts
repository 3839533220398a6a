import { node } from "@elysiajs/node";
import { Elysia } from "elysia";
import { freePort, reachable } from "../../http/port.ts";
import { listening } from "../../http/subject.ts";
import { paramsOf, ROUTES } from "../work.ts";

const app = new Elysia({ adapter: node() });
for (let route = 0; route < ROUTES; route++) {
  app.get(`/r${route}/:id`, ({ params }) => ({ route, id: params.id }), { params: paramsOf() });
}
const port = await freePort();
app.listen({ port, hostname: "127.0.0.1" });
await reachable(port);
listening(port);
