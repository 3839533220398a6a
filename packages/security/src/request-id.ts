import {
  type Declared,
  type Incoming,
  type ItemContext,
  type Middleware,
  middleware,
  type Outcome,
  provide,
  type Provider,
} from "@openspeed/core";
import { isPromise } from "@openspeed/core/authoring";
import { wrongOption } from "./wrong-option.ts";

export interface RequestIdOptions {
  /** The header that carries the id out, and in where it is trusted. Default `"x-request-id"`. */
  readonly header?: string;
  /**
   * Whether an id that a request brings is believed: `header`, else the trace id of `traceparent` (W3C Trace Context). Say so
   * only where a proxy of your own sets them on every request; a function decides by the request. Default `false`.
   */
  readonly trust?: boolean | ((ctx: ItemContext) => boolean);
}

type RequestId = Provider<"requestId", string, Declared<{}, [Middleware<Declared<{}, []>>]>>;

/**
 * Gives each request an id as `requestId`, and sends it with every answer of the routes it is on, problems included. Listed by the
 * app it is on 404s too. The id is a random UUID (v4): it tells nothing, and every runtime makes it in one call.
 *
 * @throws TypeError `OS_REQUEST_ID_HEADER` for a name that no header has
 * @example
 * const id = requestId();
 * createApp({ use: [id], onError: (error) => console.error(error) });
 */
export function requestId(options: RequestIdOptions = {}): RequestId {
  const { header = "x-request-id", trust = false } = options;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header))
    throw wrongOption(
      "OS_REQUEST_ID_HEADER",
      `requestId: ${JSON.stringify(header)} is no header's name.`,
      'Write one such as "x-request-id".',
    );
  const name = header.toLowerCase();
  const sent = middleware("requestIdHeader", {}, (ctx: Marked, next) => {
    const trusted = typeof trust === "function" ? trust(ctx) : trust;
    const id = (trusted ? broughtBy(ctx.incoming, name) : undefined) ?? crypto.randomUUID();
    ctx[ID] = id;
    const outcome = next();
    return isPromise(outcome) ? outcome.then((settled) => withId(settled, name, id)) : withId(outcome, name, id);
  });
  return provide("requestId", { use: [sent] }, (ctx: Marked) => ctx[ID] ?? "");
}

/** From the middleware, which is outside, to the provider. A map by request would cost more than all else here. */
const ID: unique symbol = Symbol("requestId");
interface Marked extends ItemContext {
  [ID]?: string;
}

/** The id that a request was given, for `onError`; `undefined` where no route or app gave it one. */
export function requestIdOf(ctx: Marked | undefined): string | undefined {
  return ctx?.[ID];
}

function withId({ status, headers, body }: Outcome, name: string, id: string): Outcome {
  const others = headers.includes(name) ? headers.filter((_, i) => headers[i - (i % 2)] !== name) : headers;
  return { status, headers: [...others, name, id], body };
}

/** Nothing that could end a line of a log or be taken for something else in it. */
const SAFE = /^[\w.:-]{1,128}$/;
/** W3C Trace Context §3.2.2; a version that is not known yet begins alike. */
const TRACE = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:$|-)/;

function broughtBy(incoming: Incoming, name: string): string | undefined {
  const own = incoming.header(name);
  if (own !== null && SAFE.test(own)) return own;
  return TRACE.exec(incoming.header("traceparent") ?? "")?.[1];
}
