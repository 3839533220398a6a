/** Over a socket: a client that keeps connections and writes requests as they are given to it. */
import type { AttackRequest, Observation } from "../case.ts";
import { type Connection, openConnection } from "./connection.ts";
import { thrown } from "./handle.ts";
import type { Way } from "./way.ts";

/** A server that has not answered by then has not answered in time for anybody. */
const PATIENCE_MS = 15_000;

type Exchange = Omit<Observation, "milliseconds">;

/** @param reads how the server reads targets, where it is not the kernel that reads them first */
export function socketWay(port: number, reads?: (method: string, target: string) => readonly string[]): Way {
  const idle: Connection[] = [];

  async function exchange(connection: Connection, request: AttackRequest, id: string): Promise<Exchange> {
    const plain = isPlain(request);
    connection.write(requestBytes(request, id, plain));
    if (request.leavesAfter !== undefined) connection.socket.end();
    const { answers, rest } = await connection.answers(1, [request.method], PATIENCE_MS);
    const closing = answers.length === 0 || answers.some(({ headers }) => headers.some(isClosing));
    if (!plain || closing || rest !== "" || connection.isClosed()) connection.socket.destroy();
    else idle.push(connection);
    return { answers, rest, closed: connection.isClosed() };
  }

  return {
    name: "socket",
    // More than one space before the version is still the line's (RFC 9112 §3).
    sees: (method, target) => [target, target.replace(/ +$/, ""), ...(reads?.(method, target) ?? [])],
    async send(attack, id) {
      if (attack.kind !== "request") return undefined;
      const start = performance.now();
      try {
        const kept = isPlain(attack.request) ? idle.pop() : undefined;
        const first = kept && (await exchange(kept, attack.request, id));
        // An idle connection may be closed just when it is used again (RFC 9112 §9.3.1).
        const gone = first === undefined || (first.closed && first.answers.length === 0 && first.rest === "");
        const observed = gone ? await exchange(await openConnection(port), attack.request, id) : first;
        return { ...observed, milliseconds: performance.now() - start };
      } catch (error) {
        return thrown(error, start);
      }
    },
    close: () => {
      for (const { socket } of idle) socket.destroy();
      return Promise.resolve();
    },
  };
}

const isClosing = ([name, value]: readonly [string, string]): boolean => name === "connection" && /close/i.test(value);

/** Whether the connection surely says nothing but this request, and can be used again. */
function isPlain({ method, target, headers, leavesAfter }: AttackRequest): boolean {
  return (
    leavesAfter === undefined &&
    /^[A-Z-]+$/.test(method) &&
    method !== "CONNECT" &&
    /^[!-~\x80-\xff]+$/.test(target) &&
    headers.every(([name, value]) => /^[\w-]+$/.test(name) && /^[\t -~\x80-\xff]*$/.test(value) && !FRAMING.test(name))
  );
}
const FRAMING = /^(?:content-length|transfer-encoding|connection|upgrade|expect|host)$/i;

function requestBytes(
  { method, target, headers, body, chunked, leavesAfter }: AttackRequest,
  id: string,
  kept: boolean,
): string {
  const said = headers.map(([name, value]) => `${name}: ${value}`);
  const lines = [`${method} ${target} HTTP/1.1`, ...said, `x-attack: ${id}`];
  if (!headers.some(([name]) => /^host$/i.test(name))) lines.push("host: localhost");
  if (!kept) lines.push("connection: close");
  const text = body === undefined ? "" : Buffer.from(body).toString("latin1");
  if (chunked === true) lines.push("transfer-encoding: chunked");
  else if (body !== undefined && !headers.some(([name]) => /^content-length$/i.test(name)))
    lines.push(`content-length: ${text.length}`);
  return `${lines.join("\r\n")}\r\n\r\n${(chunked === true ? inChunks(text) : text).slice(0, leavesAfter)}`;
}

function inChunks(text: string): string {
  let chunks = "";
  for (let at = 0; at < text.length; at += 10_000) {
    const chunk = text.slice(at, at + 10_000);
    chunks += `${chunk.length.toString(16)}\r\n${chunk}\r\n`;
  }
  return `${chunks}0\r\n\r\n`;
}
