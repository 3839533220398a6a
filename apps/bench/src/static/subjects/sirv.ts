import { createServer } from "node:http";
import sirv from "sirv";
import { listening, portOf } from "../../http/subject.ts";
import { root } from "../tree.ts";

const PREFIX = "/assets";
// As in production: what files there are is read once, when it starts.
const serve = sirv(root, { etag: true });
const server = createServer((request, response) => {
  request.url = (request.url ?? "").slice(PREFIX.length);
  serve(request, response, () => {
    response.statusCode = 404;
    response.end();
  });
});
server.listen(0, "127.0.0.1", () => listening(portOf(server.address())));
