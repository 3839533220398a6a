import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { listening, portOf } from "../../http/subject.ts";

const server = createServer((req, res) => {
  res.setHeader("content-type", "text/plain");
  if (req.method === "POST") void text(req).then((body) => res.end(body));
  else res.end("hello");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.on("SIGTERM", () => server.close(() => process.exit(0)));
listening(portOf(server.address()));
