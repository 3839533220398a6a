/** Two operations, by what they take and answer. */
import type { JsonSchema } from "@openspeed/core";
import type { Content, Operation, Parameter, ResponseObject } from "../openapi-types.ts";
import type { Direction, Effect } from "./change.ts";
import type { ReadOperation } from "./reading.ts";
import { compareSchemas, type Resolve } from "./schemas.ts";

export type Add = (effect: Effect, place: string, message: string) => void;

export interface Both {
  readonly before: Resolve;
  readonly after: Resolve;
}

/** What comparing one operation needs to know. */
interface Comparison {
  readonly add: Add;
  /** Says that something is asked for now, or no longer: harmless to one who is asked less. */
  readonly demand: (more: boolean, place: string, message: string) => void;
  readonly schemas: (place: string, direction: Direction, before: JsonSchema, after: JsonSchema) => void;
  readonly resolve: Both;
  /** Which way what the operation takes goes, as its reader sees it. */
  readonly taken: Direction;
  readonly given: Direction;
}

export function compareOperations(
  { operation: old }: ReadOperation,
  { operation: now, sent }: ReadOperation,
  resolve: Both,
  add: Add,
): void {
  const comparison: Comparison = {
    add,
    demand: (more, place, message) => add(more === sent ? "additive" : "breaking", place, message),
    schemas: (place, direction, given, made) => {
      for (const { effect, pointer, message } of compareSchemas(given, made, direction, resolve))
        add(effect, `${place} ${pointer}`.trim(), message);
    },
    resolve,
    taken: sent ? "response" : "request",
    given: sent ? "request" : "response",
  };
  if (old.operationId !== now.operationId)
    add(
      "breaking",
      "operationId",
      `It changed from ${old.operationId} to ${now.operationId}: generated clients rename their method.`,
    );
  if (wordsOf(old) !== wordsOf(now)) add("documentation", "", "Its summary, description, tags or deprecation changed.");
  compareParameters(old.parameters, now.parameters, comparison);
  compareBodies(old.requestBody, now.requestBody, comparison);
  compareResponses(old.responses, now.responses, comparison);
  compareSecurity(old.security, now.security, add);
  compareCallbacks(old.callbacks, now.callbacks, add);
}

function compareParameters(
  old: readonly Parameter[],
  now: readonly Parameter[],
  { add, demand, schemas, taken }: Comparison,
): void {
  const keyOf = ({ in: place, name }: Parameter): string =>
    `${place} ${place === "header" ? name.toLowerCase() : name}`;
  for (const parameter of old) {
    const key = keyOf(parameter);
    const next = now.find((each) => keyOf(each) === key);
    if (next === undefined) {
      add("breaking", key, "It is gone.");
      continue;
    }
    const [was, is] = [parameter.required === true, next.required === true];
    if (was !== is) demand(is, key, is ? "It is now required." : "It may now be left out.");
    if (parameter.style !== next.style || parameter.explode !== next.explode)
      add("breaking", key, "How it is written changed.");
    if (parameter.description !== next.description || parameter.deprecated !== next.deprecated)
      add("documentation", key, "Its description or deprecation changed.");
    schemas(key, taken, parameter.schema ?? {}, next.schema ?? {});
  }
  for (const parameter of now) {
    if (old.some((each) => keyOf(each) === keyOf(parameter))) continue;
    if (parameter.required === true) demand(true, keyOf(parameter), "It is new, and required.");
    else add("additive", keyOf(parameter), "It is new.");
  }
}

function compareBodies(old: Operation["requestBody"], now: Operation["requestBody"], comparison: Comparison): void {
  const { add, demand } = comparison;
  if (old === undefined && now === undefined) return;
  if (now === undefined) return add("breaking", "body", "It is no longer taken.");
  if (old === undefined)
    return now.required ? demand(true, "body", "One is now required.") : add("additive", "body", "One may be sent.");
  if (old.required !== now.required)
    demand(now.required, "body", now.required ? "It is now required." : "It may now be left out.");
  compareContent("body", comparison.taken, old.content, now.content, comparison);
}

function compareContent(
  place: string,
  direction: Direction,
  old: Content,
  now: Content,
  { add, schemas }: Comparison,
): void {
  const several = Object.keys({ ...old, ...now }).length > 1;
  for (const [type, media] of Object.entries(old)) {
    const next = now[type];
    const where = several ? `${place} ${type}` : place;
    if (next === undefined) add("breaking", place, `${type} is gone.`);
    else {
      schemas(where, direction, media.schema ?? {}, next.schema ?? {});
      schemas(`${where} items`, direction, media.itemSchema ?? {}, next.itemSchema ?? {});
      if (JSON.stringify(media.encoding) !== JSON.stringify(next.encoding))
        add("breaking", where, "How its parts are written changed.");
    }
  }
  for (const type of Object.keys(now)) if (!(type in old)) add("additive", place, `${type} is new.`);
}

