import type { Awaitable, Incoming } from "./boundary.ts";
import type { Limits } from "./limits.ts";
import { kernelError } from "./problem.ts";
import { readQuery } from "./request/query.ts";
import type { InputOfSchema, OutputOfSchema, Schema } from "./schema.ts";

/** How a body is read before its schema validates it. A plain schema means JSON. */
export interface BodyKind<In = unknown, Out = In> extends Schema<In, Out> {
  /** Media types, `+json`-like suffixes as `…+json` included by `json()`; empty accepts any. */
  readonly accepts: readonly string[];
  /** Values are carried as text, so they are decoded to the types that the schema declares. */
  readonly textual: boolean;
  /** The schema behind, for the graph. */
  readonly schema: Schema;
  /** Default: as JSON, which is read where it is decoded, so that an app without bodies does not carry it. */
  readonly read?: (incoming: Incoming, limits: Limits) => Awaitable<unknown>;
}

export function isBodyKind(schema: Schema): schema is BodyKind {
  return "accepts" in schema;
}

export function tooLarge(limits: Limits): Error {
  return kernelError("tooLarge", `The body may have ${limits.body} bytes.`);
}

export async function readText(incoming: Incoming, limits: Limits): Promise<string> {
  const text = await incoming.text(limits.body);
  if (text === undefined) throw tooLarge(limits);
  return text;
}

function kindOf<In, Out>(schema: Schema<In, Out>, kind: Omit<BodyKind, "~standard" | "schema">): BodyKind<In, Out> {
  return { "~standard": schema["~standard"], schema, ...kind };
}

/** A schema that lets everything pass, for bodies without structure; a request without a body has an empty one. */
function passing<T>(empty: () => T): Schema<T> {
  const validate = (value: unknown): { readonly value: T } => ({ value: value === undefined ? empty() : (value as T) });
  return { "~standard": { version: 1, vendor: "openspeed", validate } };
}

export const JSON_TYPES: readonly string[] = ["application/json", "*/*+json"];

/** `application/json` and `…+json` (RFC 8259, RFC 6839). What a plain schema means. */
export function json<S extends Schema>(schema: S): BodyKind<InputOfSchema<S>, OutputOfSchema<S>> {
  return kindOf<InputOfSchema<S>, OutputOfSchema<S>>(schema, {
    accepts: JSON_TYPES,
    textual: false,
  });
}

/** `application/x-www-form-urlencoded` (WHATWG URL §5). */
export function form<S extends Schema>(schema: S): BodyKind<InputOfSchema<S>, OutputOfSchema<S>> {
  return kindOf<InputOfSchema<S>, OutputOfSchema<S>>(schema, {
    accepts: ["application/x-www-form-urlencoded"],
    textual: true,
    read: async (incoming, limits) => readQuery(await readText(incoming, limits), "all", limits.query),
  });
}

/** The body as text, of any media type. */
export function text(accepts: readonly string[] = []): BodyKind<string> {
  return kindOf<string, string>(
    passing(() => ""),
    { accepts, textual: false, read: readText },
  );
}

/** The body as bytes, of any media type. */
export function bytes(accepts: readonly string[] = []): BodyKind<Uint8Array<ArrayBuffer>> {
  return kindOf<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>(
    passing(() => new Uint8Array()),
    {
      accepts,
      textual: false,
      read: async (incoming, limits) => {
        const all = await incoming.bytes(limits.body);
        if (all === undefined) throw tooLarge(limits);
        return all;
      },
    },
  );
}

/** The body as it arrives, of any media type; reading past `limits.body` fails with `tooLarge`. */
export function stream(accepts: readonly string[] = []): BodyKind<ReadableStream<Uint8Array<ArrayBuffer>>> {
  return kindOf<ReadableStream<Uint8Array<ArrayBuffer>>, ReadableStream<Uint8Array<ArrayBuffer>>>(
    passing(emptyStream),
    {
      accepts,
      textual: false,
      read: (incoming, limits) => {
        if (Number(incoming.header("content-length")) > limits.body) throw tooLarge(limits);
        return (incoming.stream() ?? emptyStream()).pipeThrough(counted(limits));
      },
    },
  );
}

function emptyStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([]).stream();
}

function counted(limits: Limits): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > limits.body) controller.error(tooLarge(limits));
      else controller.enqueue(chunk);
    },
  });
}
