import type { App } from "./app.ts";
import { type Awaitable, type Incoming, isPromise, type Outcome, type Peer } from "./boundary.ts";
import { kernelError } from "./problem.ts";
import { isStreamed } from "./request/stream.ts";

/** Serves a web `Request`: what every runtime with `fetch` handlers needs. */
export function serveRequest(app: Server, request: Request, platform: unknown): Awaitable<Response> {
  const incoming = new WebIncoming(request, platform);
  const outcome = app.handle(incoming);
  return isPromise(outcome)
    ? outcome.then((settled) => toResponse(app, incoming, settled))
    : toResponse(app, incoming, outcome);
}

type Server = Pick<App, "handle" | "report">;

/** What runtimes hand their `fetch` handlers beside the request, as far as they do. */
interface WebPlatform {
  readonly remoteAddr?: { readonly hostname?: string };
  requestIP?(request: Request): { readonly address: string } | null;
  waitUntil?(work: Promise<unknown>): void;
}

class WebIncoming implements Incoming {
  readonly #request: Request;
  readonly method: string;
  readonly target: string;
  readonly platform: unknown;

  constructor(request: Request, platform: unknown) {
    this.#request = request;
    this.method = request.method;
    this.target = targetOf(request.url);
    this.platform = platform;
  }

  get signal(): AbortSignal {
    return this.#request.signal;
  }
  /** Deno hands `Deno.serve`'s handlers a `remoteAddr`, Bun its server, which can be asked. */
  get peer(): Peer | undefined {
    const platform = this.platform as WebPlatform | null | undefined;
    const address = platform?.remoteAddr?.hostname ?? platform?.requestIP?.(this.#request)?.address;
    return address === undefined ? undefined : { address, encrypted: this.#request.url.startsWith("https:") };
  }
  header(name: string): string | null {
    return this.#request.headers.get(name);
  }
  headers(): Iterable<readonly [string, string]> {
    return this.#request.headers;
  }
  request(): Request {
    return this.#request;
  }
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#request.body;
  }
  waitUntil(work: Promise<unknown>): void {
    (this.platform as WebPlatform | null | undefined)?.waitUntil?.(work);
  }

  async text(limit: number): Promise<string | undefined> {
    const length = this.#declaredLength();
    if (length > limit) return undefined;
    // The runtime holds a body to its declared length, so only an undeclared one has to be counted.
    if (length >= 0) return this.#whole(() => this.#request.text());
    const bytes = await this.bytes(limit);
    return bytes && new TextDecoder().decode(bytes);
  }

  async bytes(limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const { body } = this.#request;
    if (body === null) return new Uint8Array();
    if (this.#declaredLength() > limit) return undefined;
    const { readBytes } = await import("./request/bytes.ts");
    return this.#whole(() => readBytes(body, limit));
  }

  /** A body that breaks off is its sender's mistake, which Deno does not tell by the signal; one that was read before is the app's. */
  #whole<T>(read: () => Promise<T>): Promise<T> {
    const { bodyUsed } = this.#request;
    return read().catch((error: unknown) => {
      throw bodyUsed ? error : kernelError("malformed", "The body ended early.");
    });
  }

  /** −1 if the request does not say. */
  #declaredLength(): number {
    const length = this.#request.headers.get("content-length");
    return length === null || !/^\d+$/.test(length) ? -1 : Number(length);
  }
}

/** Path and query of an absolute URL, by position: parsing it once more would cost more than serving many a request. */
function targetOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const hash = url.indexOf("#", start);
  return hash === -1 ? url.slice(start) : url.slice(start, hash);
}

/** An outcome as a web `Response`. */
function toResponse(app: Server, incoming: Incoming, outcome: Outcome): Awaitable<Response> {
  const { status, headers, body } = outcome;
  try {
    const init = { status, headers: headersOf(headers) };
    if (!isStreamed(body) || body instanceof ReadableStream) return new Response(body, init);
    return import("./request/chunks.ts").then(({ toStream }) => new Response(toStream(body), init));
  } catch (error) {
    return import("./request/unsendable.ts").then(({ refuse }) =>
      toResponse(app, incoming, refuse(app, incoming, outcome, error)),
    );
  }
}

function headersOf(list: readonly string[]): Headers | Record<string, string> {
  // Controls are none of a value's (RFC 9110 §5.5): `Headers` takes most of them, and Deno's server ends the process at one.
  for (const text of list)
    if (/[^\t -~\x80-\xff]/.test(text)) throw new TypeError(`No header can say ${JSON.stringify(text)}.`);
  if (list.length === 2) return { [list[0] ?? ""]: list[1] ?? "" };
  const headers = new Headers();
  for (let i = 0; i < list.length; i += 2) headers.append(list[i] ?? "", list[i + 1] ?? "");
  return headers;
}
