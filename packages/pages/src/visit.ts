import {
  type ItemContext,
  kernelError,
  type Middleware,
  middleware,
  type Problems,
  reply,
  type Reply,
  type Route,
  type Use,
} from "@openspeed/core";
import { PageError } from "./fault.ts";

/** A request as the kernel's plans hold it: every value that anything in the route uses, by name. */
export interface PageContext extends ItemContext {
  readonly offer: string | undefined;
  readonly body: unknown;
  readonly rawParams: Readonly<Record<string, string>>;
  readonly search: string;
  readonly shared: { readonly limits: { readonly handler: number } };
  deadline: AbortController | undefined;
}

/** What a loader gave. */
export interface Given {
  readonly values: Readonly<Record<string, unknown>>;
  /** Name, value, name, value … of a reply. */
  readonly headers: Reply["headers"];
  readonly status: number | undefined;
  /** An answer instead of the page: a redirect, a `Response`. */
  readonly leave: Reply | Response | undefined;
}

const NOTHING: Given = { values: {}, headers: {}, status: undefined, leave: undefined };
// A reply is known by its class; what was stored or sent can have any shape.
const replies: unknown = Object.getPrototypeOf(reply(204));

const given = new WeakMap<object, Map<Route, Promise<Given>>>();

/**
 * Runs a loader, once in a request.
 *
 * @param seen what the loader sees, where it differs from the request's own context
 */
export function give(
  ctx: PageContext,
  loader: Route | undefined,
  source: string,
  seen: PageContext = ctx,
): Promise<Given> {
  if (loader === undefined) return Promise.resolve(NOTHING);
  let known = given.get(ctx);
  if (known === undefined) given.set(ctx, (known = new Map()));
  const before = known.get(loader);
  if (before !== undefined) return before;
  const pending = run(seen, loader, source);
  known.set(loader, pending);
  return pending;
}

async function run(ctx: PageContext, loader: Route, source: string): Promise<Given> {
  const handler = loader.run as (ctx: PageContext) => unknown; // it was declared for this context
  return read(await handler(ctx), source);
}

/** What a loader or an action returned, taken apart. */
function read(value: unknown, source: string): Given {
  if (value === undefined || value === null) return NOTHING;
  if (isAway(value)) return { ...NOTHING, leave: value };
  if (isReply(value)) return { ...read(value.value, source), headers: value.headers, status: value.status };
  if (typeof value !== "object" || Array.isArray(value) || Symbol.asyncIterator in value)
    throw new PageError(
      "OS_LOADER_VALUE",
      `A loader of ${source} gave no object. Return one whose members are the view's props: { tickets }.`,
    );
  return { ...NOTHING, values: value as Readonly<Record<string, unknown>> };
}

export function isReply(value: unknown): value is Reply {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === replies;
}

/** Whether this answers instead of a page. */
export function isAway(value: unknown): value is Reply | Response {
  if (isReply(value)) return value.status >= 300;
  return (
    typeof value === "object" && value !== null && "headers" in value && "arrayBuffer" in value && "status" in value
  );
}

/**
 * What is still awaited when the answer has begun has as long as a handler has: the kernel's own clock stopped at the first
 * chunk. Rejects with `timeout`, and aborts `ctx.signal`, as the kernel would.
 */
export async function beforeDeadline<T>(ctx: PageContext, pending: Promise<T>): Promise<T> {
  const { handler: limit } = ctx.shared.limits;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      ctx.deadline ??= new AbortController();
      ctx.deadline.abort(new DOMException(`The loader had ${limit} ms.`, "TimeoutError"));
      reject(kernelError("timeout"));
    }, limit);
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}

const admitted = new WeakSet<object>();

/** Stands innermost in what a page's folders hand down: who comes here was let in by all of them. */
export const admission: Middleware = /* @__PURE__ */ middleware("admission", {}, (items, next) => {
  admitted.add(items);
  return next();
});

/**
 * Whether a layout's loader has run, or may and can although the page was never reached: what a guard keeps back is not loaded
 * to be shown around the refusal. It may once everything that is handed down to the layout let the request in; before, only
 * if it shows nothing but what the request's own providers have given already, such as who is asking.
 *
 * @param handed what stands before the layout, and perhaps more; `undefined` if nobody knows
 */
export function canRun(ctx: PageContext, loader: Route, handed: readonly Use[] | undefined): boolean {
  if (given.get(ctx)?.has(loader) === true) return true;
  const items = (loader.shape.use ?? []).filter(({ kind }) => kind !== "meta");
  const isGiven = (item: Use): boolean => item.kind === "provider" && Object.hasOwn(ctx, item.name);
  return admitted.has(ctx) ||
    (handed !== undefined && handed.every((item) => item.kind === "meta" || isGiven(item) || isOfApp(item)))
    ? items.every((item) => item.kind === "provider" && Reflect.has(ctx, item.name))
    : items.length > 0 && items.every(isGiven);
}

function isOfApp(item: Use): boolean {
  return item.kind === "provider" && item.scope === "app";
}

/** The request's address. Its origin is what the browser called it, where that is known. */
export function urlOf(ctx: PageContext): URL {
  if (ctx.method === "GET" || ctx.method === "HEAD") return new URL(ctx.request.url);
  // Building a web request would take the body. A form's origin is in its own header.
  const host = ctx.header("host") ?? "localhost";
  const origin = ctx.header("origin");
  const base = origin !== null && URL.canParse(origin) && new URL(origin).host === host ? origin : `http://${host}`;
  return new URL(
    `${URL.canParse(base) ? base : "http://localhost"}${ctx.path}${ctx.search === "" ? "" : `?${ctx.search}`}`,
  );
}

/** All that these routes use, in order; the kernel runs what is listed twice once. */
export function mergeUses(routes: readonly (Route | undefined)[]): readonly Use[] {
  return routes.flatMap((route) => route?.shape.use ?? []);
}

/** @throws PageError for two of one name with different statuses */
export function mergeProblems(routes: readonly (Route | undefined)[], source: string): Problems {
  const merged: Record<string, Problems[string]> = {};
  for (const route of routes) {
    for (const [name, declared] of Object.entries(route?.shape.problems ?? {})) {
      const before = (merged[name] ??= declared);
      if (before.status !== declared.status)
        throw new PageError(
          "OS_PAGE_PROBLEM_CLASH",
          `${source}: two problems of its loaders and layouts are named ${name}: ${before.status} and ${declared.status}. Rename one of them.`,
        );
    }
  }
  return merged;
}
