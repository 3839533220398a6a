import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { Outcome } from "@openspeed/core";
import type { HeadedResponse } from "./constant-headers.ts";
import { type Connection, settleStreamed, settleUnread } from "./connections.ts";
import { NodeIncoming } from "./incoming.ts";
import { Gate } from "./overload/gate.ts";
import type { Overload } from "./overload/options.ts";
import { rankRoutes } from "./overload/ranked-routes.ts";
import { type OnRequest, putOff } from "./pipeline.ts";
import { faultsOf } from "./problem.ts";
import type { Servable } from "./serve.ts";
import type { ShutdownState } from "./shutdown.ts";
import { serverStatus } from "./status.ts";
import { isLast, refusalOf } from "./well-formed.ts";
import { writeOutcome } from "./write.ts";

export interface Requests {
  readonly onRequest: OnRequest;
  /** Stops what measures. */
  close(): void;
}

interface RequestsOptions {
  readonly app: Pick<Servable, "handle" | "report" | "routes">;
  readonly server: Server;
  readonly connections: ReadonlyMap<Socket, Connection>;
  readonly state: ShutdownState;
  readonly overload: Overload | undefined;
  /** How many processes of this kind share the machine. */
  readonly workers: number;
}

/** What happens to a request from its head to its answer. */
export function createRequests({ app, server, connections, state, overload, workers }: RequestsOptions): Requests {
  const fault = faultsOf(app);
  const gate =
    overload &&
    new Gate<NodeIncoming>({
      overload,
      routes: rankRoutes(() => app.routes),
      processes: workers,
      serve,
      refuse: answer,
    });
  if (gate !== undefined) server.on("connection", () => gate.accepted());
  const status = serverStatus(server, connections, gate, state);

  function answer(incoming: NodeIncoming, outcome: Outcome): void {
    if (state.held !== undefined) state.held.push(() => answer(incoming, outcome));
    // Requests that arrived in one packet are parsed by then; all are answered, and the last one's response closes.
    else if (state.closing) setImmediate(write, incoming, outcome);
    else write(incoming, outcome);
  }

  function write(incoming: NodeIncoming, outcome: Outcome): void {
    const { req, res, connection } = incoming;
    const { body } = outcome;
    const streams = incoming.taken && typeof body === "object" && body !== null && !(body instanceof Uint8Array);
    if (!req.readableEnded && !streams) settleUnread(req, res);
    if ((state.closing || connection.ended || isLast(req)) && connection.response === res) {
      res.shouldKeepAlive = false;
    }
    const written = writeOutcome(res, incoming, outcome, fault);
    const now = performance.now();
    connection.since = now;
    if (gate !== undefined) gate.latest = now;
    if (!res.shouldKeepAlive && connection.response === res) connection.ended = true;
    if (written !== undefined) void written.then(() => finishStream(incoming));
  }

  function serve(incoming: NodeIncoming): void {
    // It may have gone while it waited.
    if (incoming.res.destroyed) return;
    try {
      const outcome = app.handle(incoming);
      if ("then" in outcome) {
        const visit = gate?.enter(incoming.req, incoming.isCollected);
        const settle = (settled: Outcome): void => {
          gate?.leave(visit);
          answer(incoming, settled);
        };
        outcome.then(settle, (error: unknown) => settle(fault(error, incoming)));
      } else answer(incoming, outcome);
    } catch (error) {
      answer(incoming, fault(error, incoming));
    }
  }

  function onRequest(req: IncomingMessage, res: HeadedResponse): void {
    const connection = connections.get(req.socket);
    const before = connection?.response?.req;
    // RFC 9112 §9.6: nothing is processed after a response that closes.
    if (connection === undefined || connection.ended || (before !== undefined && isLast(before))) return;
    if (putOff(connection, onRequest, req, res)) return;
    connection.response = res;
    const incoming = new NodeIncoming(req, res, connection, status);
    const refusal = refusalOf(req);
    if (refusal !== undefined) {
      connection.ended = true;
      answer(incoming, refusal);
    } else if (gate?.looks) gate.arrive(incoming);
    else serve(incoming);
  }

  return { onRequest, close: () => gate?.close() };
}

function finishStream({ req, res, connection }: NodeIncoming): void {
  connection.since = performance.now();
  settleStreamed(req, res);
}
