import type { ServerResponse } from "node:http";
import type { Outcome, OutcomeBody } from "@openspeed/core";
import { internal } from "./problem.ts";
import { discard, writeStream } from "./write-stream.ts";

type StreamBody = Exclude<OutcomeBody, string | Uint8Array | null>;

/** Writes an outcome. Returns a promise only for a body that streams; it settles when nothing is left to write and never rejects. */
export function writeOutcome(res: ServerResponse, method: string, outcome: Outcome): Promise<void> | undefined {
  const { body } = outcome;
  if (res.destroyed) {
    if (isStream(body)) discard(body);
    return undefined;
  }
  try {
    return isStream(body) ? beginStream(res, method, outcome, body) : writeWhole(res, method, outcome, body);
  } catch (error) {
    if (isStream(body)) discard(body);
    refuseOutcome(res, method, outcome, error);
    return undefined;
  }
}

function writeWhole(
  res: ServerResponse,
  method: string,
  outcome: Outcome,
  body: string | Uint8Array | null,
): undefined {
  const { status } = outcome;
  checkStatus(status);
  if (status === 204 || status === 304) {
    res.writeHead(status, headersOf(outcome.headers, undefined));
    res.end();
    return;
  }
  if (typeof body === "string") {
    const length = Buffer.byteLength(body);
    res.writeHead(status, headersOf(outcome.headers, length));
    // Equal lengths mean ASCII, which Node writes without encoding it.
    if (method === "HEAD") res.end();
    else res.end(body, length === body.length ? "latin1" : "utf8");
    return;
  }
  if (body === null && method === "HEAD") {
    // The kernel may have said how long the body would have been.
    res.writeHead(status, outcome.headers as string[]);
    res.end();
    return;
  }
  res.writeHead(status, headersOf(outcome.headers, body === null ? 0 : body.byteLength));
  if (body === null || method === "HEAD") res.end();
  else res.end(body);
}

function beginStream(
  res: ServerResponse,
  method: string,
  outcome: Outcome,
  body: StreamBody,
): Promise<void> | undefined {
  const { status } = outcome;
  checkStatus(status);
  if (method === "HEAD" || status === 204 || status === 304) {
    discard(body);
    res.writeHead(status, headersOf(outcome.headers, undefined));
    res.end();
    return undefined;
  }
  res.writeHead(status, framed(outcome.headers));
  return writeStream(res, body, declaredLength(outcome.headers));
}

function isStream(body: OutcomeBody): body is StreamBody {
  return typeof body === "object" && body !== null && !(body instanceof Uint8Array);
}

/** Informational and impossible statuses are not final responses (RFC 9110 §15). */
function checkStatus(status: number): void {
  if (!(status >= 200 && status <= 599)) throw new RangeError(`A response cannot have the status ${status}`);
}

/** The framing is the adapter's: what a handler says of it is dropped, so that no two lengths are sent (RFC 9112 §6.3). */
function headersOf(given: readonly string[], length: number | undefined): string[] {
  const headers: string[] = [];
  for (let i = 0; i < given.length; i += 2) {
    const name = given[i] ?? "";
    if (name === "content-length" || name === "transfer-encoding") continue;
    headers.push(name, given[i + 1] ?? "");
  }
  if (length !== undefined) headers.push("content-length", `${length}`);
  return headers;
}

/** A stream may declare its length; the transfer coding is Node's to choose. */
function framed(given: readonly string[]): string[] {
  const headers: string[] = [];
  for (let i = 0; i < given.length; i += 2) {
    const name = given[i] ?? "";
    if (name !== "transfer-encoding") headers.push(name, given[i + 1] ?? "");
  }
  return headers;
}

function declaredLength(headers: readonly string[]): number | undefined {
  const at = headers.findIndex((name, i) => i % 2 === 0 && name === "content-length");
  return at === -1 ? undefined : Number(headers[at + 1]);
}

/** A status or header that cannot be sent (response splitting, a wrong type) is the server's fault, not the client's. */
function refuseOutcome(res: ServerResponse, method: string, outcome: Outcome, error: unknown): void {
  process.emitWarning(
    `A response with status ${outcome.status} cannot be sent: ${error instanceof Error ? error.message : String(error)}`,
    {
      code: "OS_INVALID_RESPONSE",
    },
  );
  if (res.headersSent || outcome === internal) res.destroy();
  else {
    res.statusMessage = "";
    void writeOutcome(res, method, internal);
  }
}
