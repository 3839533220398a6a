import { once } from "node:events";
import { createServer } from "node:http";
import { listening, portOf } from "../../http/subject.ts";
import { things } from "../throws.ts";

const server = createServer((req) => {
  throw things[req.url?.split("/").at(-1) ?? ""]?.();
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
listening(portOf(server.address()));
