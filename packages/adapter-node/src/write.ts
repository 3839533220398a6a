import type { Incoming, Outcome, OutcomeBody } from "@openspeed/core";
import { checkHeaders, type HeadedResponse, linesOf } from "./constant-headers.ts";
import type { Fault } from "./problem.ts";
import { discard, writeStream } from "./write-stream.ts";

type StreamBody = Exclude<OutcomeBody, string | Uint8Array | null>;

/** Writes an outcome. Returns a promise only for a body that streams; it settles when nothing is left to write and never rejects. */
export function writeOutcome(
  res: HeadedResponse,
  incoming: Pick<Incoming, "method" | "target">,
  outcome: Outcome,
  fault: Fault,
): Promise<void> | undefined {
  const { body } = outcome;
  const { method } = incoming;
  if (res.destroyed) {
    if (isStream(body)) discard(body);
    return undefined;
  }
  try {
    if (onDeno) checkHeaders(outcome.headers);
    return isStream(body)
      ? beginStream(res, method, outcome, body, (error) => void fault(error, incoming))
      : writeWhole(res, method, outcome, body);
  } catch (error) {
    if (isStream(body)) discard(body);
    const refused = fault(unsendable(outcome, error), incoming);
    if (res.headersSent) res.destroy();
    else {
      res.statusMessage = "";
      writeWhole(res, method, refused, String(refused.body));
    }
    return undefined;
  }
}

function writeWhole(
  res: HeadedResponse,
  method: string,
  outcome: Outcome,
  body: string | Uint8Array | null,
): undefined {
  const { status } = outcome;
  checkStatus(status);
  if (status === 204 || status === 304) {
    writeBodiless(res, outcome);
    return;
  }
  if (typeof body === "string") {
    const length = Buffer.byteLength(body);
    res.writeHead(status, sized(res, outcome.headers, length));
    // Equal lengths mean ASCII, which Node writes without encoding it.
    if (method === "HEAD") res.end();
    else res.end(body, length === body.length ? "latin1" : "utf8");
    return;
  }
  if (body === null && method === "HEAD") {
    // The kernel may have said how long the body would have been.
    res.writeHead(status, framed(res, outcome.headers, true));
    res.end();
    return;
  }
  res.writeHead(status, sized(res, outcome.headers, body === null ? 0 : body.byteLength));
  if (body === null || method === "HEAD") res.end();
  else res.end(body);
}

function beginStream(
  res: HeadedResponse,
  method: string,
  outcome: Outcome,
  body: StreamBody,
  fault: (error: unknown) => void,
): Promise<void> | undefined {
  const { status } = outcome;
  checkStatus(status);
  if (method === "HEAD" || status === 204 || status === 304) {
    discard(body);
    writeBodiless(res, outcome);
    return undefined;
  }
  const length = declaredLength(outcome.headers);
  res.writeHead(status, framed(res, outcome.headers, true));
  return writeStream(res, body, length, fault);
}

/** Node takes the body from an answer before it looks at the headers, and a 500 in its place must have one: so they are looked at first. */
function writeBodiless(res: HeadedResponse, { status, headers }: Outcome): void {
  const list = framed(res, headers, false);
  checkHeaders(list);
  res.writeHead(status, list);
  res.end();
}

/** What Node refuses when the head is written (RFC 9110 §5.5), Deno finds out when it is too late to answer anything else. */
const onDeno: boolean = "Deno" in globalThis;

function isStream(body: OutcomeBody): body is StreamBody {
  return typeof body === "object" && body !== null && !(body instanceof Uint8Array);
}

/** Informational and impossible statuses are not final responses (RFC 9110 §15). */
function checkStatus(status: number): void {
  if (!(status >= 200 && status <= 599)) throw new RangeError(`A response cannot have the status ${status}`);
}

/**
 * Framing and the connection are the adapter's (RFC 9112 §6.3, RFC 9110 §7.6.1), so what a handler says of them is not sent:
 * two lengths, or a connection said to stay that is closing, would make the client misread what follows.
 */
function framed(res: HeadedResponse, given: readonly string[], declared: boolean): string[] {
  const headers: string[] = [];
  res.lines = linesOf(given) ?? "";
  if (res.lines !== "") return headers;
  for (let i = 0; i < given.length; i += 2) {
    const name = given[i] ?? "";
    const value = given[i + 1] ?? "";
    switch (name) {
      case "content-length":
        if (declared) headers.push(name, value);
        break;
      case "connection":
        if (/\bclose\b/i.test(value)) res.shouldKeepAlive = false;
        break;
      case "transfer-encoding":
      case "keep-alive":
      case "trailer":
        break;
      default:
        headers.push(name, value);
    }
  }
  return headers;
}

function sized(res: HeadedResponse, given: readonly string[], length: number): string[] {
  const headers = framed(res, given, false);
  headers.push("content-length", `${length}`);
  return headers;
}

/** The length that a stream says it has. */
function declaredLength(headers: readonly string[]): number | undefined {
  const at = headers.findIndex((name, i) => i % 2 === 0 && name === "content-length");
  if (at === -1) return undefined;
  const value = headers[at + 1] ?? "";
  if (!/^\d{1,15}$/.test(value))
    throw new RangeError(`A response cannot have the content-length ${JSON.stringify(value)}`);
  return Number(value);
}

/** A status or header that cannot be sent (response splitting, a wrong type) is the server's fault, not the client's. */
function unsendable({ status }: Outcome, cause: unknown): Error {
  return new Error(
    `OS_INVALID_RESPONSE: a response with status ${status} cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`,
    { cause },
  );
}
