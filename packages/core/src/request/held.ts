import type { Incoming, Peer } from "../boundary.ts";
import { tooLarge } from "../body.ts";
import { kernelError } from "../problem.ts";
import type { ItemContext, RequestContext } from "./context.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Reads a request's body before its route does, at most as much as the route's `limits.body`; whoever reads it afterwards
 * gets what was held. For middleware that judges the bytes: fingerprints, digests, signatures. A body that the route would
 * have streamed is in memory then.
 *
 * @throws the kernel problems `tooLarge`, and `malformed` where the client left before the end
 */
export async function holdBody(ctx: ItemContext): Promise<Bytes> {
  const context = ctx as RequestContext; // there is no other kind
  const { incoming } = context;
  if (incoming instanceof HeldIncoming) return incoming.content;
  const { limits } = context.shared;
  const content = await incoming.bytes(limits.body).catch((error: unknown) => {
    throw incoming.signal.aborted ? kernelError("malformed", "The body ended early.") : error;
  });
  if (content === undefined) throw tooLarge(limits);
  context.incoming = new HeldIncoming(incoming, content);
  return content;
}

/** The same request, with a body that can be read as often as one likes. */
class HeldIncoming implements Incoming {
  readonly content: Bytes;
  readonly #before: Incoming;
  #request: Request | undefined;

  constructor(before: Incoming, content: Bytes) {
    this.#before = before;
    this.content = content;
  }

  get method(): string {
    return this.#before.method;
  }
  get target(): string {
    return this.#before.target;
  }
  get signal(): AbortSignal {
    return this.#before.signal;
  }
  get platform(): unknown {
    return this.#before.platform;
  }
  get peer(): Peer | undefined {
    return this.#before.peer;
  }
  header(name: string): string | null {
    return this.#before.header(name);
  }
  headers(): Iterable<readonly [string, string]> {
    return this.#before.headers();
  }
  async text(limit: number): Promise<string | undefined> {
    return this.content.length > limit ? undefined : new TextDecoder().decode(this.content);
  }
  async bytes(limit: number): Promise<Bytes | undefined> {
    return this.content.length > limit ? undefined : this.content.slice();
  }
  stream(): ReadableStream<Bytes> | null {
    return this.content.length === 0 ? null : new Blob([this.content]).stream();
  }
  request(): Request {
    return (this.#request ??=
      this.content.length === 0
        ? this.#before.request()
        : new Request(this.#before.request(), { method: this.method, body: this.content }));
  }
  waitUntil(work: Promise<unknown>): void {
    this.#before.waitUntil?.(work);
  }
}
