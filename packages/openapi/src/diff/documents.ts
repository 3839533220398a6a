import type { JsonSchema } from "@openspeed/core";
import type { Content, OpenApiDocument, Operation, Parameter } from "../openapi-types.ts";
import type { Change, Direction, Effect } from "./change.ts";
import { compareSchemas, type Resolve } from "./schemas.ts";

/**
 * What changed between two OpenAPI documents, each change with what it means for callers.
 *
 * @example
 * const broken = diffDocuments(released, current).filter(({ effect }) => effect === "breaking");
 */
export function diffDocuments(before: OpenApiDocument, after: OpenApiDocument): readonly Change[] {
  const changes: Change[] = [];
  const resolve = { before: resolver(before), after: resolver(after) };
  const [was, is] = [operationsOf(before), operationsOf(after)];
  for (const key of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [old, now] = [was.get(key), is.get(key)];
    const add = (effect: Effect, place: string, message: string): void =>
      void changes.push({ effect, operation: (now ?? old)?.key ?? key, place, message });
    if (old === undefined) add("additive", "", "It is new.");
    else if (now === undefined) add("breaking", "", "It is gone.");
    else compareOperations(old.operation, now.operation, resolve, add);
  }
  return changes;
}

type Add = (effect: Effect, place: string, message: string) => void;
interface Both {
  readonly before: Resolve;
  readonly after: Resolve;
}

function compareOperations(old: Operation, now: Operation, resolve: Both, add: Add): void {
  if (old.operationId !== now.operationId)
    add(
      "breaking",
      "operationId",
      `It changed from ${old.operationId} to ${now.operationId}: generated clients rename their method.`,
    );
  if (wordsOf(old) !== wordsOf(now)) add("documentation", "", "Its summary, description, tags or deprecation changed.");
  const schemas = (place: string, direction: Direction, given: JsonSchema, made: JsonSchema): void => {
    for (const { effect, pointer, message } of compareSchemas(given, made, direction, resolve))
      add(effect, `${place} ${pointer}`.trim(), message);
  };
  compareParameters(old.parameters ?? [], now.parameters ?? [], schemas, add);
  compareBodies(old.requestBody, now.requestBody, schemas, add);
  compareResponses(old.responses, now.responses, schemas, add);
  compareSecurity(old.security, now.security, add);
}

type CompareSchemas = (place: string, direction: Direction, before: JsonSchema, after: JsonSchema) => void;

function compareParameters(
  old: readonly Parameter[],
  now: readonly Parameter[],
  schemas: CompareSchemas,
  add: Add,
): void {
  const keyOf = ({ in: place, name }: Parameter): string => `${place} ${name}`;
  for (const parameter of old) {
    const key = keyOf(parameter);
    const next = now.find((each) => keyOf(each) === key);
    if (next === undefined) {
      add("breaking", key, "It is gone.");
      continue;
    }
    if (!parameter.required && next.required) add("breaking", key, "It is now required.");
    if (parameter.required && !next.required) add("additive", key, "It may now be left out.");
    if (parameter.style !== next.style || parameter.explode !== next.explode)
      add("breaking", key, "How it is written changed.");
    schemas(key, "request", parameter.schema, next.schema);
  }
  for (const parameter of now) {
    if (old.some((each) => keyOf(each) === keyOf(parameter))) continue;
    const { required } = parameter;
    add(required ? "breaking" : "additive", keyOf(parameter), required ? "It is new, and required." : "It is new.");
  }
}

function compareBodies(
  old: Operation["requestBody"],
  now: Operation["requestBody"],
  schemas: CompareSchemas,
  add: Add,
): void {
  if (old === undefined && now === undefined) return;
  if (now === undefined) return add("breaking", "body", "It is no longer taken.");
  if (old === undefined)
    return add(
      now.required ? "breaking" : "additive",
      "body",
      now.required ? "One is now required." : "One may be sent.",
    );
  if (!old.required && now.required) add("breaking", "body", "It is now required.");
  if (old.required && !now.required) add("additive", "body", "It may now be left out.");
  compareContent("body", "request", old.content, now.content, schemas, add);
}

function compareContent(
  place: string,
  direction: Direction,
  old: Content,
  now: Content,
  schemas: CompareSchemas,
  add: Add,
): void {
  for (const [type, media] of Object.entries(old)) {
    const next = now[type];
    if (next === undefined) add("breaking", place, `${type} is gone.`);
    else {
      const where = Object.keys(old).length + Object.keys(now).length > 2 ? `${place} ${type}` : place;
      schemas(where, direction, media.schema ?? {}, next.schema ?? {});
      schemas(`${where} items`, direction, media.itemSchema ?? {}, next.itemSchema ?? {});
    }
  }
  for (const type of Object.keys(now)) if (!(type in old)) add("additive", place, `${type} is new.`);
}

