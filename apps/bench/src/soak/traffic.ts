// The clients' process: a fixed mix of good, wrong and broken-off requests, at a given rate.
import { Agent, request, type IncomingMessage } from "node:http";
import { answer } from "../process/answer.ts";

export interface TrafficQuestion {
  readonly port: number;
  readonly milliseconds: number;
  /** Requests a second; as many as 32 callers can make if it is not given. */
  readonly rate?: number | undefined;
}

export interface TrafficAnswer {
  readonly sent: number;
  /** Answered 503 because the machine had no time for more, which a busy neighbour brings about. */
  readonly refused: number;
  /** Requests that were not answered as they should, with the first reasons. */
  readonly wrong: number;
  readonly reasons: readonly string[];
}

interface Kind {
  readonly method: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: string | Buffer;
  /** What must come back; nothing for a client that leaves. */
  readonly status: number | undefined;
  /** Leaves when so many bytes of the answer have come, or before any if it is 0. */
  readonly leaves?: number;
  /** Announces a body and leaves in the middle of it. */
  readonly halfSent?: boolean;
  /** The answer breaks off, which is what should happen. */
  readonly breaks?: boolean;
}

const json = "application/json";
const user = JSON.stringify({ name: "Ada", email: "ada@example.com", age: 36 });
const upload = Buffer.alloc(256 * 1024, "o");

/** Gone through in turn: about a third is wrong or breaks off. */
const kinds: readonly Kind[] = [
  { method: "GET", path: "/", status: 200 },
  { method: "GET", path: "/users/ada", status: 200 },
  { method: "POST", path: "/users", type: json, body: user, status: 200 },
  { method: "GET", path: "/users/nobody", status: 404 },
  { method: "GET", path: "/stream", status: 200 },
  { method: "POST", path: "/users", type: json, body: '{"name":1}', status: 422 },
  { method: "GET", path: "/throws", status: 500 },
  { method: "GET", path: "/", status: 200 },
  { method: "POST", path: "/forms", type: "application/x-www-form-urlencoded", body: "name=Ada", status: 200 },
  { method: "GET", path: "/stream", status: undefined, leaves: 100_000 },
  { method: "POST", path: "/echo", type: "application/octet-stream", body: upload, status: 200 },
  { method: "GET", path: "/events", status: undefined, leaves: 40 },
  { method: "GET", path: "/users/grace", status: 200 },
  { method: "GET", path: "/slow", status: undefined, leaves: 0 },
  { method: "POST", path: "/echo", type: "application/octet-stream", body: upload, status: undefined, halfSent: true },
  { method: "GET", path: "/nowhere", status: 404 },
  { method: "POST", path: "/users", type: json, body: "{", status: 400 },
  { method: "GET", path: "/slow", status: 200 },
  { method: "GET", path: "/breaks", status: 200, breaks: true },
  { method: "POST", path: "/users", type: json, body: user, status: 200 },
];

const CALLERS = 32;
const REASONS = 5;
const REFUSED = "status 503";
let turn = 0;

answer<null, TrafficQuestion, TrafficAnswer>(null, async ({ port, milliseconds, rate }) => {
  // Idle connections are kept for shorter than the server promises, so that none is used while it closes.
  const agent = new Agent({ keepAlive: true, maxSockets: CALLERS * 4, timeout: 4000 });
  const reasons: string[] = [];
  const begun = performance.now();
  const under = new Set<Promise<void>>();
  let sent = 0;
  let refused = 0;
  let wrong = 0;
  const send = (): Promise<void> => {
    const kind = kinds[turn++ % kinds.length];
    if (kind === undefined) throw new Error("There are no kinds of requests");
    sent++;
    const one: Promise<void> = exchange(agent, port, kind)
      .catch((error: Error) => {
        if (error.message === REFUSED) {
          refused++;
          return;
        }
        wrong++;
        if (reasons.length < REASONS) reasons.push(`${kind.method} ${kind.path}: ${error.message}`);
      })
      .finally(() => under.delete(one));
    under.add(one);
    return one;
  };
  const caller = async (): Promise<void> => {
    while (performance.now() - begun < milliseconds) await send();
  };
  if (rate === undefined) await Promise.all(Array.from({ length: CALLERS }, caller));
  else await atRate(rate, milliseconds, send);
  await Promise.all(under);
  agent.destroy();
  return { sent, refused, wrong, reasons };
});

/** Sends by the clock, however long the answers take. */
async function atRate(rate: number, milliseconds: number, send: () => unknown): Promise<void> {
  const begun = performance.now();
  let sent = 0;
  for (let passed = 0; passed < milliseconds; passed = performance.now() - begun) {
    while (sent < (passed * rate) / 1000) {
      void send();
      sent++;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Settles when the answer is as it should be, or when the client has left. */
function exchange(agent: Agent, port: number, kind: Kind): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method, path, body = "" } = kind;
    const length = Buffer.byteLength(body);
    // An answer that breaks may do so before its head is read.
    const leaving = kind.status === undefined || kind.breaks === true;
    const outgoing = request({
      agent,
      host: "127.0.0.1",
      port,
      method,
      path,
      headers: length === 0 ? {} : { "content-type": kind.type, "content-length": length },
    });
    outgoing.on("error", (error) => (leaving ? resolve() : reject(error)));
    outgoing.on("close", () => (kind.status === undefined ? resolve() : undefined));
    outgoing.on("response", (incoming) => read(incoming, kind, outgoing.destroy.bind(outgoing), resolve, reject));
    if (kind.halfSent === true)
      outgoing.write(body.slice(0, length / 2), () => setTimeout(() => outgoing.destroy(), 5));
    else outgoing.end(body);
    if (kind.leaves === 0) setTimeout(() => outgoing.destroy(), 10);
  });
}

function read(
  incoming: IncomingMessage,
  { status, leaves, breaks = false }: Kind,
  leave: () => void,
  resolve: () => void,
  reject: (error: Error) => void,
): void {
  let bytes = 0;
  if (status !== undefined && incoming.statusCode !== status) reject(new Error(`status ${incoming.statusCode}`));
  incoming.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (leaves !== undefined && bytes >= leaves) leave();
  });
  incoming.on("error", (error) => (breaks || status === undefined ? resolve() : reject(error)));
  incoming.on("end", () => (breaks ? reject(new Error("an end where the answer should break")) : resolve()));
}
