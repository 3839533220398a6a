import { createServer } from "node:http";
import { portOf } from "../../http/subject.ts";
import { listening } from "../subject.ts";

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "text/plain", "content-length": 5 });
  response.end("hello");
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => listening(portOf(server.address())));
