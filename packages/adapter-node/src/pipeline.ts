import type { IncomingMessage } from "node:http";
import type { HeadedResponse } from "./constant-headers.ts";
import type { Connection } from "./connections.ts";

export type OnRequest = (req: IncomingMessage, res: HeadedResponse) => void;

/** How many requests of one connection are worked at before the first of them is answered. */
const DEPTH = 32;

/**
 * Puts a request off that came behind too many others on its connection (RFC 9112 §9.3.2 lets a client send on without
 * waiting), and stops reading meanwhile: who sends thousands and reads no answer must not fill the memory with answers.
 * `false`: go on with it now.
 */
export function putOff(
  connection: Connection,
  onRequest: OnRequest,
  req: IncomingMessage,
  res: HeadedResponse,
): boolean {
  const { socket, response, waiting } = connection;
  if (waiting !== undefined) {
    waiting.push([req, res]);
    return true;
  }
  connection.ahead = response === undefined || response.writableFinished ? 0 : connection.ahead + 1;
  if (connection.ahead < DEPTH || response === undefined) return false;
  connection.waiting = [[req, res]];
  // What arrived in the same packet is parsed first, and Node resumes reading at the end of each request.
  process.nextTick(() => {
    if (connection.waiting !== undefined) socket.pause();
  });
  response.once("finish", () => goOn(connection, onRequest));
  return true;
}

/** Once all before them are written, those that wait come again, and may have to wait again. */
function goOn(connection: Connection, onRequest: OnRequest): void {
  const { waiting = [], socket } = connection;
  connection.waiting = undefined;
  for (const [req, res] of waiting) onRequest(req, res);
  if (connection.waiting === undefined) socket.resume();
}
