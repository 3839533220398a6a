import { match, ok } from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@openspeed/adapter-node";
import { createInputsApp } from "../inputs-app.ts";
import { createRandom, seedOf } from "../random.ts";
import { latin1, type Target } from "../target.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const HEALTHY = Uint8Array.from(Buffer.from("GET /inputs/1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
/** How long a client waits that has said all and got no answer. */
const PATIENCE = 5;

/** A server and what goes wrong inside of it. */
export interface Served {
  /** Where it listens; it begins to with the first call. */
  readonly listen: () => Promise<string>;
  readonly close: () => Promise<void>;
  readonly faults: Error[];
}

function serveInputs(): Served {
  const { app, faults } = createInputsApp();
  const path = freeSocket();
  let server: ReturnType<typeof serve> | undefined;
  return {
    faults,
    async listen() {
      await (server ??= serve(app, { socket: path, signals: false, quiet: 0 }));
      return path;
    },
    close: async () => (await server)?.close(),
  };
}

/** Ports would run out. */
export function freeSocket(): string {
  const name = `openspeed-fuzz-${randomUUID()}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

export const socket: Target<Served> = {
  name: "socket",
  about: "whatever a client sends over a connection, it gets whole answers, no more than it asked for, or a close",
  sources: ["packages/adapter-node/src/"],
  words: [
    "GET / HTTP/1.1\r\n",
    "POST /bytes HTTP/1.1\r\n",
    "POST /json HTTP/1.1\r\n",
    " HTTP/1.0\r\n",
    "Host: h\r\n",
    "Content-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Connection: close\r\n",
    "Connection: keep-alive\r\n",
    "Expect: 100-continue\r\n",
    "Upgrade: websocket\r\n",
    "\r\n",
    "\r\n\r\n",
    "0\r\n\r\n",
    "5\r\nhello\r\n",
    "a;b=c\r\n",
    "\n",
    "\r",
    ":",
    " ",
    "\t",
    "OPTIONS * ",
    "CONNECT h:80 ",
    "HEAD /inputs/1",
  ],
  separators: ["\r\n", "\r\n\r\n", ":", " "],
  subject: serveInputs(),
  close: ({ close }) => close(),
  async check({ listen, faults }, input) {
    const path = await listen();
    const answers = answersIn(await exchange(path, input));
    // Each request has its version, and what is none gets one answer before the close.
    const asked = latin1(input).split(/HTTP\/\d/i).length;
    ok(answers.filter((status) => status >= 200).length <= asked, `${answers.length} answers`);
    ok(
      answers.every((status) => status !== 500),
      "no fault",
    );
    const [fault] = faults.splice(0);
    if (fault !== undefined && !isGone(fault)) throw fault;
    if (seedOf(input) % 32 === 0) match(await exchange(path, HEALTHY), /^HTTP\/1\.1 200 /);
  },
};

/** Sends the bytes in pieces, waits for what comes, says goodbye, and reads until the server has closed. */
function exchange(path: string, input: Bytes): Promise<string> {
  return new Promise((resolve) => {
    const client = connect(path).setEncoding("latin1");
    const received: string[] = [];
    const leave = (): void => void client.end();
    const timer = setTimeout(leave, PATIENCE);
    client.on("data", (chunk: string) => {
      received.push(chunk);
      timer.refresh();
    });
    client.on("error", () => {}); // a reset is a close too
    client.on("close", () => {
      clearTimeout(timer);
      resolve(received.join(""));
    });
    const cut = createRandom(seedOf(input)).below(input.length + 1);
    client.write(input.subarray(0, cut));
    client.write(input.subarray(cut));
  });
}

/** The statuses of the answers, each with a head and a body as long as it says. The last body may be cut by the close. */
function answersIn(text: string): readonly number[] {
  const statuses: number[] = [];
  for (let at = 0; at < text.length;) {
    const head = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n((?:[\w-]+: [^\r\n]*\r\n)*)\r\n/.exec(text.slice(at));
    ok(head !== null, `an answer begins with ${JSON.stringify(text.slice(at, at + 80))}`);
    const [whole, status, headers = ""] = head;
    statuses.push(Number(status));
    at += whole.length;
    // HEAD is answered without a body, and what follows it is another answer.
    if (text.startsWith("HTTP/1.1 ", at)) continue;
    const chunked = /^transfer-encoding: chunked\r$/im.test(headers);
    at = chunked ? endOfChunks(text, at) : at + Number(/^content-length: (\d+)\r$/im.exec(headers)?.[1] ?? 0);
  }
  return statuses;
}

function endOfChunks(text: string, start: number): number {
  for (let at = start; ;) {
    const [line = "", size = ""] = /^([\da-f]+)\r\n/i.exec(text.slice(at)) ?? [];
    if (line === "") return text.length; // cut by the close
    at += line.length + Number.parseInt(size, 16) + 2;
    if (/^0+$/.test(size)) return at;
  }
}

/** The client left in the middle of its own request. */
function isGone(error: Error): boolean {
  return error.name === "AbortError" || ("code" in error && error.code === "ECONNRESET");
}
