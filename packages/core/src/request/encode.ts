import { type Awaitable, isPromise, type Outcome } from "../boundary.ts";
import { makeSerialize } from "../compile/serialize.ts";
import { type ProblemError, type Problems, problemOutcome } from "../problem.ts";
import type { Reply } from "../reply.ts";
import type { AnyShape, Outputs } from "../route.ts";
import type { Schema, Validated } from "../schema.ts";
import type { RequestContext } from "./context.ts";
import { toErrors } from "./decode.ts";
import { mediaType, preferred } from "./negotiate.ts";
import { asEvents, asLines, isAsyncIterable, ServerSentEvent } from "./stream.ts";

/** Turns what a handler returned into an outcome. */
export type Encode = (ctx: RequestContext, value: unknown) => Awaitable<Outcome>;

/** Thrown in development and test where a route answers with something that it did not declare. */
export class DishonestResponse extends Error {
  constructor(message: string) {
    super(`${message} Declare it in the route's shape, or answer with what is declared.`);
    this.name = "DishonestResponse";
  }
}

const TEXT: readonly string[] = ["content-type", "text/plain; charset=utf-8"];
const JSON_HEADERS: readonly string[] = ["content-type", "application/json"];
const NONE: readonly string[] = [];

/** Serialises a declared output; `null` for a status without a body. */
type Write = ((value: unknown) => Awaitable<string | undefined>) | null;

interface Rules {
  readonly writers: ReadonlyMap<number, Write> | undefined;
  /** The status of a value that names none. */
  readonly usual: number;
  /** Undeclared statuses and shapes are refused. */
  readonly honest: boolean;
  readonly problemStatuses: ReadonlySet<number>;
}

/** @param honest whether outputs are validated and undeclared ones refused */
export function makeEncode(shape: AnyShape, problems: Problems, honest: boolean): Encode {
  const outputs = outputsOf(shape.output);
  const writers = outputs && new Map(Object.entries(outputs).map(([status, schema]) => [Number(status), schema && makeWrite(schema, honest)]));
  const usual = writers === undefined || writers.has(200) ? 200 : ([...writers.keys()].find((status) => status < 300) ?? 200);
  const rules: Rules = { writers, usual, honest, problemStatuses: new Set(Object.values(problems).map(({ status }) => status)) };
  const general: Encode = (ctx, value) => encode(ctx, value, rules);
  if (shape.offers !== undefined) return general;
  const write = writers === undefined ? JSON.stringify : writers.get(200);
  if (!write) return general;
  // What nearly every request takes: a plain value, and nothing to weigh.
  return (ctx, value) => {
    if (typeof value === "string") return { status: usual, headers: TEXT, body: value };
    if (!isPlain(value)) return encode(ctx, value, rules);
    const text = write(value);
    return isPromise(text) ? text.then((json) => jsonOutcome(usual, JSON_HEADERS, json)) : jsonOutcome(usual, JSON_HEADERS, text);
  };
}

/** A route's outputs by status. */
export function outputsOf(output: AnyShape["output"]): Outputs | undefined {
  if (output === undefined) return undefined;
  return isSchema(output) ? { 200: output } : output;
}

function isSchema(output: Schema | Outputs): output is Schema {
  return "~standard" in output;
}

function makeWrite(schema: Schema, honest: boolean): Exclude<Write, null> {
  const serialize = honest ? undefined : makeSerialize(schema);
  if (serialize !== undefined) return serialize;
  const { validate } = schema["~standard"];
  return (value) => {
    const result = validate(value);
    return isPromise(result) ? result.then(validText) : validText(result);
  };
}

function validText(result: Validated<unknown>): string | undefined {
  if (result.issues === undefined) return JSON.stringify(result.value);
  const errors = toErrors("body", result.issues).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  throw new DishonestResponse(`The answer does not fit the declared output (${errors.join("; ")}).`);
}

function jsonOutcome(status: number, headers: readonly string[], text: string | undefined): Outcome {
  return { status, headers, body: text ?? null };
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value === "number" || typeof value === "boolean" || value === null;
  return Object.getPrototypeOf(value) === Object.prototype ? !(Symbol.asyncIterator in value) : Array.isArray(value);
}

