import { type Awaitable, headerOf, isPromise, type Outcome } from "../boundary.ts";
import type { Problems } from "../problem.ts";
import { Reply } from "../reply.ts";
import type { RequestContext } from "./context.ts";
import type { Writers } from "./declared.ts";
import type * as Honest from "./honest.ts";
import { preferred } from "./negotiate.ts";
import { isResponse, toOutcome } from "./response.ts";
import { isAsyncIterable } from "./stream.ts";

const BYTES = "application/octet-stream";
const ITEMS = ["application/x-ndjson", "text/event-stream"];

export interface Rules {
  /** `undefined` where a route declares no output. */
  readonly writers: Writers | undefined;
  /** The status of a value that names none. */
  readonly usual: number;
  readonly problems: Problems;
  /** Refuses what is not declared, in development and test. */
  readonly honest: typeof Honest | undefined;
}

/** Turns what is no plain value into an outcome. */
export function encodeOther(
  ctx: RequestContext,
  value: unknown,
  { writers, usual, problems, honest }: Rules,
): Awaitable<Outcome> {
  if (isResponse(value)) {
    honest?.checkStatus(value.status, writers, problems);
    return toOutcome(value);
  }
  // A reply is known by its class: what a client sent or stored can have any shape, and must not choose its status.
  const bare = value === undefined && writers?.has(usual) !== true;
  const {
    status,
    value: content,
    headers: given,
  } = value instanceof Reply ? value : new Reply(bare ? 204 : usual, value, {});
  honest?.checkStatus(status, writers, problems);
  const { offer } = ctx;
  const headers = headerList(given);
  if (offer !== undefined) headers.push("vary", "accept");
  const own = headerOf({ headers }, "content-type");
  const outcome = (body: Outcome["body"], type: string): Outcome => {
    return { status, headers: own === undefined ? ["content-type", type, ...headers] : headers, body };
  };
  const write = writers?.get(status);
  if (content === undefined || typeof content === "string") {
    const empty = content === undefined || status === 204 || status === 304;
    const sent = empty ? { status, headers, body: null } : outcome(content, offer ?? "text/plain; charset=utf-8");
    // A schema describes JSON; a text, or nothing, is held to it where no other media type is named.
    const fits = honest && (own ?? offer) === undefined && write?.(content);
    if (write === null) honest?.checkEmpty(status, sent.body ?? undefined);
    return isPromise(fits) ? fits.then(() => sent) : sent;
  }
  if (status === 204 || status === 304) return { status, headers, body: null };
  if (write === null) honest?.checkEmpty(status, content);
  if (content instanceof Blob) return outcome(content.stream(), offer ?? (content.type || BYTES));
  if (content instanceof Uint8Array) return outcome(content as Uint8Array<ArrayBuffer>, offer ?? BYTES);
  if (content instanceof ReadableStream) return outcome(content, offer ?? BYTES);
  if (isAsyncIterable(content)) {
    const type = own ?? offer ?? preferred(ctx.incoming.header("accept"), ITEMS) ?? "application/x-ndjson";
    return import("./items.ts").then(({ encodeItems }) =>
      outcome(encodeItems(content, type, write ?? undefined), type),
    );
  }
  const text = (write ?? JSON.stringify)(content);
  const type = offer?.includes("json") === true ? offer : "application/json";
  return isPromise(text) ? text.then((json) => outcome(json ?? null, type)) : outcome(text ?? null, type);
}

function headerList(headers: Reply["headers"]): string[] {
  const list: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const each of typeof value === "string" ? [value] : value) list.push(name.toLowerCase(), each);
  }
  return list;
}
