/** Servers that frame messages by themselves, and say back what they were told. */
import { createServer, type Socket } from "node:net";
import { createApp, type Outcome, reply, route } from "@openspeed/core";
import type { Attacked } from "../subject.ts";
import { PEER } from "../subjects/echo.ts";
import { subjectNamed } from "../subjects/index.ts";
import { incomingOf } from "../ways/handle.ts";
import { mutant, type Mutant } from "./mutant.ts";

type Length = (headers: string) => number | "chunked";

/** HTTP/1.1 by hand, with one idea of where a request ends. */
function naively(lengthOf: Length, closes = false): NonNullable<Mutant["listen"]> {
  return async (app) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      let received = "";
      let answering = Promise.resolve();
      socket.setEncoding("latin1");
      socket.on("error", () => socket.destroy());
      socket.on("data", (chunk: string) => {
        received += chunk;
        for (let next = requestIn(received, lengthOf); next !== undefined; next = requestIn(received, lengthOf)) {
          const { head, body, end } = next;
          received = received.slice(end);
          answering = answering.then(() => answer(app, socket, head, body, closes));
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return {
      port: typeof address === "object" && address !== null ? address.port : 0,
      close: async () => {
        for (const socket of sockets) socket.destroy();
        server.close();
        await app.close();
      },
    };
  };
}

function requestIn(received: string, lengthOf: Length): { head: string; body: string; end: number } | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const length = lengthOf(head);
  if (length !== "chunked") {
    const last = end + 4 + length;
    return last > received.length ? undefined : { head, body: received.slice(end + 4, last), end: last };
  }
  const last = received.indexOf("0\r\n\r\n", end + 4);
  return last < 0 ? undefined : { head, body: received.slice(end + 4, last), end: last + 5 };
}

async function answer(app: Attacked, socket: Socket, head: string, body: string, closes: boolean): Promise<void> {
  const [line = "", ...fields] = head.trimStart().split("\r\n");
  const [method = "GET", target = "/"] = line.split(" ");
  const headers = fields.flatMap((field) => {
    const [, name, value] = /^([\w-]+)\s*:\s*(.*)$/.exec(field) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  const id = headers.find(([name]) => name === "x-attack")?.[1] ?? "";
  const request = {
    method,
    target,
    headers: headers.filter(([name]) => name !== "x-attack"),
    body: Uint8Array.from(body, (char) => char.charCodeAt(0)),
  };
  const outcome: Outcome = await app.handle(incomingOf(request, id));
  const said = outcome.headers.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join("");
  const text = typeof outcome.body === "string" ? outcome.body : "";
  socket.write(`HTTP/1.1 ${outcome.status} OK\r\n${said}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  if (closes || /^connection: close$/im.test(head)) socket.end();
}

const contentLength = (head: string): number =>
  Number.parseInt(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? "0", 10);

const frames = (name: string, lengthOf: Length): Mutant => ({
  ...mutant("C", "smuggled", "frames", name, subjectNamed("frames").make),
  listen: naively(lengthOf),
});
const spoken = (
  finds: "injected" | "unvalidated",
  name: string,
  make: Mutant["subject"]["make"],
  listen?: Mutant["listen"],
): Mutant => mutant("C", finds, "spoken", name, make, listen);

export const framing: readonly Mutant[] = [
  frames("looks at lengths alone", contentLength),
  frames("takes any word that holds chunked", (head) =>
    /transfer-encoding.*chunked/i.test(head) ? "chunked" : contentLength(head),
  ),
  frames("prefers lengths to codings", (head) =>
    /^content-length/im.test(head) ? contentLength(head) : /^transfer-encoding: chunked$/m.test(head) ? "chunked" : 0,
  ),
  spoken("injected", "writes header values as they are", subjectNamed("spoken").make, naively(contentLength, true)),
  spoken("injected", "redirects wherever it is told", () => {
    const redirect = route(({ query }) => reply(302, undefined, { location: query["v"] ?? "" }));
    return createApp({ onError: () => undefined, routes: { "GET /redirect": redirect } });
  }),
  spoken("unvalidated", "believes x-forwarded-for", (witness) =>
    createApp({
      routes: {
        "GET /peer": route(
          witness(PEER, ({ header }: { readonly header: (name: string) => string | null }) =>
            header("x-forwarded-for") === null ? [] : [`the peer is ${header("x-forwarded-for")}`],
          ),
        ),
      },
    }),
  ),
];
