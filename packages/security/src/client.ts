import { type Declared, type Incoming, provide, type Provider } from "@openspeed/core";
import { parseAddress } from "./address.ts";

/** Who a request is from, as far as somebody who is trusted says so. */
export interface Client {
  /**
   * The IP address in its one canonical form (RFC 5952; IPv4 also where a socket shows it as IPv6). `undefined` where nobody who
   * is trusted tells: on a Unix socket, on a platform that has no peers, behind a proxy that hides it.
   */
  readonly address: string | undefined;
  /** What the client speaks, with the first trusted proxy where there is one. */
  readonly protocol: "http" | "https";
  /** The host that the client asked for, with a port if it named one, in lower case. `undefined` where it named none that can be. */
  readonly host: string | undefined;
}

/**
 * The client of a request. By itself it is the other end of the connection, and no header is believed; an app behind proxies
 * says so once, with {@link behindProxies}, and everything that asks for the client is told the same.
 *
 * @example
 * app.get("/", { use: [client] }, ({ client }) => client.address ?? "nobody knows");
 */
export const client: Provider<"client", Client, Declared<{}, []>> = provide("client", {}, ({ incoming }) =>
  connected(incoming),
);

/** The other end of the connection. */
export function connected(incoming: Incoming): Client {
  const { peer } = incoming;
  const encrypted = peer?.encrypted ?? incoming.request().url.startsWith("https:");
  return {
    // Without the zone that a link-local address has on this machine (RFC 4007 §11).
    address: parseAddress(peer?.address?.replace(/%.*$/s, "") ?? "")?.text,
    protocol: encrypted ? "https" : "http",
    host: hostOf(incoming),
  };
}

/** The host that a request names: its target's where that has one (RFC 9112 §3.2.2). */
export function hostOf(incoming: Incoming): string | undefined {
  const { target, peer } = incoming;
  if (!target.startsWith("/") && URL.canParse(target)) return validHost(new URL(target).host);
  // Where there is no connection a `Request` may have no such header; elsewhere making one would take the body.
  return validHost(incoming.header("host") ?? (peer === undefined ? new URL(incoming.request().url).host : ""));
}

const HOST = /^(?:\[[\da-f:.]+\]|[a-z\d][a-z\d._-]*)(?::\d{1,5})?$/;

export function validHost(text: string): string | undefined {
  const host = text.toLowerCase();
  return HOST.test(host) ? host : undefined;
}
