import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Outcome } from "@openspeed/core";
import { type Connection, isAnswering, lingerClose } from "./connections.ts";
import { headersTooLarge, malformed, timedOut } from "./problem.ts";

/** Answers what Node cannot parse, or waits for in vain, once; then closes. */
export function onClientError(error: NodeJS.ErrnoException, socket: Socket, connection: Connection | undefined): void {
  if (error.code === "ECONNRESET" || error.code === "EPIPE" || !socket.writable || connection === undefined) {
    socket.destroy();
    return;
  }
  // The bytes that follow an error cannot be parsed either, and are reported again until the client has gone.
  if (connection.ended) return;
  connection.ended = true;
  const { response } = connection;
  if (response !== undefined && isAnswering(connection)) {
    // What came before the broken bytes is a request of its own, and its answer now closes the connection.
    if (response.req.complete && !response.headersSent) return;
    if (response.headersSent) {
      socket.destroy();
      return;
    }
  }
  socket.write(rawResponse(outcomeOf(error.code)));
  lingerClose(socket);
}

/** A request whose body does not come is answered like one whose headers do not. */
export function answerLate(connection: Connection): void {
  const error = Object.assign(new Error("The request took too long"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
  onClientError(error, connection.socket, connection);
}

function outcomeOf(code: string | undefined): Outcome {
  if (code === "HPE_HEADER_OVERFLOW") return headersTooLarge;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? timedOut : malformed;
}

/** There is no `ServerResponse` where there was no request. */
function rawResponse({ status, headers, body }: Outcome): string {
  const text = typeof body === "string" ? body : "";
  const fields = [
    "connection",
    "close",
    "content-length",
    `${Buffer.byteLength(text)}`,
    "date",
    new Date().toUTCString(),
    ...headers,
  ];
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
  for (let i = 0; i < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`;
  return `${head}\r\n${text}`;
}
