import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { listening, portOf } from "../../http/subject.ts";
import { root } from "../tree.ts";

const server = createServer((request, response) => {
  const name = (request.url ?? "").slice("/assets/".length);
  response.setHeader("content-type", "text/css; charset=utf-8");
  pipeline(createReadStream(join(root, name)), response, (error) => {
    if (error) response.destroy();
  });
});
server.listen(0, "127.0.0.1", () => listening(portOf(server.address())));
