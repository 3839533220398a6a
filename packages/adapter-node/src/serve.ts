import cluster from "node:cluster";
import { createServer, type IncomingMessage, type Server as HttpServer } from "node:http";
import type { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";
import { type App, type Awaitable, type Duration, type Incoming, type Outcome, parseDuration } from "@openspeed/core";
import { type Connection, connectionOf } from "./connections.ts";
import { HeadedResponse } from "./constant-headers.ts";
import { type Address, listen, type ListenOptions } from "./listen.ts";
import { ListenError, shown } from "./listen-error.ts";
import { isCount, type Overload, type OverloadOptions, resolveOverload } from "./overload/options.ts";
import { onClientError } from "./refuse.ts";
import { createRequests } from "./requests.ts";
import { createShutdown, type Shutdown } from "./shutdown.ts";
import { closeOnSignals } from "./signals.ts";
import { watchStalls } from "./stalls.ts";
import { closeOnUncaught } from "./uncaught.ts";
import { servePrimary, serveWorker, workerCount } from "./workers.ts";

/** What `serve` needs of an app; `createApp` of `@openspeed/core` makes one. */
export interface Servable {
  readonly limits: {
    /** Bytes of all header fields together. */
    readonly headers: number;
    /** Milliseconds until all headers must have arrived. */
    readonly headersTimeout: number;
    /** Milliseconds until the whole request must have arrived. */
    readonly requestTimeout: number;
    /** Milliseconds without progress: of a body that is waited for, of an answer that is not read. */
    readonly stall: number;
    /** Milliseconds an idle connection is kept. */
    readonly keepAlive: number;
    /** Milliseconds of grace at shutdown. */
    readonly shutdown: number;
  };
  /** What is served, for the priorities of its routes; without, all are alike. */
  readonly routes?: App["routes"];
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
  /** What requests in flight have at shutdown: milliseconds, or `"10s"`. Default `app.limits.shutdown`. */
  readonly grace?: Duration;
  /**
   * The silence (milliseconds, or `"5s"`) after which closing ends an idle connection; until then its next request is still answered, with
   * `Connection: close`. Default `app.limits.keepAlive`, which is what clients were promised; 100 at SIGINT. Tests may say 0.
   */
  readonly quiet?: Duration;
  /** What is refused with 503 when too much comes; `false`: nothing. Default: on. */
  readonly overload?: OverloadOptions | boolean;
  /** Open connections, of each worker; further ones are closed at once. Default 20,000. */
  readonly connections?: number;
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
  const grace = milliseconds("grace", options.grace ?? app.limits.shutdown);
  const workers = workerCount(options.workers);
  const settings: Settings = {
    overload: resolveOverload(options.overload),
    maxConnections: connectionCount(options.connections),
    grace,
    quiet: milliseconds("quiet", options.quiet ?? app.limits.keepAlive),
    workers,
  };
  if (workers > 1)
    return cluster.isPrimary
      ? servePrimary(workers, { signals, grace })
      : serveWorker(app, signals, (deaf) => start(app, options, settings, deaf));
  const { address, shutdown } = await start(app, options, settings);
  if (signals) {
    closeOnSignals(shutdown);
    closeOnUncaught(app, shutdown);
  }
  return { ...address, close: () => shutdown.close() };
}

/** What was resolved of the options, before anything starts. */
interface Settings {
  readonly overload: Overload | undefined;
  readonly maxConnections: number;
  readonly grace: number;
  readonly quiet: number;
  readonly workers: number;
}

async function start(
  app: Servable,
  options: ServeOptions,
  { overload, maxConnections, grace, quiet, workers }: Settings,
  deaf?: () => Promise<void>,
): Promise<{ address: Address; shutdown: Shutdown }> {
  await app.ready();
  const { server, connections } = httpServer(app, maxConnections);
  const stalls = watchStalls(connections, app.limits.stall);
  const stopMeasuring = (): void => {
    stalls.close();
    requests.close();
  };
  const shutdown = createShutdown({
    server,
    connections,
    grace,
    quiet,
    deaf,
    async after(left) {
      stopMeasuring();
      await app.close(left);
    },
  });
  const requests = createRequests({ app, server, connections, state: shutdown.state, overload, workers });
  server.on("request", requests.onRequest);
  // Answered when the body is read: see `askForBody`.
  server.on("checkContinue", requests.onRequest);
  server.on("checkExpectation", requests.onRequest);
  try {
    return { address: await listen(server, options), shutdown };
  } catch (error) {
    stopMeasuring();
    throw error;
  }
}

function connectionCount(given: number = 20_000): number {
  if (isCount(given)) return given;
  throw new ListenError("OS_CONNECTIONS_INVALID", `connections is ${shown(given)}; give a whole number of at least 1.`);
}

/** 0 is "at once"; anything else that is no duration would be taken for it by a timer. */
function milliseconds(name: "grace" | "quiet", given: Duration): number {
  const amount = given === 0 ? 0 : parseDuration(given);
  if (amount !== undefined) return amount;
  throw new ListenError(
    "OS_SHUTDOWN_INVALID",
    `${name} is ${shown(given)}; give milliseconds, or a text such as "10s".`,
  );
}

type NodeServer = HttpServer<typeof IncomingMessage, typeof HeadedResponse>;

function httpServer(
  app: Servable,
  maxConnections: number,
): { server: NodeServer; connections: Map<Socket, Connection> } {
  const { limits } = app;
  const connections = new Map<Socket, Connection>();
  const server = createServer({
    ServerResponse: HeadedResponse,
    maxHeaderSize: limits.headers,
    headersTimeout: Math.min(limits.headersTimeout, limits.requestTimeout),
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAlive,
    // How often Node looks for requests that are late: often, so that thousands are not all closed at once.
    connectionsCheckingInterval: Math.min(250, limits.headersTimeout),
    // Checked by `refusalOf`, which answers with a problem document.
    requireHostHeader: false,
    joinDuplicateHeaders: true,
    ...emptyRequests,
  });
  // Node would drop further headers silently, and with them what a guard looks for; `maxHeaderSize` bounds them.
  server.maxHeadersCount = 0;
  // The cheapest answer: nothing of it is read, and no parser made for it.
  server.maxConnections = maxConnections;
  // In a worker too, whose primary would else give the connection to the next, and so on for ever.
  Object.assign(server, { dropMaxConnection: true });
  // One function for all: a closure for each is a part of what a connection costs that does nothing.
  const forget = function (this: Socket): void {
    connections.delete(this);
  };
  server.on("connection", (socket: Socket) => {
    connections.set(socket, connectionOf(socket));
    socket.on("close", forget);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) =>
    onClientError(error, socket, connections.get(socket)),
  );
  return { server, connections };
}

/** Spares requests without a body the stream events nobody listens to. Older Nodes ignore it. */
const emptyRequests: object = { optimizeEmptyRequests: true };
