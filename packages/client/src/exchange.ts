import { milliseconds } from "./duration.ts";
import { type FailureKind, RequestFailure, RequestProblem } from "./failure.ts";
import type { ClientOptions, Handler } from "./options.ts";
import { type Input, prepare } from "./request.ts";
import { retrying } from "./retry.ts";

/** What reading a response needs to know of its request. */
export interface Reading {
  readonly signal: AbortSignal;
  /** Says of an error what it means for the request. */
  readonly explain: (error: unknown) => unknown;
}

type Send = (request: Request) => Promise<Response>;

/** Sends a request and reads its response, both within its time. */
export type Exchange = <T>(
  key: string,
  input: Input,
  read: (response: Response, reading: Reading) => T | Promise<T>,
  accept?: string,
) => Promise<T>;

export function exchanging(base: string | URL | Handler, options: ClientOptions): Exchange {
  const inProcess = typeof base === "object" && "fetch" in base;
  const root = inProcess ? "http://localhost" : rootOf(base);
  const retry = retrying(options.retry === false ? { limit: 0 } : (options.retry ?? {}));

  const last: Send = async (request) => {
    try {
      return await (inProcess ? base.fetch(request) : (options.fetch ?? fetch)(request));
    } catch (error) {
      throw new RequestFailure("network", `${request.url}: network`, error);
    }
  };
  const through = (options.around ?? []).reduceRight<Send>(
    (next, around) => async (request) => around(request, next),
    last,
  );

  return async (key, input, read, accept) => {
    const prepared = prepare(key, input, root, options, accept);
    const limit = input.timeout ?? options.timeout ?? "30s";
    const time = limit === false ? Infinity : milliseconds(limit);
    const timeout = new AbortController();
    const signal = input.signal === undefined ? timeout.signal : AbortSignal.any([timeout.signal, input.signal]);

    const fail = (kind: FailureKind, cause: unknown): RequestFailure =>
      new RequestFailure(kind, `${key}: ${kind}`, cause);
    const explain = (error: unknown): unknown =>
      signal.aborted
        ? fail(timeout.signal.aborted ? "timeout" : "aborted", signal.reason)
        : error instanceof RequestFailure || error instanceof RequestProblem
          ? error
          : fail(error instanceof SyntaxError ? "response" : "network", error);
    const send = async (): Promise<Response> => {
      const [request, sent] = await prepared.make(signal);
      const response = await through(request);
      sent?.();
      return response;
    };
    const work = async (): Promise<Awaited<ReturnType<typeof read>>> => {
      signal.throwIfAborted();
      const response = await retry(send, { again: prepared.again, signal, deadline: Date.now() + time });
      try {
        return await read(response, { signal, explain });
      } catch (error) {
        throw explain(error);
      }
    };

    const timer = limit === false ? undefined : setTimeout(() => timeout.abort(), time);
    let abort = (): void => {};
    const aborted = new Promise<never>((_, reject) => (abort = () => reject(signal.reason)));
    signal.addEventListener("abort", abort);
    try {
      // What ignores the signal, as a handler in process may, is not waited for.
      return await Promise.race([work(), aborted]);
    } catch (error) {
      throw signal.aborted ? explain(error) : error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    }
  };
}

/** Without query and slash at the end; in a browser, a path stands for one of the page's own origin. */
function rootOf(base: string | URL): string {
  const { origin, pathname } = new URL(base, globalThis.location?.href);
  return origin + pathname.replace(/\/$/, "");
}
