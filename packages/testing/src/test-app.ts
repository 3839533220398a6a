import type { App, Binding } from "@openspeed/core";
import { createExchange, type Exchange } from "./exchange.ts";
import { planRequest, type RequestParts } from "./request.ts";
import type { AnsweredBy, ArgumentsOf, ProblemNameOf } from "./types.ts";

/** What every adapter's `serve` does, as far as a test needs it. */
export type Serve = (
  app: App,
  options: { readonly port: number; readonly host: string; readonly signals: false },
) => Promise<Served>;
export interface Served {
  readonly url: string | URL;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Replaces providers for this test: `[db.with(fakeDb)]`. */
  readonly override?: readonly Binding[];
  /** An adapter's `serve`: requests then go over a real socket on a free port of 127.0.0.1. Left out, they go through `app.fetch`. */
  readonly serve?: Serve | undefined;
}

interface Open {
  /** Any request, as `fetch` takes it, with a path (and query) in place of the URL. Redirects are not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A request by key that the types would refuse: a route that is not there, a body that is wrong. */
  untyped(key: string, parts?: RequestParts): Exchange;
  /** Where the app is served, without a trailing slash. */
  readonly origin: string;
  /** Stops serving and closes the app: its app-scope providers are disposed. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Requests by any key. */
export interface TestApp extends Open {
  (key: string, parts?: RequestParts): Exchange;
}

/** Requests by the keys of an `interface Api { "GET /tickets/:id": typeof GET }`. */
export interface TypedTestApp<Api> extends Open {
  <Key extends keyof Api & string>(
    key: Key,
    ...parts: ArgumentsOf<Api, Key>
  ): Exchange<AnsweredBy<Api, Key>, ProblemNameOf<Api, Key>>;
}

/**
 * An app to send requests to, in process or over a socket. Throws the app's `CompileError` if it does not compile.
 *
 * @example
 * await using t = await testApp<Api>(app, { override: [db.with(fakeDb)] });
 * await t("GET /tickets/:id", { params: { id: "1" } }).expect(200, { id: "1" });
 */
export function testApp(app: App, options?: TestAppOptions): Promise<TestApp>;
export function testApp<Api>(app: App, options?: TestAppOptions): Promise<TypedTestApp<Api>>;
// Only the caller knows its Api: the types of a key are what its routes declare, and nothing here could check them.
export async function testApp(app: App, options: TestAppOptions = {}): Promise<unknown> {
  const tested = options.override === undefined ? app : app.override(options.override);
  await tested.ready();
  const { origin, send, close } =
    options.serve === undefined ? inProcess(tested) : await overSocket(tested, options.serve);

  function request(key: string, parts?: RequestParts): Exchange {
    const { target, init } = planRequest(key, parts);
    return createExchange(`${init.method} ${target}`, send(target, init));
  }

  return Object.assign(request, {
    untyped: request,
    fetch: (path: string, init: RequestInit = {}) => send(path, { redirect: "manual", ...init }),
    origin,
    close,
    [Symbol.asyncDispose]: close,
  });
}

interface Connection {
  readonly origin: string;
  send(target: string, init: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

function inProcess(app: App): Connection {
  const origin = "http://localhost";
  return {
    origin,
    send: async (target, init) => app.fetch(new Request(origin + target, init)),
    close: () => app.close(),
  };
}

async function overSocket(app: App, serve: Serve): Promise<Connection> {
  const served = await serve(app, { port: 0, host: "127.0.0.1", signals: false });
  const { origin } = new URL(served.url);
  return {
    origin,
    send: (target, init) => fetch(origin + target, { ...init, headers: closing(init.headers) }),
    close: () => served.close(),
  };
}

/** A graceful server waits for connections that may still carry a request, which would cost each test a second. */
function closing(given: RequestInit["headers"]): Headers {
  const headers = new Headers(given);
  if (!headers.has("connection")) headers.set("connection", "close");
  return headers;
}
