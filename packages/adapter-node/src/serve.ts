import cluster from "node:cluster";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";
import type { Awaitable, Incoming, Outcome } from "@openspeed/core";
import { type Connection, connectionOf, settleStreamed, settleUnread } from "./connections.ts";
import { NodeIncoming } from "./incoming.ts";
import { type Address, listen, type ListenOptions } from "./listen.ts";
import { faultsOf, malformed } from "./problem.ts";
import { onClientError } from "./refuse.ts";
import { createShutdown, type Shutdown, type ShutdownState } from "./shutdown.ts";
import { closeOnSignals } from "./signals.ts";
import { closeOnUncaught } from "./uncaught.ts";
import { servePrimary, serveWorker, workerCount } from "./workers.ts";
import { writeOutcome } from "./write.ts";

/** What `serve` needs of an app; `createApp` of `@openspeed/core` makes one. */
export interface Servable {
  readonly limits: {
    /** Bytes of all header fields together. */
    readonly headers: number;
    /** Milliseconds until all headers must have arrived. */
    readonly headersTimeout: number;
    /** Milliseconds until the whole request must have arrived. */
    readonly requestTimeout: number;
    /** Milliseconds an idle connection is kept. */
    readonly keepAlive: number;
    /** Milliseconds of grace at shutdown. */
    readonly shutdown: number;
  };
  handle(incoming: Incoming): Awaitable<Outcome>;
  ready(): Promise<unknown>;
  /** Within `grace` milliseconds. */
  close(grace?: number): Promise<void>;
  /** Tells of an error that is not the app's own to see, and gives an id to find it by. Without it, the process warns. */
  report?(error: unknown, place: { readonly method?: string; readonly path?: string; readonly route?: string }): string;
}

export interface ServeOptions extends ListenOptions {
  /** Server processes: a number, or `"auto"` for one a core. Default 1, which forks none. */
  readonly workers?: number | "auto";
  /**
   * Whether the server ends its process: gracefully at SIGTERM and SIGINT, where a second one ends it at once, and after an error
   * that nobody caught, with exit code 1. Default `true` in the main thread.
   */
  readonly signals?: boolean;
  /** Milliseconds that requests in flight have at shutdown. Default `app.limits.shutdown`. */
  readonly grace?: number;
  /**
   * Milliseconds of silence after which closing ends an idle connection; until then its next request is still answered, with
   * `Connection: close`. Default `app.limits.keepAlive`, which is what clients were promised; 100 at SIGINT. Tests may say 0.
   */
  readonly quiet?: number;
}

export interface Server {
  /** Where the server answers: `http://localhost:3000`, or `unix:/run/app.sock`. */
  readonly url: string;
  /** The TCP port; 0 for a Unix socket. */
  readonly port: number;
  /** Stops accepting, answers what has arrived, closes every connection and then the app. Calling it again waits for the same. */
  close(): Promise<void>;
}

/**
 * Serves an app over HTTP/1.1. Resolves when the server accepts connections.
 *
 * @throws ListenError when the address cannot be listened on (`OS_PORT_IN_USE`, `OS_PORT_DENIED`, …).
 * @throws CompileError when the app does not compile.
 * @example
 * const server = await serve(app, { port: 3000 });
 * console.log(server.url);
 */
export async function serve(app: Servable, options: ServeOptions = {}): Promise<Server> {
  const signals = options.signals ?? isMainThread;
  const grace = options.grace ?? app.limits.shutdown;
  const workers = workerCount(options.workers);
  if (workers > 1)
    return cluster.isPrimary
      ? servePrimary(workers, { signals, grace })
      : serveWorker(app, signals, (deaf) => start(app, options, grace, deaf));
  const { address, shutdown } = await start(app, options, grace);
  if (signals) {
    closeOnSignals(shutdown);
    closeOnUncaught(app, shutdown);
  }
  return { ...address, close: () => shutdown.close() };
}

async function start(
  app: Servable,
  options: ServeOptions,
  grace: number,
  deaf?: () => Promise<void>,
): Promise<{ address: Address; shutdown: Shutdown }> {
  await app.ready();
  const { server, connections } = httpServer(app);
  const shutdown = createShutdown({
    server,
    connections,
    grace,
    quiet: options.quiet ?? app.limits.keepAlive,
    deaf,
    after: (left) => app.close(left),
  });
  const onRequest = requestHandler(app, connections, shutdown.state);
  server.on("request", onRequest);
  // Answered when the body is read: see `askForBody`.
  server.on("checkContinue", onRequest);
  return { address: await listen(server, options), shutdown };
}

