import { isRecord, type Json, listOf, recordOf, textOf } from "../record.ts";
import type { Source } from "../source/read.ts";
import { withoutCycles } from "./cycles.ts";
import { fieldsOf, formType, parametersIn, type PlacedField } from "./fields.ts";
import type { Body, Field, Model, Operation } from "./model.ts";
import { makeNames, pascal } from "./names.ts";
import { type At, below, entriesOf, makeReading, type Reading } from "./reading.ts";
import { answersOf, contentOf } from "./responses.ts";
import { makeSchemas, type Schemas } from "./schemas.ts";

const METHODS = ["get", "head", "post", "put", "patch", "delete", "options"];

/**
 * A document as generators read it. The same document gives the same model, in the same order.
 *
 * @throws GenerateError with the place of what is broken: references to nothing, what is no schema, no status, no parameter
 */
export function modelOf(source: Source): Model {
  const reading = makeReading(source);
  const schemas = makeSchemas(reading);
  const document = recordOf(source.files.get(source.root));
  const root: At = { address: source.root, path: [] };
  const info = recordOf(document["info"]);
  if (!isRecord(document["paths"]) && !isRecord(document["webhooks"]) && !isRecord(document["components"]))
    throw reading.fault(root, "It has no paths.", 'Write "paths": { "/users": { "get": { … } } }.');
  const operations = operationsOf(document["paths"], below(root, "paths"), reading, schemas);
  const description = textOf(info["description"]);
  return {
    title: textOf(info["title"]) ?? "API",
    version: String(info["version"] ?? "0.0.0"),
    ...(description !== undefined && { description }),
    servers: serversOf(document),
    operations,
    schemas: withoutCycles(schemas.named()),
    notes: reading.notes,
  };
}

function operationsOf(paths: unknown, at: At, reading: Reading, schemas: Schemas): readonly Operation[] {
  const nameFor = makeNames();
  const taken = new Map<string, string>();
  const operations: Operation[] = [];
  for (const [template, given, place] of entriesOf(paths, at)) {
    if (!template.startsWith("/")) {
      if (template.startsWith("x-")) continue;
      throw reading.fault(place, `The path "${template}" does not begin with "/".`, `Write "/${template}".`);
    }
    const item = reading.follow(given, place);
    for (const method of METHODS) {
      const operation = isRecord(item.value) ? item.value[method] : undefined;
      if (!isRecord(operation)) continue;
      const here = below(item.at, method);
      const shared = parametersIn(recordOf(item.value)["parameters"], below(item.at, "parameters"));
      const own = parametersIn(operation["parameters"], below(here, "parameters"));
      const fields = fieldsOf([...shared, ...own], reading, schemas);
      const { path, params } = routeOf(template, fields);
      const key = `${method.toUpperCase()} ${path}`;
      const outline = key.replace(/:\w+/g, ":");
      const before = taken.get(outline);
      if (/[\s?#]/.test(path) || before !== undefined) {
        const why =
          before === undefined ? "its path has a query, a fragment or a space" : `${before} takes the same requests`;
        reading.note(here, `${method.toUpperCase()} ${template} is left out: ${why}.`);
        continue;
      }
      taken.set(outline, key);
      const id = textOf(operation["operationId"]) ?? `${method} ${template.replaceAll("{", "by ")}`;
      operations.push(
        operationOf(key, method, path, nameFor(pascal(id)), operation, here, params, fields, reading, schemas),
      );
    }
  }
  return operations.sort(
    (a, b) =>
      order(a.path, b.path) || METHODS.indexOf(a.method.toLowerCase()) - METHODS.indexOf(b.method.toLowerCase()),
  );
}

function operationOf(
  key: string,
  method: string,
  path: string,
  name: string,
  operation: Json,
  at: At,
  params: readonly Field[],
  fields: readonly PlacedField[],
  reading: Reading,
  schemas: Schemas,
): Operation {
  const summary = textOf(operation["summary"]);
  const description = textOf(operation["description"]);
  // Nobody can send one with these, whatever a document says (RFC 9110 §9.3.1, Fetch).
  const bodiless = method === "get" || method === "head";
  const body = bodiless ? undefined : bodyOf(operation["requestBody"], below(at, "requestBody"), reading, schemas);
  const within = (place: string): readonly Field[] =>
    fields.filter((field) => field.place === place).map(({ place: _place, ...field }) => field);
  return {
    key,
    method: method.toUpperCase(),
    path,
    name,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    tags: listOf(operation["tags"]).map(String),
    ...(operation["deprecated"] === true && { deprecated: true }),
    params,
    query: within("query"),
    headers: within("header"),
    cookies: within("cookie"),
    ...(body && { body }),
    ...answersOf(operation["responses"], below(at, "responses"), reading, schemas),
  };
}

/** `/files/{path}` is `/files/:path`. A segment that has more than a parameter is one parameter as a whole. */
function routeOf(
  template: string,
  fields: readonly PlacedField[],
): { readonly path: string; readonly params: readonly Field[] } {
  const params: Field[] = [];
  const segments = template.split("/").map((segment) => {
    const names = [...segment.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? "");
    const [first] = names;
    if (first === undefined) return segment.replace(/^[:*]/, encodeURIComponent);
    const whole = names.length === 1 && segment === `{${first}}`;
    const declared = whole ? fields.find(({ place, name }) => place === "path" && name === first) : undefined;
    const plain = names
      .join("_")
      .replace(/\W+/g, "_")
      .replace(/^(?![A-Za-z_])/, "_");
    let name = plain;
    for (let number = 2; params.some((param) => param.name === name); number++) name = `${plain}${number}`;
    const description = whole ? undefined : `In the form ${segment}.`;
    params.push({
      name,
      required: true,
      type: declared?.type ?? { kind: "text", ...(description !== undefined && { description }) },
    });
    return `:${name}`;
  });
  // A trailing slash is no other path.
  return { path: segments.join("/").replace(/(?<=.)\/$/, ""), params };
}

function bodyOf(given: unknown, at: At, reading: Reading, schemas: Schemas): Body | undefined {
  const { value, at: place } = reading.follow(given, at);
  if (!isRecord(value)) return undefined;
  const read = contentOf(value["content"], below(place, "content"), reading, schemas);
  const encoding = recordOf(recordOf(recordOf(value["content"])[read?.media ?? ""])["encoding"]);
  const content = read?.form === "form" ? { ...read, type: formType(read.type, encoding, schemas) } : read;
  const description = textOf(value["description"]);
  return (
    content && { ...content, required: value["required"] === true, ...(description !== undefined && { description }) }
  );
}

function serversOf(document: Json): readonly string[] {
  return listOf(document["servers"]).flatMap((each) => {
    const { url, variables } = recordOf(each);
    if (typeof url !== "string") return [];
    return url.replace(/\{([^}]*)\}/g, (_, name: string) =>
      String(recordOf(recordOf(variables)[name])["default"] ?? name),
    );
  });
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
