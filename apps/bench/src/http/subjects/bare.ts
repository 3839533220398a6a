import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listening, portOf } from "../subject.ts";
import { megabyteReadable, NOT_FOUND, openDatabase, userOf, type NewUser, type Traffic } from "../work.ts";

const db = openDatabase();
const traffic: Traffic = { served: 0 };

const server = createServer((request, response) => {
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  if (request.method === "GET") {
    if (path === "/") return send(response, 200, "text/plain", "hello");
    if (path === "/me") return me(request, response);
    if (path === "/stream") return stream(response);
    if (path.startsWith("/users/")) {
      const name = new URLSearchParams(target.slice(mark + 1)).get("name");
      return sendJson(response, { id: decodeURIComponent(path.slice("/users/".length)), name });
    }
  } else if (request.method === "POST" && path === "/users") return addUser(request, response);
  send(response, 404, NOT_FOUND.type, NOT_FOUND.body);
});

function me(request: IncomingMessage, response: ServerResponse): void {
  const { id, name } = userOf(db, request.headers.authorization);
  traffic.served++;
  response.setHeader("x-request-id", request.headers["x-request-id"] ?? "");
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  sendJson(response, { id, name });
}

function addUser(request: IncomingMessage, response: ServerResponse): void {
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => (text += chunk));
  request.on("end", () => {
    const { name, email, age } = JSON.parse(text) as NewUser;
    sendJson(response, { id: "1", name, email, age });
  });
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/octet-stream" });
  megabyteReadable().pipe(response);
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, "application/json", JSON.stringify(value));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

server.listen(0, "127.0.0.1", () => listening(portOf(server.address())));
