/**
 * The transport boundary: plain data in, plain data out. An adapter turns its platform's request into an
 * {@link Incoming} and writes an {@link Outcome}; the kernel knows nothing else of the platform.
 */

export type Awaitable<T> = T | Promise<T>;

/** The other end of a request's connection as the transport sees it: the client, or a proxy in front of it. */
export interface Peer {
  /** An IP address as the platform writes it; `undefined` where there is none, as on a Unix socket. */
  readonly address: string | undefined;
  /** Whether the connection itself is encrypted (TLS). */
  readonly encrypted: boolean;
}

/** How the server does that a request came to. */
export interface Serving {
  /** Whether it is shutting down: it answers what it has, and takes no new connections. */
  readonly closing: boolean;
  /** Whether it refused requests just now because it has too many. */
  readonly overloaded: boolean;
}

/** A request as an adapter hands it over. Nothing is parsed, copied or built before it is asked for. */
export interface Incoming {
  /** The method as received, case-sensitive (RFC 9110 §9.1). */
  readonly method: string;
  /** The request target as received: origin-form, absolute-form or `*` (RFC 9112 §3.2). */
  readonly target: string;
  /** Aborted when the client goes away. Made on first use. */
  readonly signal: AbortSignal;
  /** What the platform offers beside the request (bindings, execution context, sockets). */
  readonly platform: unknown;
  /** Who the connection is with, said by the transport and never by a header; `undefined` where the platform does not tell. */
  readonly peer: Peer | undefined;
  /** How the server does, where an adapter runs one. */
  readonly serving?: Serving;
  /** A header's value by its lower-case name; repeated fields are joined as RFC 9110 §5.3 says. */
  header(name: string): string | null;
  /** All headers as name and value, names in lower case. */
  headers(): Iterable<readonly [name: string, value: string]>;
  /** The whole body as text (UTF-8, without a byte order mark), or `undefined` if it is longer than `limit` bytes. */
  text(limit: number): Promise<string | undefined>;
  /** The whole body, or `undefined` if it is longer than `limit` bytes. */
  bytes(limit: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The body as it arrives, `null` if there is none. The reader counts the bytes. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** The same request as a web `Request`; built once, on demand. */
  request(): Request;
  /** Keeps the platform alive until the work is done, where the platform must be told. */
  waitUntil?(work: Promise<unknown>): void;
}

/** What can be written to a client. Strings are sent as UTF-8. */
export type OutcomeBody =
  | string
  | Uint8Array<ArrayBuffer>
  | ReadableStream<Uint8Array<ArrayBuffer>>
  | AsyncIterable<Uint8Array<ArrayBuffer> | string>
  | null;

/**
 * A response as plain data. It may be shared between requests, so nobody changes one: see {@link withHeaders}.
 * The adapter adds `content-length` for strings and bytes.
 */
export interface Outcome {
  readonly status: number;
  /** name, value, name, value … with names in lower case. A frozen list says that it is a constant, which an adapter may render once. */
  readonly headers: readonly string[];
  readonly body: OutcomeBody;
}

/** A header's value in an outcome, by its lower-case name. */
export function headerOf({ headers }: Pick<Outcome, "headers">, name: string): string | undefined {
  const at = indexOf(headers, name);
  return at === -1 ? undefined : headers[at + 1];
}

function indexOf(headers: readonly string[], name: string): number {
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === name) return i;
  return -1;
}

/** The same outcome with headers set: an equal name is replaced, except `set-cookie`, which is added, and `vary`, which is joined. */
export function withHeaders(outcome: Outcome, headers: Readonly<Record<string, string>>): Outcome {
  const list = outcome.headers.slice();
  for (const name in headers) setHeader(list, name.toLowerCase(), headers[name] ?? "");
  return { status: outcome.status, headers: list, body: outcome.body };
}

function setHeader(list: string[], name: string, value: string): void {
  const at = name === "set-cookie" ? -1 : indexOf(list, name);
  if (at === -1) list.push(name, value);
  else list[at + 1] = name === "vary" ? `${list[at + 1]}, ${value}` : value;
}

export function isPromise<T>(value: Awaitable<T> | PromiseLike<T>): value is Promise<T> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