const PROBLEM = "application/problem+json";

type Responses = Readonly<Record<string, ResponseObject>>;

function compareResponses(old: Responses, now: Responses, comparison: Comparison): void {
  const { add, given } = comparison;
  for (const status of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()) {
    const { [PROBLEM]: oldProblem, ...oldContent } = old[status]?.content ?? {};
    const { [PROBLEM]: nowProblem, ...nowContent } = now[status]?.content ?? {};
    const [was, is] = [answers(old[status]), answers(now[status])];
    if (was && !is) add("breaking", status, "It is no longer answered.");
    else if (!was && is) add("additive", status, "It is a new answer.");
    else if (was && is) compareContent(status, given, oldContent, nowContent, comparison);
    if (was === is && old[status] !== undefined && old[status].description !== now[status]?.description && was)
      add("documentation", status, "Its description changed.");
    compareProblems(status, oldProblem?.schema, nowProblem?.schema, comparison);
  }
}

/** Whether a status is more than a list of problems. */
function answers(response: ResponseObject | undefined): boolean {
  if (response === undefined) return false;
  const types = Object.keys(response.content ?? {});
  return (
    types.length === 0 ||
    !types.includes(PROBLEM) ||
    types.some((type) => !/^(?:text\/html|application\/problem\+json)$/.test(type))
  );
}

function compareProblems(
  status: string,
  before: JsonSchema | undefined,
  after: JsonSchema | undefined,
  { add, schemas, resolve, given }: Comparison,
): void {
  const [old, now] = [problemsIn(before, resolve.before), problemsIn(after, resolve.after)];
  for (const [name, schema] of old) {
    const next = now.get(name);
    if (next === undefined) add("additive", status, `The problem ${name} no longer comes.`);
    else schemas(`${status} ${name}`, given, schema, next);
  }
  for (const name of now.keys()) if (!old.has(name)) add("additive", status, `The problem ${name} is new.`);
}

/** By name, as far as the document tells them apart. */
function problemsIn(schema: JsonSchema | undefined, resolve: Resolve): ReadonlyMap<string, JsonSchema> {
  if (schema === undefined) return new Map();
  const union = schema["oneOf"] ?? schema["anyOf"];
  const each = Array.isArray(union) ? (union as readonly JsonSchema[]) : [schema];
  return new Map(each.map((one, i) => [nameIn(one, resolve) ?? String(i), one]));
}

function nameIn(schema: JsonSchema, resolve: Resolve): string | undefined {
  const { $ref } = schema;
  const behind = typeof $ref === "string" ? resolve($ref) : schema;
  const properties = behind?.["properties"] as Readonly<Record<string, JsonSchema>> | undefined;
  const name = properties?.["name"]?.["const"];
  return typeof name === "string" ? name : undefined;
}

/** One of the alternatives must be met in full (§4.8.30); an empty one asks for nothing. */
function compareSecurity(old: Operation["security"] = [], now: Operation["security"] = [], add: Add): void {
  const asked = (requirements: NonNullable<Operation["security"]>): readonly ReadonlySet<string>[] =>
    (requirements.length === 0 ? [{}] : requirements).map(
      (each) =>
        new Set(
          Object.entries(each).flatMap(([name, scopes]) => [name, ...scopes.map((scope) => `${name} with ${scope}`)]),
        ),
    );
  const [was, is] = [asked(old), asked(now)];
  const met = (by: readonly ReadonlySet<string>[], needs: ReadonlySet<string>): boolean =>
    by.some((alternative) => [...alternative].every((name) => needs.has(name)));
  // Who passed before brings one of the old alternatives, and must meet a new one with it.
  for (const alternative of was) {
    if (met(is, alternative)) continue;
    const missing = [...(is[0] ?? [])].filter((name) => !alternative.has(name));
    add("breaking", "security", `It now asks for ${missing.join(" and ") || "something else"}.`);
  }
  for (const alternative of is) {
    if (met(was, alternative)) continue;
    add("additive", "security", `${[...alternative].join(" and ") || "Nothing"} is now enough.`);
  }
}

function compareCallbacks(old: Operation["callbacks"] = {}, now: Operation["callbacks"] = {}, add: Add): void {
  for (const [name, callback] of Object.entries(old)) {
    if (now[name] === undefined) add("breaking", `callback ${name}`, "It no longer comes.");
    else if (JSON.stringify(now[name]) !== JSON.stringify(callback))
      add("breaking", `callback ${name}`, "What is called back changed.");
  }
  for (const name of Object.keys(now)) if (old[name] === undefined) add("additive", `callback ${name}`, "It is new.");
}

function wordsOf({ summary, description, tags, deprecated, externalDocs }: ReadOperation["operation"]): string {
  return JSON.stringify([summary, description, tags, deprecated, externalDocs]);
}
