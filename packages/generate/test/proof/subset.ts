/** The part of a document that some operations need: what they refer to, and nothing else. */
import { isRecord, type Json, listOf, recordOf } from "../../src/record.ts";
import { pathOf, valueAt } from "../../src/source/read.ts";

const METHODS = ["get", "put", "post", "delete", "patch"];

/** `chosen` as they are, then those that bring the most that is not there yet, until there are `count`. */
export function subset(document: Json, chosen: readonly string[], count: number): Json {
  const all = Object.entries(recordOf(document["paths"])).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = recordOf(item)[method];
      return isRecord(operation) ? [{ path, method, operation, marks: marksOf(document, operation) }] : [];
    }),
  );
  const picked = all.filter(({ path, method }) =>
    chosen.includes(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
  );
  const seen = new Set(picked.flatMap(({ marks }) => [...marks]));
  while (picked.length < count) {
    const gain = (each: (typeof all)[number]): number =>
      picked.includes(each)
        ? -1
        : [...each.marks].filter((mark) => !seen.has(mark)).length / (5_000 + sizeOf(document, each.operation));
    const best = all.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    picked.push(best);
    for (const mark of best.marks) seen.add(mark);
  }
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { path, method, operation } of all.filter((each) => picked.includes(each)))
    (paths[path] ??= {})[method] = plain(operation, chosen.length > 0);
  const result: Json = { openapi: document["openapi"], info: document["info"], servers: document["servers"], paths };
  return { ...result, components: componentsOf(document, result) };
}

/** What is hard about an operation: kinds of parameters, bodies, answers, schemas. */
function marksOf(document: Json, operation: Json): ReadonlySet<string> {
  const marks = new Set<string>();
  reached(document, operation, (value) => {
    const kinds = [
      "oneOf",
      "anyOf",
      "allOf",
      "not",
      "enum",
      "pattern",
      "nullable",
      "additionalProperties",
      "discriminator",
    ].filter((key) => key in value);
    if (kinds.length > 0 || "type" in value)
      marks.add(`${String(value["type"])} ${String(value["format"])} ${kinds.join()}`);
    if ("in" in value && "schema" in value)
      marks.add(`${String(value["in"])} ${String(recordOf(value["schema"])["type"])} ${String(value["explode"])}`);
    for (const media of Object.keys(recordOf(value["content"]))) marks.add(media);
  });
  for (const status of Object.keys(recordOf(operation["responses"]))) marks.add(status);
  return marks;
}

function sizeOf(document: Json, operation: Json): number {
  let size = JSON.stringify(operation).length;
  reached(document, operation, () => (size += 100));
  return size;
}

function reached(document: Json, from: unknown, tell: (value: Json) => void): void {
  const open: unknown[] = [from];
  const refs = new Set<string>();
  for (let value = open.pop(); open.length > 0 || value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...listOf(value));
    if (!isRecord(value)) continue;
    tell(value);
    const ref = value["$ref"];
    if (typeof ref === "string" && !refs.has(ref)) {
      refs.add(ref);
      open.push(valueAt(document, pathOf(ref)));
    }
    open.push(
      ...Object.entries(value)
        .filter(([key]) => key !== "examples" && key !== "example")
        .map(([, member]) => member),
    );
  }
}

function componentsOf(document: Json, part: Json): Json {
  const components: Record<string, Record<string, unknown>> = {};
  const open: unknown[] = [part];
  for (let value = open.pop(); open.length > 0 || value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...listOf(value));
    if (!isRecord(value)) continue;
    const ref = value["$ref"];
    const [, group = "", name = ""] = typeof ref === "string" ? pathOf(ref) : [];
    if (name !== "" && components[group]?.[name] === undefined) {
      const found = plain(valueAt(document, ["components", group, name]), group !== "schemas");
      (components[group] ??= {})[name] = found;
      open.push(found);
    }
    open.push(...Object.values(value));
  }
  return components;
}

/** Without what only GitHub's pages read, and without examples where no call needs them. */
function plain(value: unknown, examples: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, examples));
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, member]) => !key.startsWith("x-github") && (examples || key !== "example" || isRecord(member)),
  );
  return Object.fromEntries(kept.map(([key, member]) => [key, plain(member, examples)]));
}
