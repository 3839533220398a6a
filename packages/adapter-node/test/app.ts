import type { Incoming, Outcome } from "@openspeed/core";
import type { Servable } from "../src/index.ts";

export type Handle = (incoming: Incoming) => Outcome | Promise<Outcome>;

/** The smallest thing that can be served: the adapter is tested on the boundary, not through the kernel. */
export function appOf(
  handle: Handle,
  more: { limits?: Partial<Servable["limits"]>; close?: () => Promise<void> } = {},
): Servable {
  const limits = {
    headers: 16_384,
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    stall: 30_000,
    keepAlive: 5_000,
    shutdown: 5_000,
    ...more.limits,
  };
  return { handle, limits, ready: () => Promise.resolve(), close: more.close ?? (() => Promise.resolve()) };
}

export function text(body: string, status = 200): Outcome {
  return { status, headers: ["content-type", "text/plain;charset=utf-8"], body };
}
