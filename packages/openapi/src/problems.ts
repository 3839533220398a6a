/** Problems, each described once: as a schema, and as the response of which it is all. */
import type { GraphRoute, GraphSchema, JsonSchema } from "@openspeed/core";
import type { Components } from "./components.ts";
import { ascending, componentName, pascal, referenceTo, sortedByKey } from "./names.ts";
import type { Content, Reference, ResponseObject } from "./openapi-types.ts";

type Declared = GraphRoute["problems"][string];

export interface SharedProblems {
  /** What a status answers where nothing but problems does, or what it answers beside `content`. */
  responseOf(
    problems: readonly (readonly [name: string, declared: Declared])[],
    shown: readonly string[],
  ): SharedResponse;
  schemas(): Readonly<Record<string, JsonSchema>>;
  responses(): Readonly<Record<string, ResponseObject>>;
}

export interface SharedResponse {
  readonly description: string;
  readonly content: Content;
  /** There, where one problem in its usual form is the whole answer, or what the kernel answers everywhere. */
  readonly reference?: Reference;
}

/** What the kernel answers by itself; a problem that a route declares under such a name stands beside the kernel's own. */
const KERNEL = new Set([
  "malformed",
  "notFound",
  "invalid",
  "tooLarge",
  "unsupportedMediaType",
  "notAcceptable",
  "internal",
  "timeout",
  "overloaded",
]);

const PROBLEM_TYPE = "application/problem+json";

interface Known {
  readonly problem: string;
  readonly title: string;
  readonly schema: JsonSchema;
  readonly text: string;
  component: string;
  response: string;
}

/** All problems of all routes get their names at once, from their titles, so that they do not depend on the routes' order. */
export function shareProblems(routes: readonly Pick<GraphRoute, "problems">[], components: Components): SharedProblems {
  const frame = components.reserve("Problem");
  const known = new Map<string, Known>();
  const keyOf = (name: string, declared: Declared): string => JSON.stringify([name, declared]);
  for (const { problems } of routes) {
    for (const [problem, declared] of Object.entries(problems)) {
      const schema = schemaOf(problem, declared, frame, (data) => components.place(data, "output"));
      const text = JSON.stringify([declared.title, schema]);
      known.set(keyOf(problem, declared), {
        problem,
        title: declared.title,
        schema,
        text,
        component: "",
        response: "",
      });
    }
  }
  const byText = Map.groupBy([...known.values()], ({ text }) => text);
  const taken = new Set<string>();
  for (const [, same] of [...byText].sort(([a], [b]) => ascending(a, b))) {
    const title = componentName(pascal(same[0]?.title ?? "")).replace(/^_+$/, pascal(same[0]?.problem ?? "Unnamed"));
    const component = components.reserve(title.endsWith("Problem") ? title : `${title}Problem`);
    let response = title;
    for (let number = 2; taken.has(response); number++) response = `${title}${number}`;
    taken.add(response);
    for (const each of same) Object.assign(each, { component, response });
  }
  const responses = new Map<string, ResponseObject>();

  return {
    responseOf(problems, shown) {
      const found = problems.flatMap(([name, declared]) => known.get(keyOf(name, declared)) ?? []);
      const [first] = found;
      const references = found.map(({ component }) => ({ $ref: referenceTo("schemas", component) }));
      const description = [...new Set(found.map(({ title }) => title))].join(" · ");
      const content = {
        [PROBLEM_TYPE]: { schema: found.length === 1 ? (references[0] ?? {}) : oneOf(found) },
        ...Object.fromEntries(shown.map((type) => [type, { schema: { type: "string" } }])),
      };
      const alone = found.map(({ response }) => response).join("Or");
      // Several are described where they stand, but for those that every route has.
      const everywhere = found.every(({ problem }) => KERNEL.has(problem)) && !taken.has(alone);
      if (first === undefined || (found.length > 1 && !everywhere)) return { description, content };
      const name = shown.length === 0 ? alone : `${alone}Shown`;
      responses.set(name, { description, content });
      return { description, content, reference: { $ref: referenceTo("responses", name) } };
    },
    schemas: () =>
      Object.fromEntries([
        [frame, problemFrame],
        ...[...known.values()].map(({ component, schema }): [string, JsonSchema] => [component, schema]),
      ]),
    responses: () => sortedByKey(responses),
  };
}

function oneOf(found: readonly Known[]): JsonSchema {
  const mapping = Object.fromEntries(
    found.map(({ problem, component }) => [problem, referenceTo("schemas", component)]),
  );
  const references = found.map(({ component }) => ({ $ref: referenceTo("schemas", component) }));
  return { oneOf: references, discriminator: { propertyName: "name", mapping } };
}

function schemaOf(
  name: string,
  { status, title, data }: Declared,
  frame: string,
  place: (data: GraphSchema) => JsonSchema,
): JsonSchema {
  return {
    description: title,
    allOf: [{ $ref: referenceTo("schemas", frame) }],
    type: "object",
    properties: { name: { const: name }, status: { const: status }, ...(data && { data: place(data) }) },
    required: data && !KERNEL.has(name) ? ["name", "status", "data"] : ["name", "status"],
  };
}

/** RFC 9457 §3, with the members that the kernel adds. */
const problemFrame: JsonSchema = {
  type: "object",
  description: "An error as RFC 9457 describes it; `name` tells one from another.",
  required: ["type", "title", "status", "name"],
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string", description: "For people." },
    status: { type: "integer", minimum: 400, maximum: 599 },
    name: { type: "string" },
    detail: { type: "string" },
    instance: {
      type: "string",
      format: "uri-reference",
      description: "Of this one occurrence: `urn:uuid:…` where the server failed, under which its log has the error.",
    },
    data: {},
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["in", "pointer", "detail"],
        properties: {
          in: { enum: ["params", "query", "headers", "cookies", "body"] },
          pointer: { type: "string", description: "A JSON Pointer as URI fragment (RFC 6901 §6)." },
          detail: { type: "string" },
        },
      },
    },
  },
};
