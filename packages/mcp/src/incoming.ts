import type { Incoming, Peer } from "@openspeed/core";

/** What describes the agent's own request, or the connection that it came by, and not who is calling. */
const LEFT_OUT =
  /^(?:content-.*|accept|accept-encoding|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|mcp-.*|last-event-id|if-.*|range)$/;

/** A tool's call as a request: with the caller's own headers, so that it is met by the guards that the caller would meet. */
export class ToolIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly signal: AbortSignal;
  readonly #outer: Incoming;
  readonly #headers: ReadonlyMap<string, string>;
  readonly #body: Uint8Array<ArrayBuffer> | undefined;

  constructor(
    outer: Incoming,
    call: {
      readonly method: string;
      readonly target: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | undefined;
      readonly signal: AbortSignal;
    },
  ) {
    this.#outer = outer;
    this.method = call.method;
    this.target = call.target;
    this.signal = call.signal;
    const kept = [...outer.headers()].filter(([name]) => !LEFT_OUT.test(name));
    this.#headers = new Map([...kept, ...Object.entries(call.headers)]);
    this.#body = call.body === undefined ? undefined : new TextEncoder().encode(call.body);
  }

  get platform(): unknown {
    return this.#outer.platform;
  }
  get peer(): Peer | undefined {
    return this.#outer.peer;
  }
  header(name: string): string | null {
    return this.#headers.get(name) ?? null;
  }
  headers(): Iterable<readonly [string, string]> {
    return this.#headers;
  }
  async text(limit: number): Promise<string | undefined> {
    const bytes = await this.bytes(limit);
    return bytes && new TextDecoder().decode(bytes);
  }
  async bytes(limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = this.#body ?? new Uint8Array();
    return bytes.byteLength > limit ? undefined : bytes;
  }
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#body === undefined ? null : new Blob([this.#body]).stream();
  }
  request(): Request {
    const { method, signal } = this;
    const init = {
      method,
      signal,
      headers: [...this.#headers].map(([name, value]): [string, string] => [name, value]),
    };
    return new Request(
      new URL(this.target, this.#outer.request().url),
      this.#body ? { ...init, body: this.#body } : init,
    );
  }
  waitUntil(work: Promise<unknown>): void {
    this.#outer.waitUntil?.(work);
  }
}
