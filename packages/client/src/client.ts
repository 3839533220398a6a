import { readAnswer, type ReadAnswer } from "./answer.ts";
import { pause } from "./duration.ts";
import { exchanging } from "./exchange.ts";
import { RequestFailure, RequestProblem } from "./failure.ts";
import type { ClientOptions, Handler, StreamOptions } from "./options.ts";
import type { Input } from "./request.ts";
import type { ClientEvent } from "./streams.ts";
import type { Client, ThrowingClient } from "./surface.ts";

/**
 * A client of an app: called by route key, typed by what the routes declare.
 *
 * `base` is where the app is served, or the app itself: requests then go through `app.fetch`, without a socket.
 *
 * @throws TypeError for a base that is no URL, and for options that are no times
 *
 * @example
 * const desk = createClient<Api>("https://desk.example");
 * const answer = await desk("GET /tickets/:id", { params: { id: "1" } });
 * if (answer.ok) show(answer.value);
 */
export function createClient<Api>(
  base: string | URL | Handler,
  options: ClientOptions & { readonly throws: true },
): ThrowingClient<Api>;
export function createClient<Api>(
  base: string | URL | Handler,
  options?: ClientOptions & { readonly throws?: false },
): Client<Api>;
// Only the caller knows its Api: the types of a key are what its routes declare, and nothing here could check them.
export function createClient(base: string | URL | Handler, options: ClientOptions = {}): unknown {
  const exchange = exchanging(base, options);
  const value = async (key: string, input: Input = {}): Promise<unknown> =>
    (await exchange(key, input, readAnswer)).value;
  const answer = (key: string, input: Input = {}): Promise<unknown> =>
    exchange(key, input, readAnswer).then(toSuccess, toRefusal);
  const call = options.throws === true ? value : answer;

  async function* events(key: string, input: Input & StreamOptions = {}): AsyncGenerator<ClientEvent, void> {
    const { connect } = await import("./events.ts");
    yield* connect({ exchange, readAnswer, pause, RequestFailure }, key, input);
  }

  return Object.assign(call, {
    events,
    raw: (key: string, input: Input = {}) => exchange(key, input, (response) => response),
    at: pathProxy(call, []),
  });
}

function toSuccess(answer: ReadAnswer): object {
  return { ok: true, ...answer };
}

function toRefusal(error: unknown): object {
  if (error instanceof RequestFailure) return { ok: false, failure: error };
  if (!(error instanceof RequestProblem)) throw error;
  const { problem, headers } = error;
  return { ok: false, status: problem.status, problem, headers };
}

/** `at.tickets[":id"].patch(input)`: each name is a segment, the last one the method. */
function pathProxy(call: (key: string, input?: Input) => unknown, segments: readonly string[]): unknown {
  return new Proxy(() => {}, {
    // Whatever is awaited is asked whether it is a promise.
    get: (_, name) => (typeof name === "symbol" || name === "then" ? undefined : pathProxy(call, [...segments, name])),
    apply: (_target, _self, [input]: [Input?]) =>
      call(`${segments.at(-1)?.toUpperCase()} /${segments.slice(0, -1).join("/")}`, input),
  });
}
