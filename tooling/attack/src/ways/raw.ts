/** Raw bytes on a connection of their own, and a second request behind them: whoever reads the first differently answers the second wrongly. */
import { readRequests } from "../reference.ts";
import { openConnection } from "./connection.ts";
import { thrown } from "./handle.ts";
import type { Way } from "./way.ts";

const QUIET_MS = 400;
const LAST_MS = 3000;

/** The bytes of a case as they are sent, with the request behind them. */
export function sentBytes(bytes: string, id: string): string {
  return `${bytes.replaceAll("{id}", id)}GET /echo?after HTTP/1.1\r\nhost: localhost\r\nx-attack: ${id}+\r\nconnection: close\r\n\r\n`;
}

export function rawWay(port: number): Way {
  return {
    name: "raw",
    sees: () => [],
    async send(attack, id) {
      if (attack.kind !== "bytes") return undefined;
      const start = performance.now();
      try {
        const connection = await openConnection(port);
        const bytes = sentBytes(attack.bytes, id);
        const methods = readRequests(bytes).requests.map(({ method }) => method);
        connection.write(bytes);
        // More than any reading of the bytes gives, so that one too many is seen: the end comes by closing.
        const first = await connection.answers(Number.POSITIVE_INFINITY, methods, QUIET_MS);
        let { answers, rest } = first;
        if (!connection.isClosed()) {
          // A server that waits for more is told that nothing comes.
          connection.socket.end();
          const last = await connection.answers(Number.POSITIVE_INFINITY, methods.slice(answers.length), LAST_MS);
          answers = [...answers, ...last.answers];
          rest = last.rest;
        }
        const closed = connection.isClosed();
        connection.socket.destroy();
        return { answers, closed, rest, milliseconds: performance.now() - start };
      } catch (error) {
        return thrown(error, start);
      }
    },
    close: () => Promise.resolve(),
  };
}
