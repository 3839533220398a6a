/** Routes that OpenAPI cannot tell apart, since only matchers or the form of a parameter do, as one operation. */
import type { JsonSchema } from "@openspeed/core";
import { isRecord } from "./definitions.ts";
import { ascending } from "./names.ts";
import type { Content, MediaType, Operation, Parameter, Reference, ResponseObject } from "./openapi-types.ts";

/** An operation that takes and answers what either does. */
export function mergeOperations(first: Operation, other: Operation, resolve: Resolve): Operation {
  const text = (a?: string, b?: string): string | undefined =>
    a === b ? a : [a, b].filter(Boolean).join(" · ") || undefined;
  const summary = text(first.summary, other.summary);
  const description = text(first.description, other.description);
  const requestBody = mergeBodies(first.requestBody, other.requestBody);
  const parameters = mergeParameters(first.parameters ?? [], other.parameters ?? []);
  const { deprecated: _deprecated, ...rest } = { ...other, ...first };
  return {
    ...rest,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    tags: [...new Set([...(first.tags ?? []), ...(other.tags ?? [])])],
    ...(first.deprecated === true && other.deprecated === true && { deprecated: true }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: mergeResponses(first.responses, other.responses, resolve),
    ...((first.security ?? other.security) && { security: [...(first.security ?? [{}]), ...(other.security ?? [{}])] }),
  };
}

/** What is behind a reference to a shared response. */
export type Resolve = (response: ResponseObject | Reference) => ResponseObject;

function mergeParameters(first: readonly Parameter[], other: readonly Parameter[]): readonly Parameter[] {
  const keyOf = ({ in: place, name }: Parameter): string => `${place} ${name}`;
  const others = new Map(other.map((each) => [keyOf(each), each]));
  const merged = first.map((parameter): Parameter => {
    const twin = others.get(keyOf(parameter));
    others.delete(keyOf(parameter));
    if (twin === undefined) return optional(parameter);
    const { required: _required, ...rest } = parameter;
    const required = parameter.required === true && twin.required === true;
    return { ...rest, ...(required && { required }), schema: either(parameter.schema, twin.schema) };
  });
  return [...merged, ...[...others.values()].map(optional)];
}

function optional({ required, ...parameter }: Parameter): Parameter {
  return parameter.in === "path" && required !== undefined ? { ...parameter, required } : parameter;
}

function mergeBodies(first: Operation["requestBody"], other: Operation["requestBody"]): Operation["requestBody"] {
  if (first === undefined || other === undefined) {
    const one = first ?? other;
    return one && { ...one, required: false };
  }
  return { required: first.required && other.required, content: mergeContent(first.content, other.content) };
}

function mergeResponses(
  first: Operation["responses"],
  other: Operation["responses"],
  resolve: Resolve,
): Operation["responses"] {
  const statuses = [...new Set([...Object.keys(first), ...Object.keys(other)])].sort(ascending);
  return Object.fromEntries(
    statuses.map((status) => {
      const [one, two] = [first[status], other[status]];
      if (one === undefined || two === undefined || JSON.stringify(one) === JSON.stringify(two))
        return [status, one ?? two ?? { description: "" }];
      const [a, b] = [resolve(one), resolve(two)];
      const content = mergeContent(a.content ?? {}, b.content ?? {});
      const description = [...new Set([a.description, b.description])].join(" · ");
      return [status, { description, ...(Object.keys(content).length > 0 && { content }) }];
    }),
  );
}

function mergeContent(first: Content, other: Content): Content {
  const merged: Record<string, MediaType> = { ...other, ...first };
  for (const [type, media] of Object.entries(first)) {
    const twin = other[type];
    if (twin === undefined) continue;
    const both = <K extends "schema" | "itemSchema">(key: K): Pick<MediaType, K> | false => {
      const [a, b] = [media[key], twin[key]];
      return a !== undefined && b !== undefined && ({ [key]: either(a, b) } as Pick<MediaType, K>);
    };
    merged[type] = { ...(media.encoding && { encoding: media.encoding }), ...both("schema"), ...both("itemSchema") };
  }
  return merged;
}

/** In an order of its own, so that it does not depend on which route was mounted first. */
function either(first: JsonSchema, other: JsonSchema): JsonSchema {
  const branches = new Map(
    [...branchesOf(first), ...branchesOf(other)].map((branch) => [JSON.stringify(branch), branch]),
  );
  const [only, ...others] = [...branches].sort(([a], [b]) => ascending(a, b)).map(([, branch]) => branch);
  return only !== undefined && others.length === 0 ? only : { anyOf: [only ?? {}, ...others] };
}

function branchesOf(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf, oneOf, discriminator: _discriminator, ...rest } = schema;
  const union = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;
  return union !== undefined && Object.keys(rest).length === 0 && union.every(isRecord) ? union : [schema];
}
