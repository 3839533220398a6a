import { type Awaitable, type Incoming, isPromise } from "../boundary.ts";
import { type BodyKind, isBodyKind, JSON_TYPES, tooLarge } from "../body.ts";
import type { Limits } from "../limits.ts";
import { kernelError, ProblemError, type RequestError } from "../problem.ts";
import type { AnyShape } from "../route.ts";
import { inlineSchemaOf, propertiesOf, type Schema, type Validated } from "../schema.ts";
import type { Inputs, RequestContext } from "./context.ts";
import { readCookies } from "./cookies.ts";
import { toErrors } from "./issues.ts";
import { readJson } from "./json.ts";
import { mediaType } from "./media-type.ts";
import { type Fields, readQuery } from "./query.ts";
import { textReader } from "./textual.ts";

type Part = Exclude<RequestError["in"], "body">;

/** Reads one part of a request and validates it. */
type Decode = (ctx: RequestContext) => Validated<unknown> | Promise<Validated<unknown>>;

/** How a route's inputs are decoded; made once, when its plan is. */
export interface Decoder {
  /** Params, query, headers and cookies, as far as the route declares them; a promise only if a schema makes one. */
  readonly inputs: ((ctx: RequestContext) => Awaitable<Inputs>) | undefined;
  /** The same and the body, put into the context. Everything that is wrong with a request is told at once. */
  readonly whole: ((ctx: RequestContext) => Promise<void>) | undefined;
}

/** @throws by its functions: the kernel problem `invalid` with all issues at once */
export function makeDecoder(shape: AnyShape, limits: Limits): Decoder {
  const parts: [part: Part, decode: Decode][] = [];
  const add = (part: Part, schema: Schema | undefined, read: (ctx: RequestContext) => Fields): void => {
    if (schema !== undefined) parts.push([part, decodePart(schema, read)]);
  };
  add("params", shape.params, (ctx) => ({ ...ctx.rawParams }));
  add("query", shape.query, (ctx) => readQuery(ctx.search, "all", limits.query));
  add("headers", shape.headers, headerReader(shape.headers));
  add("cookies", shape.cookies, (ctx) => readCookies(ctx.incoming.header("cookie"), limits.cookies));
  const settled = (ctx: RequestContext, results: readonly Validated<unknown>[]): Inputs => {
    const values: Record<Part, unknown> = {
      params: ctx.rawParams,
      query: undefined,
      headers: undefined,
      cookies: undefined,
    };
    const errors: RequestError[] = [];
    results.forEach((result, i) => {
      const part = parts[i]?.[0];
      if (part === undefined) return;
      if (result.issues === undefined) values[part] = result.value;
      else errors.push(...toErrors(part, result.issues));
    });
    if (errors.length > 0) throw kernelError("invalid", undefined, { errors });
    if (shape.query === undefined) values.query = readQuery(ctx.search, "first", limits.query);
    return values;
  };
  const inputs = (ctx: RequestContext): Awaitable<Inputs> => {
    const results = parts.map(([, decode]) => decode(ctx));
    return isSettled(results) ? settled(ctx, results) : Promise.all(results).then((all) => settled(ctx, all));
  };
  const declared = parts.length > 0 ? inputs : undefined;
  return { inputs: declared, whole: shape.body && wholeDecoder(declared, bodyDecoder(shape.body, limits)) };
}

function wholeDecoder(
  inputs: Decoder["inputs"],
  body: (ctx: RequestContext) => Promise<Validated<unknown>>,
): (ctx: RequestContext) => Promise<void> {
  const take = (ctx: RequestContext, result: Validated<unknown>, before: readonly RequestError[]): void => {
    const errors = result.issues === undefined ? before : [...before, ...toErrors("body", result.issues)];
    if (errors.length > 0) throw kernelError("invalid", undefined, { errors });
    if (result.issues === undefined) ctx.body = result.value;
  };
  if (inputs === undefined) return (ctx) => body(ctx).then((result) => take(ctx, result, []));
  return async (ctx) => {
    let errors: readonly RequestError[] = [];
    try {
      ctx.inputs ??= await inputs(ctx);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.errors === undefined) throw error;
      errors = error.errors;
    }
    take(ctx, await body(ctx), errors);
  };
}

