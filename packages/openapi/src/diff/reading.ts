/** A document as it is compared: references followed, parameters of paths handed down, every operation under a key. */
import { isRecord } from "../definitions.ts";
import type { OpenApiDocument, Operation, Parameter, ResponseObject } from "../openapi-types.ts";
import type { Resolve } from "./schemas.ts";

export interface ReadOperation {
  /** As the document writes it: `GET /tickets/{id}`. */
  readonly name: string;
  /** Whether the API calls: a webhook goes the other way. */
  readonly sent: boolean;
  readonly operation: Omit<Operation, "parameters" | "responses"> & {
    readonly parameters: readonly Parameter[];
    readonly responses: Readonly<Record<string, ResponseObject>>;
  };
}

const METHODS: ReadonlySet<string> = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
]);

/** By method and path; what a path's parameters are called is no business of a caller's, so they are numbered instead. */
export function operationsIn(document: OpenApiDocument): ReadonlyMap<string, ReadOperation> {
  const follow = follower(document);
  const found = new Map<string, ReadOperation>();
  const add = (key: string, name: string, sent: boolean, path: string, item: object, operation: Operation): void => {
    const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, each]) => each ?? "");
    const shared = Reflect.get(item, "parameters") as readonly Parameter[] | undefined;
    const own = (operation.parameters ?? []).map(follow);
    const inherited = (shared ?? [])
      .map(follow)
      .filter((each) => !own.some((other) => other.in === each.in && other.name === each.name));
    const parameters = [...inherited, ...own].map((parameter) =>
      parameter.in === "path" ? { ...parameter, name: `${names.indexOf(parameter.name) + 1}` } : parameter,
    );
    const responses = Object.entries(operation.responses).map(
      ([status, response]) => [status, follow(response)] as const,
    );
    const { requestBody } = operation;
    found.set(key, {
      name,
      sent,
      operation: {
        ...operation,
        parameters,
        ...(requestBody && { requestBody: follow(requestBody) }),
        responses: Object.fromEntries(responses),
      },
    });
  };
  const each = (items: object | undefined, sent: boolean): void => {
    for (const [path, item] of Object.entries(items ?? {}) as [string, object][]) {
      const others = Reflect.get(item, "additionalOperations") as Readonly<Record<string, Operation>> | undefined;
      const own = Object.entries(item).filter(([method]) => METHODS.has(method)) as [string, Operation][];
      for (const [method, operation] of [...own, ...Object.entries(others ?? {})]) {
        const verb = `${sent ? "webhook " : ""}${method.toUpperCase()}`;
        add(`${verb} ${path.replace(/\{[^}]*\}/g, "{}")}`, `${verb} ${path}`, sent, path, item, operation);
      }
    }
  };
  each(document.paths, false);
  each(document.webhooks, true);
  return found;
}

/** References within the document (RFC 6901 in a fragment). */
export function resolver(document: OpenApiDocument): Resolve {
  return (reference) => {
    if (!reference.startsWith("#/")) return undefined;
    let found: unknown = document;
    for (const part of reference.slice(2).split("/")) {
      if (typeof found !== "object" || found === null) return undefined;
      found = Reflect.get(found, decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
    }
    return isRecord(found) ? found : undefined;
  };
}

function follower(document: OpenApiDocument): <T extends object>(value: T | { readonly $ref: string }) => T {
  const resolve = resolver(document);
  return <T extends object>(value: T | { readonly $ref: string }): T => {
    const reference = Reflect.get(value, "$ref") as unknown;
    const behind = typeof reference === "string" ? resolve(reference) : undefined;
    return (behind ?? value) as T; // what a reference in this place leads to is of the place's kind
  };
}
