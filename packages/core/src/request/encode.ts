import { type Awaitable, isPromise, type Outcome } from "../boundary.ts";
import type { Problems } from "../problem.ts";
import type { RequestContext } from "./context.ts";
import type { Writers } from "./declared.ts";
import type * as Honest from "./honest.ts";
import type * as Others from "./encode-other.ts";
import type { Rules } from "./encode-other.ts";
import { isAsyncIterable } from "./stream.ts";

/** Turns what a handler returned into an outcome. */
export type Encode = (ctx: RequestContext, value: unknown) => Awaitable<Outcome>;

const constant = (type: string): readonly string[] => Object.freeze(["content-type", type]);
const TEXT = constant("text/plain; charset=utf-8");
const JSON_HEADERS = constant("application/json");

export function makeEncode(
  writers: Writers | undefined,
  problems: Problems,
  honest: typeof Honest | undefined,
): Encode {
  const usual =
    writers === undefined || writers.has(200) ? 200 : ([...writers.keys()].find((status) => status < 300) ?? 200);
  const rules: Rules = { writers, usual, problems, honest };
  const write = writers === undefined ? JSON.stringify : writers.get(usual);
  // What nearly every request takes: a plain value, and nothing to weigh.
  return (ctx, value) => {
    if (!write || ctx.offer !== undefined) return rare(ctx, value, rules);
    if (typeof value === "string" && !(honest && writers)) return { status: usual, headers: TEXT, body: value };
    if (!isPlain(value)) return rare(ctx, value, rules);
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

let others: typeof Others | undefined;

/** Replies, streams, files and negotiated answers: loaded with the first of them. */
function rare(ctx: RequestContext, value: unknown, rules: Rules): Awaitable<Outcome> {
  if (others !== undefined) return others.encodeOther(ctx, value, rules);
  return import("./encode-other.ts").then((loaded) => (others = loaded).encodeOther(ctx, value, rules));
}
