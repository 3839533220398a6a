import express from "express";
import { listening, portOf } from "../../http/subject.ts";
import { paramsOf, ROUTES } from "../work.ts";

const app = express();
for (let route = 0; route < ROUTES; route++) {
  const schema = paramsOf();
  app.get(`/r${route}/:id`, (request, response) => {
    response.json({ route, id: schema.parse(request.params).id });
  });
}
const server = app.listen(0, "127.0.0.1", () => listening(portOf(server.address())));
