import { createServer } from "node:http";
import { listening, portOf } from "../../http/subject.ts";
import { paramsOf, ROUTES } from "../work.ts";

const routes = new Map<string, (id: string) => unknown>();
for (let route = 0; route < ROUTES; route++) {
  const schema = paramsOf();
  routes.set(`r${route}`, (id) => ({ route, id: schema.parse({ id }).id }));
}

const server = createServer((request, response) => {
  const [, name = "", id = ""] = (request.url ?? "").split("/");
  const body = JSON.stringify(routes.get(name)?.(decodeURIComponent(id)) ?? null);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => listening(portOf(server.address())));
