import type { App } from "../app.ts";
import { type Awaitable, type Incoming, isPromise } from "../boundary.ts";
import type { Limits } from "../limits.ts";
import type { MetaRecord } from "../meta.ts";
import { type AcceptHeader, preferred } from "./negotiate.ts";
import { readQuery } from "./query.ts";

export type Strings = Readonly<Record<string, string>>;

/** The request as every handler, provider and middleware sees it. */
export interface Context {
  /** The method as received; a `HEAD` request may be served by a `GET` route. */
  readonly method: string;
  /** The canonical path: decoded once (`%2F` and `%25` kept), dots resolved. */
  readonly path: string;
  /** The same request as a web `Request`, built on first use. */
  readonly request: Request;
  /** Aborted when the client goes away or the handler's time is over. */
  readonly signal: AbortSignal;
  /** Everything that was said about the route, by key: a key reads its own, as in `policy.all(ctx)`. */
  readonly meta: MetaRecord;
  /** What the platform offers beside the request. */
  readonly platform: unknown;
  /** The transport's own view, for adapters and body kinds. */
  readonly incoming: Incoming;
  /** A request header's value. Names are case-insensitive. */
  readonly header: (name: string) => string | null;
  /** The best of these media types for the client's `Accept`, `undefined` if it wants none of them (RFC 9110 §12.5.1). */
  readonly accepts: (types: readonly string[]) => string | undefined;
  /** Work that goes on after the answer; closing the app awaits it. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  /**
   * Tells the app's `onError` of what went wrong, where the answer goes on all the same, as a page that is half sent does. Gives
   * the id under which it was told.
   */
  readonly report: (error: unknown) => string;
}

/**
 * What providers and middleware see beside their own values: the validated inputs of whatever route they stand on, so
 * that a guard judges the very values that the handler gets. Reading them decodes them, and answers 422 if they are wrong.
 */
export interface ItemContext extends Context {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The mounted route's key, such as `GET /users/:id`. */
  readonly route: string;
}

/** The validated inputs that are there before the body. */
export interface Inputs {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly cookies: unknown;
}

/** What a plan knows that every one of its requests shares. */
export interface Shared {
  readonly app: Pick<App, "waitUntil">;
  readonly key: string;
  readonly meta: MetaRecord;
  readonly decode: ((ctx: RequestContext) => Awaitable<Inputs>) | undefined;
  /** The route's own. */
  readonly limits: Limits;
  readonly report: (error: unknown, ctx: RequestContext) => string;
}

/**
 * One object a request. Each plan extends it once, puts what all its requests share (app-scope values, `fail`) on the
 * prototype, and so gives all its requests one hidden class. `header`, `accepts` and `waitUntil` are getters of bound
 * functions because handlers destructure the context.
 */
export class RequestContext implements ItemContext {
  declare readonly shared: Shared;
  /** Replaced by `holdBody` alone. */
  incoming: Incoming;
  readonly path: string;
  readonly rawParams: Strings;
  readonly search: string;
  body: unknown = undefined;
  offer: string | undefined = undefined;
  /** What went wrong, for providers that must roll back. */
  error: unknown = undefined;
  inputs: Inputs | undefined = undefined;
  deadline: AbortController | undefined = undefined;
  aborted: AbortSignal | undefined = undefined;

  constructor(incoming: Incoming, path: string, rawParams: Strings, search: string) {
    this.incoming = incoming;
    this.path = path;
    this.rawParams = rawParams;
    this.search = search;
  }

  get method(): string {
    return this.incoming.method;
  }
  get route(): string {
    return this.shared.key;
  }
  get meta(): MetaRecord {
    return this.shared.meta;
  }
  get params(): Readonly<Record<string, unknown>> {
    return this.shared.decode === undefined
      ? this.rawParams
      : (this.decoded().params as Readonly<Record<string, unknown>>);
  }
  get query(): Readonly<Record<string, unknown>> {
    return this.decoded().query as Readonly<Record<string, unknown>>;
  }
  get headers(): unknown {
    return this.decoded().headers;
  }
  get cookies(): unknown {
    return this.decoded().cookies;
  }
  get request(): Request {
    return this.incoming.request();
  }
  get platform(): unknown {
    return this.incoming.platform;
  }
  get header(): (name: string) => string | null {
    return (name) => this.incoming.header(name.toLowerCase());
  }
  get accepts(): (types: readonly string[]) => string | undefined {
    return (types) => preferred(this.incoming.header("accept") satisfies AcceptHeader, types);
  }
  get waitUntil(): (work: Promise<unknown>) => void {
    return (work) => {
      this.shared.app.waitUntil(work);
      this.incoming.waitUntil?.(work);
    };
  }
  get report(): (error: unknown) => string {
    return (error) => this.shared.report(error, this);
  }
  get signal(): AbortSignal {
    this.deadline ??= new AbortController();
    return (this.aborted ??= AbortSignal.any([this.incoming.signal, this.deadline.signal]));
  }

  /** The inputs, decoded on first use. */
  decoded(): Inputs {
    if (this.inputs !== undefined) return this.inputs;
    const inputs = this.shared.decode?.(this) ?? undeclared(this);
    if (isPromise(inputs))
      throw new TypeError(`An input of ${this.route} is validated asynchronously, so only its handler can read it.`);
    this.inputs = inputs;
    return inputs;
  }
}

/** What a route that declares no inputs finds: texts as they came. */
function undeclared({ rawParams, search }: RequestContext): Inputs {
  return { params: rawParams, query: readQuery(search, "first"), headers: undefined, cookies: undefined };
}
