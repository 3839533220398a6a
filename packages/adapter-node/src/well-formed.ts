import type { IncomingMessage } from "node:http";
import type { Outcome } from "@openspeed/core";
import { expectationFailed, malformed } from "./problem.ts";

let validHost: string | undefined;

/** What Node's parser lets through and RFC 9112 does not: every 400 here stops two readers from seeing two different requests. */
export function refusalOf(req: IncomingMessage): Outcome | undefined {
  const { host, expect, "transfer-encoding": coding } = req.headers;
  // §2.3, §2.5: the grammar of HTTP/1 carries no other version, though Node reads 0.9 and 2.0 in it.
  if (req.httpVersionMajor !== 1) return malformed;
  // §6.1, §6.3: any other coding leaves the body's end unknown, and HTTP/1.0 knows none.
  if (coding !== undefined && (coding.toLowerCase() !== "chunked" || req.httpVersionMinor === 0)) return malformed;
  // §3.2: HTTP/1.1 has one valid Host field.
  if (host === undefined) return req.httpVersionMinor === 0 ? undefined : malformed;
  if (host !== validHost && !isHost(host)) return malformed;
  validHost = host;
  // RFC 9110 §10.1.1: what is expected beside `100-continue`, nobody here knows how to meet.
  const unmet = expect !== undefined && req.httpVersionMinor > 0 && expect.toLowerCase() !== "100-continue";
  return unmet ? expectationFailed : undefined;
}

/**
 * Whether a request asks for another protocol (RFC 9110 §7.8), which nobody here speaks. It is answered in this one, and is the
 * last of its connection: Node drops what has come behind it in one packet, and would read the rest of that as a request.
 */
export function isLast({ headers: { upgrade, connection } }: IncomingMessage): boolean {
  return upgrade !== undefined && connection !== undefined && /\bupgrade\b/i.test(connection);
}

/** Fields sent twice are joined and so have a comma, which no host has. */
function isHost(text: string): boolean {
  return /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+;=%-]*)(?::\d*)?$/i.test(text);
}