const PROBLEM = "application/problem+json";

function compareResponses(
  old: Operation["responses"],
  now: Operation["responses"],
  schemas: CompareSchemas,
  add: Add,
): void {
  for (const status of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()) {
    const { [PROBLEM]: oldProblem, ...oldContent } = old[status]?.content ?? {};
    const { [PROBLEM]: nowProblem, ...nowContent } = now[status]?.content ?? {};
    const [was, is] = [answers(old[status]), answers(now[status])];
    if (was && !is) add("breaking", status, "It is no longer answered.");
    else if (!was && is) add("additive", status, "It is a new answer.");
    else if (was && is) compareContent(status, "response", oldContent, nowContent, schemas, add);
    compareProblems(status, problemsIn(oldProblem?.schema), problemsIn(nowProblem?.schema), schemas, add);
  }
}

/** Whether a status is more than a list of problems. */
function answers(response: Operation["responses"][string] | undefined): boolean {
  return (
    response !== undefined &&
    (response.content === undefined || Object.keys(response.content).some((type) => type !== PROBLEM))
  );
}

function compareProblems(
  status: string,
  old: ReadonlyMap<string, JsonSchema>,
  now: ReadonlyMap<string, JsonSchema>,
  schemas: CompareSchemas,
  add: Add,
): void {
  for (const [name, schema] of old) {
    const next = now.get(name);
    if (next === undefined) add("additive", status, `The problem ${name} no longer comes.`);
    else schemas(`${status} ${name}`, "response", schema, next);
  }
  for (const name of now.keys()) if (!old.has(name)) add("additive", status, `The problem ${name} is new.`);
}

/** By name, as far as the document tells them apart. */
function problemsIn(schema: JsonSchema | undefined): ReadonlyMap<string, JsonSchema> {
  if (schema === undefined) return new Map();
  const each = Array.isArray(schema["oneOf"]) ? (schema["oneOf"] as readonly JsonSchema[]) : [schema];
  return new Map(each.map((one, i) => [nameIn(one) ?? String(i), one]));
}

function nameIn(schema: JsonSchema): string | undefined {
  const properties = schema["properties"] as Readonly<Record<string, JsonSchema>> | undefined;
  const name = properties?.["name"]?.["const"];
  return typeof name === "string" ? name : undefined;
}

function compareSecurity(old: Operation["security"] = [], now: Operation["security"] = [], add: Add): void {
  const asked = (requirements: NonNullable<Operation["security"]>): ReadonlySet<string> =>
    new Set(
      requirements.flatMap((each) =>
        Object.entries(each).flatMap(([name, scopes]) => [name, ...scopes.map((scope) => `${name} with ${scope}`)]),
      ),
    );
  const [was, is] = [asked(old), asked(now)];
  for (const name of is) if (!was.has(name)) add("breaking", "security", `It now asks for ${name}.`);
  for (const name of was) if (!is.has(name)) add("additive", "security", `It no longer asks for ${name}.`);
}

function wordsOf({ summary, description, tags, deprecated, externalDocs }: Operation): string {
  return JSON.stringify([summary, description, tags, deprecated, externalDocs]);
}

interface Placed {
  /** As the document writes it. */
  readonly key: string;
  readonly operation: Operation;
}

/** By method and path; what a path's parameters are called is no business of a caller's, so they are counted instead. */
function operationsOf({ paths, webhooks = {} }: OpenApiDocument): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>();
  for (const [path, item] of Object.entries(paths)) {
    const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? "");
    for (const [method, operation] of Object.entries(item)) {
      const verb = method.toUpperCase();
      const parameters = operation.parameters?.map((parameter) =>
        parameter.in === "path" ? { ...parameter, name: `${names.indexOf(parameter.name) + 1}` } : parameter,
      );
      const outline = `${verb} ${path.replace(/\{[^}]*\}/g, "{}")}`;
      found.set(outline, { key: `${verb} ${path}`, operation: { ...operation, ...(parameters && { parameters }) } });
    }
  }
  for (const [name, item] of Object.entries(webhooks)) {
    for (const [method, operation] of Object.entries(item)) {
      const key = `webhook ${method.toUpperCase()} ${name}`;
      found.set(key, { key, operation });
    }
  }
  return found;
}

/** References within the document (RFC 6901 in a fragment). */
function resolver(document: OpenApiDocument): Resolve {
  return (reference) => {
    if (!reference.startsWith("#/")) return undefined;
    let found: unknown = document;
    for (const part of reference.slice(2).split("/")) {
      if (typeof found !== "object" || found === null) return undefined;
      found = Reflect.get(found, decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
    }
    return typeof found === "object" && found !== null ? (found as JsonSchema) : undefined;
  };
}
