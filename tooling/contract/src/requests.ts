/** Requests made from a document: what it takes, and what it should refuse. */
import fc from "fast-check";
import {
  type ContractDocument,
  type DocumentedOperation,
  followed,
  isJson,
  type Json,
  member,
  operationsOf,
} from "./operations.ts";
import { valuesOf } from "./values.ts";

export interface Asked {
  readonly operation: DocumentedOperation;
  /** As the document asks, or wrong on purpose. */
  readonly valid: boolean;
  readonly request: {
    readonly method: string;
    /** Path and query. */
    readonly target: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
  };
}

export interface RequestOptions {
  /** Which operations. Default: all. */
  readonly only?: (operation: DocumentedOperation) => boolean;
  /** Values that mean something to the app, such as ids that are there, by a parameter's name; they are given half of the time. */
  readonly known?: Readonly<Record<string, readonly unknown[]>>;
  /** Sets of headers, of which each request has one: who asks, say. */
  readonly headers?: readonly Readonly<Record<string, string>>[];
}

/** Requests for the operations of a document: two of three as it asks, one wrong on purpose. */
export function requestsFor(document: ContractDocument, options: RequestOptions = {}): fc.Arbitrary<Asked> {
  const { only = () => true } = options;
  return fc.oneof(
    ...operationsOf(document)
      .filter(only)
      .map((operation) => requestsOf(document, operation, options)),
  );
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly rest: boolean;
  readonly schema: unknown;
}

function requestsOf(
  document: ContractDocument,
  operation: DocumentedOperation,
  { known = {}, headers = [{}] }: RequestOptions,
): fc.Arbitrary<Asked> {
  const parameters = (Array.isArray(operation.operation["parameters"]) ? operation.operation["parameters"] : []).map(
    (each): Parameter => {
      const { name, in: place, required, schema, description } = followed(document, each).value;
      const rest = typeof description === "string" && description.startsWith("The rest of the path");
      return { name: String(name), in: String(place), required: required === true, rest, schema };
    },
  );
  const nothing = fc.constant(undefined);
  const wild = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.constantFrom("", "null", "true", "-1", "1e400", "☃", "%"),
  );
  const values = (valid: boolean): fc.Arbitrary<readonly unknown[]> =>
    fc.tuple(
      ...parameters.map((parameter) => {
        const there = known[parameter.name];
        const any = valuesOf(document, parameter.schema);
        const fitting = there === undefined ? any : fc.oneof(any, fc.constantFrom(...there));
        const value = valid ? fitting : fc.oneof(fitting, wild);
        return parameter.in === "path" || (valid && parameter.required) ? value : fc.oneof(value, nothing);
      }),
    );
  const types = acceptable(document, operation);
  const accept = types.length === 0 ? nothing : fc.oneof(nothing, fc.constantFrom(...types, "*/*"));
  const build = (valid: boolean): fc.Arbitrary<Asked> =>
    fc
      .tuple(values(valid), bodies(document, operation, valid), accept, wild, fc.constantFrom(...headers))
      .map(([given, body, type, text, own]) => {
        const sent = new Map(parameters.map((parameter, i) => [parameter, given[i]]));
        const request = requestFrom(operation, sent, body, valid ? type : (type ?? headerText(text)));
        return { operation, valid, request: { ...request, headers: { ...own, ...request.headers } } };
      });
  return fc.oneof({ weight: 2, arbitrary: build(true) }, { weight: 1, arbitrary: build(false) });
}

/** The media types of an operation's answers, problems aside. */
function acceptable(document: ContractDocument, { operation }: DocumentedOperation): readonly string[] {
  const all = Object.values(member(operation, "responses")).flatMap((response) =>
    Object.keys(member(followed(document, response).value, "content")),
  );
  return [...new Set(all)].filter((type) => !type.includes("problem") && !type.includes("*"));
}

interface Body {
  readonly type: string | undefined;
  readonly content: NonNullable<Asked["request"]["body"]>;
}