function encode(ctx: RequestContext, value: unknown, rules: Rules): Awaitable<Outcome> {
  if (isResponse(value)) return checked(fromResponse(value), rules);
  const { status, content, headers } = parts(value, rules);
  const own = contentTypeOf(headers);
  if (ctx.offer !== undefined) headers.push("vary", "accept");
  const outcome = (body: Outcome["body"], type: string): Outcome => {
    return checked({ status, headers: own === undefined ? ["content-type", type, ...headers] : headers, body }, rules);
  };
  const write = rules.writers?.get(status);
  if (content === undefined || status === 204 || status === 304) return checked({ status, headers, body: null }, rules);
  if (write === null && rules.honest) throw new DishonestResponse(`Status ${status} is declared to have no body.`);
  if (typeof content === "string") return outcome(content, ctx.offer ?? "text/plain; charset=utf-8");
  if (content instanceof Uint8Array) return outcome(content as Uint8Array<ArrayBuffer>, ctx.offer ?? "application/octet-stream");
  if (content instanceof ReadableStream) return outcome(content, ctx.offer ?? "application/octet-stream");
  if (content instanceof Blob) return outcome(content.stream(), ctx.offer ?? (content.type || "application/octet-stream"));
  if (typeof content === "object" && content !== null && isAsyncIterable(content)) return encodeItems(ctx, content, own, write, outcome);
  const text = (write ?? JSON.stringify)(content);
  const type = ctx.offer?.includes("json") === true ? ctx.offer : "application/json";
  return isPromise(text) ? text.then((json) => outcome(json ?? null, type)) : outcome(text ?? null, type);
}

function parts(value: unknown, rules: Rules): { readonly status: number; readonly content: unknown; readonly headers: string[] } {
  if (isReply(value)) return { status: value.status, content: value.value, headers: headerList(value.headers) };
  const empty = value === undefined && rules.writers?.has(rules.usual) !== true;
  return { status: empty ? 204 : rules.usual, content: value, headers: [] };
}

/** Items become events or lines, as the client asks; where the reply names another media type they are its chunks. */
function encodeItems(
  ctx: RequestContext,
  items: AsyncIterable<unknown>,
  own: string | undefined,
  write: Write | undefined,
  outcome: (body: Outcome["body"], type: string) => Outcome,
): Outcome {
  const type = own ?? ctx.offer ?? preferred(ctx.incoming.header("accept"), ["application/x-ndjson", "text/event-stream"]) ?? "application/x-ndjson";
  const texts = write ? mapItems(items, write) : items;
  if (mediaType(type) === "text/event-stream") return outcome(asEvents(texts), type);
  if (mediaType(type) === "application/x-ndjson") return outcome(asLines(texts), type);
  return outcome(items as AsyncIterable<Uint8Array<ArrayBuffer> | string>, type); // the adapter refuses other chunks
}

/** Each item goes through the declared output as a value would. */
async function* mapItems(items: AsyncIterable<unknown>, write: Exclude<Write, null>): AsyncGenerator<unknown, void> {
  for await (const item of items) {
    const [value, fields] = item instanceof ServerSentEvent ? [item.data, item.fields] : [item, undefined];
    const written: unknown = JSON.parse((await write(value)) ?? "null");
    yield fields === undefined ? written : new ServerSentEvent(written, fields);
  }
}

function checked(outcome: Outcome, { honest, writers, problemStatuses }: Rules): Outcome {
  if (!honest || outcome.status < 200 || outcome.status === 304) return outcome;
  const declared = outcome.status >= 400 ? problemStatuses.has(outcome.status) : writers === undefined || outcome.status >= 300;
  if (declared || writers?.has(outcome.status) === true) return outcome;
  const statuses = [...(writers?.keys() ?? []), ...problemStatuses];
  throw new DishonestResponse(`Status ${outcome.status} is not declared (${statuses.length > 0 ? statuses.join(", ") : "any success"} is).`);
}

// Known by their shape: a Response may come from another realm or implementation.
function isResponse(value: unknown): value is Response {
  return typeof value === "object" && value !== null && "headers" in value && "arrayBuffer" in value && "status" in value && typeof value.status === "number";
}

function isReply(value: unknown): value is Reply {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "reply" && "headers" in value;
}

function headerList(headers: Reply["headers"]): string[] {
  const list: string[] = [];
  for (const name in headers) {
    const value = headers[name] ?? NONE;
    if (typeof value === "string") list.push(name.toLowerCase(), value);
    else for (const each of value) list.push(name.toLowerCase(), each);
  }
  return list;
}

function contentTypeOf(headers: readonly string[]): string | undefined {
  const at = headers.indexOf("content-type");
  return at % 2 === 0 ? headers[at + 1] : undefined;
}

/** What middleware and handlers may answer with, as an outcome. */
export function toOutcome(value: Outcome | Response): Outcome {
  return isResponse(value) ? fromResponse(value) : value;
}

function fromResponse(response: Response): Outcome {
  const headers: string[] = [];
  response.headers.forEach((value, name) => headers.push(name, value));
  return { status: response.status, headers, body: response.body as ReadableStream<Uint8Array<ArrayBuffer>> | null };
}

/** A problem with its declared data: what a schema does not know does not leave the house. */
export function encodeProblem(error: ProblemError, honest: boolean): Outcome {
  const result = error.problem.data?.["~standard"].validate(error.data);
  if (result === undefined || isPromise(result)) return problemOutcome(error);
  if (result.issues === undefined) return problemOutcome(error, result.value);
  if (honest) throw new DishonestResponse(`The data of the problem ${error.problemName} does not fit its schema.`);
  return problemOutcome(error, undefined);
}
