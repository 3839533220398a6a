import type { IncomingMessage } from "node:http";
import { Writable } from "node:stream";
import type { Incoming, Outcome } from "@openspeed/core";
import type { Connect } from "vite";

/**
 * What connect middlewares answer, as an outcome: so that one server, with its limits and its closing, serves the app and
 * Vite on every runtime. `undefined` where none of them answers.
 */
export function answerOf(middlewares: Connect.Server, incoming: Incoming): Promise<Outcome | undefined> {
  return new Promise((resolve, reject) => {
    const response = new CapturedResponse(resolve, reject);
    middlewares(requestOf(incoming), response as never, (error: unknown) => {
      if (error === undefined || error === null) resolve(undefined);
      else reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}

/** Node's own request, which adapters for Node hand over as their platform. Connect's middlewares write into its `url`. */
function requestOf({ platform }: Incoming): IncomingMessage {
  if (typeof platform === "object" && platform !== null && "request" in platform)
    return platform.request as IncomingMessage;
  throw new TypeError("Vite needs Node's request.");
}

/** As much of a ServerResponse as middlewares use. */
class CapturedResponse extends Writable {
  statusCode = 200;
  statusMessage = "";
  headersSent = false;
  readonly req: undefined;
  readonly #headers = new Map<string, readonly string[]>();
  readonly #chunks: Buffer[] = [];
  readonly #settle: (outcome: Outcome) => void;

  constructor(settle: (outcome: Outcome) => void, fail: (error: Error) => void) {
    super();
    this.#settle = settle;
    this.on("error", fail);
  }

  setHeader(name: string, value: string | number | readonly string[]): this {
    this.#headers.set(name.toLowerCase(), Array.isArray(value) ? value.map(String) : [String(value)]);
    return this;
  }

  getHeader(name: string): string | undefined {
    return this.#headers.get(name.toLowerCase())?.join(", ");
  }

  getHeaders(): Record<string, string> {
    return Object.fromEntries([...this.#headers].map(([name, values]) => [name, values.join(", ")]));
  }

  getHeaderNames(): string[] {
    return [...this.#headers.keys()];
  }

  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }

  flushHeaders(): void {}

  writeHead(status: number, message?: unknown, headers?: unknown): this {
    this.statusCode = status;
    const given = headers ?? (typeof message === "object" ? message : undefined);
    for (const [name, value] of Object.entries(given ?? {})) this.setHeader(name, value as string);
    this.headersSent = true;
    return this;
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
    done();
  }

  override _final(done: () => void): void {
    const headers = [...this.#headers].flatMap(([name, values]) => values.flatMap((value) => [name, value]));
    this.#settle({ status: this.statusCode, headers, body: new Uint8Array(Buffer.concat(this.#chunks)) });
    done();
  }
}