function httpServer(app: Servable): { server: ReturnType<typeof createServer>; connections: Map<Socket, Connection> } {
  const { limits } = app;
  const connections = new Map<Socket, Connection>();
  const server = createServer({
    maxHeaderSize: limits.headers,
    headersTimeout: Math.min(limits.headersTimeout, limits.requestTimeout),
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAlive,
    // How often Node looks for requests that are late.
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeout),
    // Checked by `isWellFormed`, which answers with a problem document.
    requireHostHeader: false,
    joinDuplicateHeaders: true,
    ...emptyRequests,
  });
  // Node would drop further headers silently, and with them what a guard looks for; `maxHeaderSize` bounds them.
  server.maxHeadersCount = 0;
  server.on("connection", (socket: Socket) => {
    connections.set(socket, connectionOf(socket));
    socket.once("close", () => connections.delete(socket));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) =>
    onClientError(error, socket, connections.get(socket)),
  );
  return { server, connections };
}

/** Spares requests without a body the stream events nobody listens to. Older Nodes ignore it. */
const emptyRequests: object = { optimizeEmptyRequests: true };

function requestHandler(
  app: Servable,
  connections: Map<Socket, Connection>,
  state: ShutdownState,
): (req: IncomingMessage, res: ServerResponse) => void {
  const fault = faultsOf(app);

  function answer(
    incoming: NodeIncoming,
    req: IncomingMessage,
    res: ServerResponse,
    connection: Connection,
    outcome: Outcome,
  ): void {
    if (state.held !== undefined) state.held.push(() => answer(incoming, req, res, connection, outcome));
    // Requests that arrived in one packet are parsed by then; all are answered, and the last one's response closes.
    else if (state.closing) setImmediate(write, incoming, req, res, connection, outcome);
    else write(incoming, req, res, connection, outcome);
  }

  function write(
    incoming: NodeIncoming,
    req: IncomingMessage,
    res: ServerResponse,
    connection: Connection,
    outcome: Outcome,
  ): void {
    const { body } = outcome;
    const streams = incoming.taken && typeof body === "object" && body !== null && !(body instanceof Uint8Array);
    if (!req.readableEnded && !streams) settleUnread(req, res);
    if ((state.closing || connection.ended) && connection.response === res) {
      res.shouldKeepAlive = false;
    }
    const written = writeOutcome(res, incoming, outcome, fault);
    connection.since = performance.now();
    if (!res.shouldKeepAlive && connection.response === res) connection.ended = true;
    if (written !== undefined) void written.then(() => finishStream(req, res, connection));
  }

  return function onRequest(req, res) {
    const connection = connections.get(req.socket);
    // RFC 9112 §9.6: nothing is processed after a response that closes.
    if (connection === undefined || connection.ended) return;
    connection.response = res;
    const incoming = new NodeIncoming(req, res);
    if (!isWellFormed(req)) {
      connection.ended = true;
      answer(incoming, req, res, connection, malformed);
      return;
    }
    try {
      const outcome = app.handle(incoming);
      if ("then" in outcome) {
        outcome.then(
          (settled) => answer(incoming, req, res, connection, settled),
          (error: unknown) => answer(incoming, req, res, connection, fault(error, incoming)),
        );
      } else answer(incoming, req, res, connection, outcome);
    } catch (error) {
      answer(incoming, req, res, connection, fault(error, incoming));
    }
  };
}

function finishStream(req: IncomingMessage, res: ServerResponse, connection: Connection): void {
  connection.since = performance.now();
  settleStreamed(req, res);
}

let validHost: string | undefined;

/** What Node's parser lets through and RFC 9112 does not: every 400 here stops two readers from seeing two different requests. */
function isWellFormed(req: IncomingMessage): boolean {
  const { host, "transfer-encoding": coding } = req.headers;
  // §6.1 and §6.3: any other coding leaves the body's end unknown.
  if (coding !== undefined && coding.toLowerCase() !== "chunked") return false;
  if (host === validHost && host !== undefined) return true;
  // §3.2: HTTP/1.1 has one valid Host field. Fields sent twice are joined and so have a comma, which no host has.
  if (host === undefined) return req.httpVersionMinor === 0;
  if (!/^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+;=%-]*)(?::\d*)?$/i.test(host)) return false;
  validHost = host;
  return true;
}