function bodies(
  document: ContractDocument,
  { operation, method }: DocumentedOperation,
  valid: boolean,
): fc.Arbitrary<Body | undefined> {
  const content = member(followed(document, operation["requestBody"]).value, "content");
  const types = Object.keys(content);
  if (types.length === 0 || method === "GET" || method === "HEAD") return fc.constant(undefined);
  const fitting = types.map((type) =>
    valuesOf(document, member(content, type)["schema"] ?? { type: "string" }).map((value) =>
      written(type, value, member(content, type)),
    ),
  );
  if (valid) return fc.oneof(...fitting);
  const wrong = types.flatMap((type) => [
    fc.jsonValue().map((value) => written(type, value, {})),
    fc.string().map((text) => ({ type, content: text })),
  ]);
  return fc.oneof(
    ...fitting,
    ...wrong,
    fc.constant({ type: "application/x-unknown", content: "?" }),
    fc.constant(undefined),
  );
}

function written(type: string, value: unknown, media: Json): Body {
  if (/[/+]json$/.test(type)) return { type, content: JSON.stringify(value) };
  const fields = Object.entries(isJson(value) ? value : {}).flatMap(([name, each]) =>
    (Array.isArray(each) ? each : [each]).map((one: unknown) => [name, one] as const),
  );
  if (type === "application/x-www-form-urlencoded")
    return { type, content: new URLSearchParams(fields.map(([name, one]) => [name, String(one)])).toString() };
  if (type === "multipart/form-data") {
    const form = new FormData();
    const properties = member(media["schema"], "properties");
    for (const [name, one] of fields) {
      const schema = member(properties, name);
      const file = schema["type"] === "array" ? member(schema, "items") : schema;
      const { contentType = "application/octet-stream" } = member(member(media, "encoding"), name);
      const [first = ""] = String(contentType).split(/, */);
      if (file["format"] === "binary")
        form.append(name, new File([String(one)], "file", { type: first.replace("*", "x") }));
      else form.append(name, String(one));
    }
    return { type: undefined, content: form }; // its boundary is made with it
  }
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return { type: type === "*/*" ? "application/octet-stream" : type, content: new TextEncoder().encode(text) };
}

function requestFrom(
  { method, template }: DocumentedOperation,
  values: ReadonlyMap<Parameter, unknown>,
  body: Body | undefined,
  accept: string | undefined,
): Asked["request"] {
  let path = template;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const [parameter, value] of values) {
    if (value === undefined) continue;
    const texts = (Array.isArray(value) ? value : [value]).map((each: unknown) =>
      typeof each === "object" ? JSON.stringify(each) : String(each),
    );
    const [text = ""] = texts;
    if (parameter.in === "path") {
      // No request can have an empty segment here, or dots alone.
      const segment = /^\.*$/.test(text) ? `x${text.length}` : text;
      const encoded = parameter.rest
        ? segment
            .split("/")
            .map((each) => encodeURIComponent(wellFormed(/^\.*$/.test(each) ? "x" : each)))
            .join("/")
        : encodeURIComponent(wellFormed(segment));
      path = path.replace(`{${parameter.name}}`, () => encoded);
    } else if (parameter.in === "query") {
      if (isJson(value)) for (const [name, each] of Object.entries(value)) query.append(name, String(each));
      else for (const each of texts) query.append(parameter.name, each);
    } else if (parameter.in === "header") headers[parameter.name] = headerText(text);
    else if (parameter.in === "cookie") cookies.push(`${parameter.name}=${encodeURIComponent(wellFormed(text))}`);
  }
  if (cookies.length > 0) headers["cookie"] = cookies.join("; ");
  if (accept !== undefined && accept !== "") headers["accept"] = accept;
  if (body?.type !== undefined) headers["content-type"] = body.type;
  const search = query.size > 0 ? `?${query.toString()}` : "";
  return { method, target: path + search, headers, ...(body && { body: body.content }) };
}

function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** What a field's value may be (RFC 9110 §5.5), trimmed as a parser would. */
function headerText(text: string): string {
  return text.replace(/[^\x21-\x7e ]/g, "").trim();
}
