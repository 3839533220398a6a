import { type Awaitable, isPromise, type Outcome } from "../boundary.ts";
import { DishonestResponse, type Problems } from "../problem.ts";
import { Reply } from "../reply.ts";
import type { RequestContext } from "./context.ts";
import type { Write, Writers } from "./declared.ts";
import { preferred } from "./negotiate.ts";

/** Turns what a handler returned into an outcome. */
export type Encode = (ctx: RequestContext, value: unknown) => Awaitable<Outcome>;

const TEXT: readonly string[] = ["content-type", "text/plain; charset=utf-8"];
const JSON_HEADERS: readonly string[] = ["content-type", "application/json"];
const BYTES = "application/octet-stream";
const ITEMS = ["application/x-ndjson", "text/event-stream"];

interface Rules {
  /** `undefined` where a route declares no output. */
  readonly writers: Writers | undefined;
  /** The status of a value that names none. */
  readonly usual: number;
  readonly problems: Problems;
  /** Whether undeclared statuses are refused. */
  readonly honest: boolean;
}

export function makeEncode(writers: Writers | undefined, problems: Problems, honest: boolean): Encode {
  const usual =
    writers === undefined || writers.has(200) ? 200 : ([...writers.keys()].find((status) => status < 300) ?? 200);
  const rules: Rules = { writers, usual, problems, honest };
  const write = writers === undefined ? JSON.stringify : writers.get(usual);
  // What nearly every request takes: a plain value, and nothing to weigh.
  return (ctx, value) => {
    if (!write || ctx.offer !== undefined) return encode(ctx, value, rules);
    if (typeof value === "string" && !(honest && writers)) return { status: usual, headers: TEXT, body: value };
    if (!isPlain(value)) return encode(ctx, value, rules);
    const text = write(value);
    return isPromise(text) ? text.then((json) => jsonOutcome(usual, json)) : jsonOutcome(usual, text);
  };
}

function jsonOutcome(status: number, text: string | undefined): Outcome {
  return { status, headers: JSON_HEADERS, body: text ?? null };
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null)
    return value === null || typeof value === "number" || typeof value === "boolean";
  return Object.getPrototypeOf(value) === Object.prototype ? !isAsyncIterable(value) : Array.isArray(value);
}

function encode(ctx: RequestContext, value: unknown, rules: Rules): Awaitable<Outcome> {
  if (isResponse(value)) return checked(fromResponse(value), rules);
  const { status, content, headers } = parts(value, rules);
  if (ctx.offer !== undefined) headers.push("vary", "accept");
  const own = contentTypeOf(headers);
  const outcome = (body: Outcome["body"], type: string): Outcome =>
    checked({ status, headers: own === undefined ? ["content-type", type, ...headers] : headers, body }, rules);
  const write = rules.writers?.get(status);
  // A schema describes JSON; a text, or nothing, is held to it where no other media type is named.
  if (
    rules.honest &&
    write &&
    (content === undefined || typeof content === "string") &&
    (own ?? ctx.offer) === undefined
  ) {
    const sent =
      content === undefined
        ? checked({ status, headers, body: null }, rules)
        : outcome(content, "text/plain; charset=utf-8");
    const fits = write(content);
    return isPromise(fits) ? fits.then(() => sent) : sent;
  }
  if (content === undefined || status === 204 || status === 304) return checked({ status, headers, body: null }, rules);
  if (write === null && rules.honest) throw new DishonestResponse(`Status ${status} is declared to have no body.`);
  if (typeof content === "string") return outcome(content, ctx.offer ?? "text/plain; charset=utf-8");
  if (content instanceof Uint8Array) return outcome(content as Uint8Array<ArrayBuffer>, ctx.offer ?? BYTES);
  if (content instanceof ReadableStream) return outcome(content, ctx.offer ?? BYTES);
  if (content instanceof Blob) return outcome(content.stream(), ctx.offer ?? (content.type || BYTES));
  if (isAsyncIterable(content)) {
    const type = own ?? ctx.offer ?? preferred(ctx.incoming.header("accept"), ITEMS) ?? "application/x-ndjson";
    return import("./items.ts").then(({ encodeItems }) =>
      outcome(encodeItems(content, type, write ?? undefined), type),
    );
  }
  const text = (write ?? JSON.stringify)(content);
  const type = ctx.offer?.includes("json") === true ? ctx.offer : "application/json";
  return isPromise(text) ? text.then((json) => outcome(json ?? null, type)) : outcome(text ?? null, type);
}

function parts(
  value: unknown,
  { usual, writers }: Rules,
): { readonly status: number; readonly content: unknown; readonly headers: string[] } {
  if (isReply(value)) return { status: value.status, content: value.value, headers: headerList(value.headers) };
  const empty = value === undefined && writers?.has(usual) !== true;
  return { status: empty ? 204 : usual, content: value, headers: [] };
}

/** A status that the route did not declare is refused, where it is honest. */
function checked(outcome: Outcome, { honest, writers, problems }: Rules): Outcome {
  const { status } = outcome;
  if (!honest || status < 200 || status === 304 || writers?.has(status) === true) return outcome;
  const statuses = Object.values(problems).map((problem) => problem.status);
  if (status >= 400 ? statuses.includes(status) : writers === undefined || status >= 300) return outcome;
  throw new DishonestResponse(
    `Status ${status} is not declared (${[...(writers?.keys() ?? ["any success"]), ...statuses].join(", ")}).`,
  );
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

// Known by their shape: a Response may come from another realm or implementation.
function isResponse(value: unknown): value is Response {
  return (
    typeof value === "object" && value !== null && "headers" in value && "arrayBuffer" in value && "status" in value
  );
}

// By its class: what a client sent or stored can have any shape, and must not choose its status and headers.
function isReply(value: unknown): value is Reply {
  return value instanceof Reply;
}

function headerList(headers: Reply["headers"]): string[] {
  const list: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const each of typeof value === "string" ? [value] : value) list.push(name.toLowerCase(), each);
  }
  return list;
}

function contentTypeOf(headers: readonly string[]): string | undefined {
  const at = headers.findIndex((name, i) => i % 2 === 0 && name === "content-type");
  return at === -1 ? undefined : headers[at + 1];
}

/** What middleware may answer with, as an outcome. */
export function toOutcome(value: Outcome | Response): Outcome {
  return isResponse(value) ? fromResponse(value) : value;
}

function fromResponse(response: Response): Outcome {
  const headers: string[] = [];
  response.headers.forEach((value, name) => headers.push(name, value));
  return { status: response.status, headers, body: response.body as ReadableStream<Uint8Array<ArrayBuffer>> | null };
}
