import { encodeBody } from "./body.ts";
import type { ClientOptions, RequestOptions } from "./options.ts";
import { pairs, targetOf } from "./target.ts";

/** What a call gives, before its types are known. */
export interface Input extends RequestOptions {
  readonly params?: object;
  readonly query?: object;
  readonly headers?: object;
  readonly body?: unknown;
}

/** A request that can be made anew for each attempt. */
export interface Prepared {
  /** Whether sending it twice does no more than sending it once. */
  readonly again: boolean;
  make(signal: AbortSignal): Promise<[request: Request, sent: (() => void) | undefined]>;
}

const KEY = "idempotency-key";

/** @throws TypeError for an input that no request can carry */
export function prepare(key: string, input: Input, root: string, options: ClientOptions, accept?: string): Prepared {
  const [method, target] = targetOf(key, input.params, input.query);
  const cookies = pairs(input.cookies).map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  const own = [
    accept && { accept },
    input.idempotent && { [KEY]: crypto.randomUUID() },
    cookies[0] && { cookie: cookies.join("; ") },
    input.headers,
  ];
  const { body } = input;
  return {
    again:
      input.retry !== false &&
      !(body instanceof ReadableStream) &&
      (/^(GET|HEAD|OPTIONS|PUT|DELETE)$/.test(method) || headersOf(own).has(KEY)),
    async make(signal) {
      const headers = headersOf([
        typeof options.headers === "function" ? await options.headers() : options.headers,
        ...own,
      ]);
      let content = await encodeBody(body, input.send, headers);
      let sent;
      if (input.onProgress) {
        const { countBody } = await import("./progress.ts");
        [content, sent] = countBody(content, headers, input.onProgress);
      }
      // A body that is a stream needs the word; to others it says nothing.
      const init = { ...options.init, method, headers, signal, body: content ?? null, duplex: "half" };
      return [new Request(root + target, init), sent];
    },
  };
}

type Values = object | string | boolean | undefined;

/** Later ones take the place of earlier ones; one that is `undefined` takes it away. */
function headersOf(lists: readonly Values[]): Headers {
  const headers = new Headers();
  for (const values of lists) {
    for (const name of Object.keys(values ?? {})) headers.delete(name);
    for (const [name, text] of pairs(values)) headers.append(name, text);
  }
  return headers;
}