function isSettled(results: readonly ReturnType<Decode>[]): results is readonly Validated<unknown>[] {
  return !results.some(isPromise);
}

function decodePart(schema: Schema, read: (ctx: RequestContext) => Fields): Decode {
  const toTypes = textReader(inlineSchemaOf(schema, "input"));
  const { validate } = schema["~standard"];
  return toTypes === undefined ? (ctx) => validate(read(ctx)) : (ctx) => validate(toTypes(read(ctx)));
}

/** Only the declared headers, where the schema says which they are. */
function headerReader(schema: Schema | undefined): (ctx: RequestContext) => Fields {
  const names = Object.keys(propertiesOf(schema && inlineSchemaOf(schema, "input")) ?? {});
  if (names.length === 0) return (ctx) => Object.fromEntries(ctx.incoming.headers());
  return (ctx) => {
    const fields: Fields = {};
    for (const name of names) {
      const value = ctx.incoming.header(name.toLowerCase());
      if (value !== null) fields[name] = value;
    }
    return fields;
  };
}

function bodyDecoder(schema: Schema, limits: Limits): (ctx: RequestContext) => Promise<Validated<unknown>> {
  const plain: BodyKind = { "~standard": schema["~standard"], schema, accepts: JSON_TYPES, textual: false };
  const kind = isBodyKind(schema) ? schema : plain;
  const toTypes = kind.textual ? textReader(inlineSchemaOf(kind.schema, "input")) : undefined;
  const { read = readJsonBody } = kind;
  const { validate } = kind["~standard"];
  const judge = (value: unknown): ReturnType<Decode> =>
    validate(toTypes === undefined || value === undefined ? value : toTypes(value as Fields));
  // Chained by hand: each async function between a body and its handler would be paid for by every request.
  return ({ incoming }) => {
    refuseCoding(incoming);
    if (!accepted(kind.accepts, incoming.header("content-type"))) return refuse(kind, incoming, limits).then(judge);
    const value = read(incoming, limits);
    if (!isPromise(value)) return Promise.resolve(judge(value));
    return value.then(judge, (error: unknown) => {
      // Who leaves while sending has made a mistake, not the app.
      throw incoming.signal.aborted ? kernelError("malformed", "The body ended early.") : error;
    });
  };
}

/**
 * A coded body would pass its limits in one size and be used in another, so none is decoded, and none is taken for what it is
 * not (RFC 9110 §12.5.3 and §15.5.16).
 */
function refuseCoding(incoming: Incoming): void {
  const coding = incoming.header("content-encoding");
  if (coding === null || coding.split(",").every((each) => /^\s*(?:identity\s*)?$/i.test(each))) return;
  throw kernelError("unsupportedMediaType", "Send the body as it is, without Content-Encoding.", {
    headers: ["accept-encoding", "identity"],
  });
}

/** No body at all is for the schema to judge; one of another media type is not read. */
async function refuse({ accepts }: BodyKind, incoming: Incoming, limits: Limits): Promise<undefined> {
  if (incoming.header("content-type") === null && (await incoming.text(limits.body)) === "") return undefined;
  throw kernelError("unsupportedMediaType", `Send ${accepts.join(" or ")}.`, {
    headers: ["accept", accepts.join(", ")],
  });
}

function readJsonBody(incoming: Incoming, limits: Limits): Promise<unknown> {
  return incoming.text(limits.body).then((text) => {
    if (text === undefined) throw tooLarge(limits);
    return text === "" ? undefined : readJson(text, limits.jsonDepth);
  });
}

function accepted(types: readonly string[], contentType: string | null): boolean {
  if (types.length === 0) return true;
  if (contentType === null) return false;
  const given = mediaType(contentType);
  // Before the suffix stands a subtype that is not empty.
  return types.some(
    (type) =>
      type === given ||
      (type.startsWith("*/*+") && given.endsWith(type.slice(3)) && given.indexOf("/") + type.length - 2 < given.length),
  );
}
