import { createServer } from "node:http";
import { listening, portOf } from "../../http/subject.ts";
import { burn, hold, type Kind, PATHS } from "../work.ts";

const kind = process.argv[2] as Kind;

const server = createServer((request, response) => {
  const send = (text: string): void => {
    response.writeHead(200, { "content-type": "text/plain", "content-length": Buffer.byteLength(text) });
    response.end(text);
  };
  if (request.url === PATHS.health) send("alive");
  else if (kind === "cpu") send(burn());
  else void hold().then(send);
});

server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => listening(portOf(server.address())));
