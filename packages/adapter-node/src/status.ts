import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Serving } from "@openspeed/core";
import type { Connection } from "./connections.ts";
import type { Gate } from "./overload/gate.ts";
import type { ShutdownState } from "./shutdown.ts";

/** How the server of a request does, for health routes and metrics. Of this process. */
export interface ServerStatus extends Serving {
  /** Open connections. */
  readonly connections: number;
  /** Connections closed at once because there were too many, so far. */
  readonly dropped: number;
  /** Requests whose handlers are at work asynchronously. */
  readonly inFlight: number;
  /** Requests refused because of overload so far. */
  readonly refused: { readonly low: number; readonly normal: number; readonly critical: number };
}

const NONE = { low: 0, normal: 0, critical: 0 };

export function serverStatus(
  server: Server,
  connections: ReadonlyMap<Socket, Connection>,
  gate: Pick<Gate<never>, "overloaded" | "inFlight" | "refused"> | undefined,
  state: ShutdownState,
): ServerStatus {
  let dropped = 0;
  server.on("drop", () => dropped++);
  return {
    get closing() {
      return state.closing || state.held !== undefined;
    },
    get overloaded() {
      return gate?.overloaded ?? false;
    },
    get connections() {
      return connections.size;
    },
    get dropped() {
      return dropped;
    },
    get inFlight() {
      return gate?.inFlight ?? 0;
    },
    get refused() {
      return { ...(gate?.refused ?? NONE) };
    },
  };
}
