import type { IncomingMessage } from "node:http";
import type { Incoming, Peer } from "@openspeed/core";
import type { HeadedResponse } from "./constant-headers.ts";
import { bodyStream, collect, hasBody } from "./body.ts";
import type { Connection } from "./connections.ts";
import type { ServerStatus } from "./status.ts";

/** What a handler finds as `platform` on Node. */
export interface NodePlatform {
  /** Node's own request: its socket, its raw headers. Reading its body here and through the framework breaks both. */
  readonly request: IncomingMessage;
  /** How the server does. */
  readonly server: ServerStatus;
}

const decoder = new TextDecoder();

/** The kernel's view of a Node request. Every field is set in the constructor, so all share one hidden class. */
export class NodeIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly req: IncomingMessage;
  readonly res: HeadedResponse;
  readonly connection: Connection;
  readonly serving: ServerStatus;
  private controller: AbortController | undefined;
  private body: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined;
  private web: Request | undefined;
  /** Whether somebody has asked for the body. */
  taken: boolean;

  constructor(req: IncomingMessage, res: HeadedResponse, connection: Connection, serving: ServerStatus) {
    this.method = req.method ?? "GET";
    this.target = req.url ?? "/";
    this.req = req;
    this.res = res;
    this.connection = connection;
    this.serving = serving;
    this.controller = undefined;
    this.body = undefined;
    this.web = undefined;
    this.taken = false;
  }

  /** Whether the body is being read to its end for somebody who waits for all of it. */
  get isCollected(): boolean {
    return this.taken && this.body === undefined;
  }

  get platform(): NodePlatform {
    return { request: this.req, server: this.serving };
  }

  get peer(): Peer {
    const { socket } = this.req;
    return { address: socket.remoteAddress, encrypted: "encrypted" in socket };
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      const controller = new AbortController();
      const { res } = this;
      const abort = (): void => {
        if (!res.writableEnded) controller.abort(new DOMException("The client closed the connection", "AbortError"));
      };
      if (res.destroyed) abort();
      else res.once("close", abort);
      this.controller = controller;
    }
    return this.controller.signal;
  }

  /** Node has built its header object before we are called, so reading it is the cheapest way; its prototype is not data. */
  header(name: string): string | null {
    const value = this.req.headers[name];
    if (typeof value === "string") return value;
    return Array.isArray(value) ? value.join(", ") : null;
  }

  headers(): Iterable<readonly [name: string, value: string]> {
    const raw = this.req.rawHeaders;
    const joined = new Map<string, string>();
    for (let i = 0; i < raw.length; i += 2) {
      const name = (raw[i] ?? "").toLowerCase();
      const value = raw[i + 1] ?? "";
      const before = joined.get(name);
      // RFC 9113 §8.2.3 and RFC 6265 §5.4: cookie pairs are separated by a semicolon.
      joined.set(name, before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`);
    }
    return joined;
  }

  text(limit: number): Promise<string | undefined> {
    return this.take(limit, decodeText);
  }

  bytes(limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.take(limit, joinBytes);
  }

  stream(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (this.body === undefined) {
      if (this.taken) throw new TypeError("The request body has already been read.");
      this.taken = true;
      this.body = hasBody(this.req) ? bodyStream(this.req, this.res) : null;
    }
    return this.body;
  }

  request(): Request {
    return (this.web ??= this.buildRequest());
  }

  private take<T>(limit: number, finish: (chunks: readonly Uint8Array[], length: number) => T): Promise<T | undefined> {
    if (this.taken) return Promise.reject(new TypeError("The request body has already been read."));
    this.taken = true;
    return collect(this.req, this.res, limit, finish);
  }

  private buildRequest(): Request {
    const bodiless = this.method === "GET" || this.method === "HEAD";
    // A body that was read before cannot be read again; a `Request` made late then has none.
    const body = bodiless || (this.taken && this.body === undefined) ? null : this.stream();
    const headers = new Headers();
    for (const [name, value] of this.headers()) headers.append(name, value);
    return new Request(absoluteUrl(this.target, this.req), {
      method: this.method,
      headers,
      signal: this.signal,
      ...(body === null ? {} : { body, duplex: "half" }),
    });
  }
}

/**
 * Origin and target are joined as text: resolving `//evil.example/x` against an origin would move the request to another
 * host, so that a guard and a handler would see different paths.
 */
function absoluteUrl(target: string, req: IncomingMessage): string {
  if (/^https?:\/\//i.test(target) && URL.canParse(target)) return target;
  const scheme = "encrypted" in req.socket ? "https" : "http";
  const origin = `${scheme}://${req.headers.host ?? ""}`;
  return `${URL.canParse(origin) ? origin : `${scheme}://localhost`}${target.startsWith("/") ? target : ""}`;
}

function decodeText(chunks: readonly Uint8Array[], length: number): string {
  // TextDecoder drops a byte order mark and replaces what is not UTF-8, as a web `Request` does.
  const [first] = chunks;
  if (first === undefined) return "";
  return decoder.decode(chunks.length === 1 ? first : Buffer.concat(chunks, length));
}

/** Always a copy of its own: Node's chunks are views of larger buffers that hold other requests' bytes. */
function joinBytes(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
