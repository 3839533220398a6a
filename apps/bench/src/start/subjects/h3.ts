import { getValidatedRouterParams, H3, serve } from "h3";
import { listening } from "../../http/subject.ts";
import { paramsOf, ROUTES } from "../work.ts";

const app = new H3();
for (let route = 0; route < ROUTES; route++) {
  const schema = paramsOf();
  app.get(`/r${route}/:id`, async (event) => ({ route, id: (await getValidatedRouterParams(event, schema)).id }));
}
const server = serve(app, { port: 0, hostname: "127.0.0.1", silent: true });
await server.ready();
listening(Number(new URL(server.url ?? "").port));
