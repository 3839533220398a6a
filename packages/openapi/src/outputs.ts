/** What a route answers: its outputs by status, and every problem that it, what it uses or the kernel may answer with. */
import type { GraphRoute, JsonSchema } from "@openspeed/core";
import type { Components } from "./components.ts";
import type { Content, MediaType, ResponseObject } from "./openapi-types.ts";
import type { Edition } from "./options.ts";

const STREAMED = new Set(["text/event-stream", "application/x-ndjson", "application/jsonl"]);

export function responsesOf(
  route: GraphRoute,
  components: Components,
  edition: Edition,
): Readonly<Record<string, ResponseObject>> {
  const outputs = Object.entries(route.outputs);
  const answers = outputs.length > 0 ? outputs : [["200", undefined] as const];
  const responses = new Map<string, ResponseObject>();
  for (const [status, output] of answers) {
    const schema = output ? components.place(output, "output") : undefined;
    const content = output === null ? undefined : contentOf(route.offers, schema, edition);
    const description = typeof schema?.["description"] === "string" ? schema["description"] : phraseOf(status);
    responses.set(status, { description, ...(content && { content }) });
  }
  for (const [status, problems] of byStatus(route.problems)) {
    const described = problems.map(([, { title }]) => title);
    const schemas = problems.map(([name, declared]) => problemSchema(name, declared, components));
    const [only] = schemas;
    const schema = schemas.length === 1 && only !== undefined ? only : { oneOf: schemas };
    const before = responses.get(status);
    responses.set(status, {
      description: [before?.description, ...described].filter((text) => text !== undefined).join(" · "),
      content: { ...before?.content, "application/problem+json": { schema } },
    });
  }
  return Object.fromEntries([...responses].sort(([a], [b]) => Number(a) - Number(b)));
}

function contentOf(
  offers: readonly string[] | undefined,
  schema: JsonSchema | undefined,
  edition: Edition,
): Content | undefined {
  if (offers !== undefined)
    return Object.fromEntries(offers.map((type) => [type, mediaType(type, schema, edition)] as const));
  return schema && { "application/json": { schema } };
}

function mediaType(type: string, schema: JsonSchema | undefined, edition: Edition): MediaType {
  if (STREAMED.has(type)) return edition === "3.2" && schema ? { itemSchema: schema } : { schema: { type: "string" } };
  if (/[/+]json$/.test(type)) return schema ? { schema } : {};
  // A text or bytes of another media type; the schema describes the JSON that it stands for.
  return type.startsWith("text/") ? { schema: { type: "string" } } : {};
}

type Declared = GraphRoute["problems"][string];

function byStatus(problems: GraphRoute["problems"]): ReadonlyMap<string, readonly (readonly [string, Declared])[]> {
  const found = new Map<string, (readonly [string, Declared])[]>();
  for (const entry of Object.entries(problems)) {
    const status = String(entry[1].status);
    const list = found.get(status) ?? [];
    found.set(status, list);
    list.push(entry);
  }
  return found;
}

function problemSchema(name: string, { status, title, data }: Declared, components: Components): JsonSchema {
  const known = { name: { const: name }, status: { const: status }, title: { const: title } };
  return {
    allOf: [{ $ref: "#/components/schemas/Problem" }],
    type: "object",
    properties: { ...known, ...(data && { data: components.place(data, "output") }) },
    ...(data && { required: ["data"] }),
  };
}

/** RFC 9457 §3, with the members that the kernel adds. */
export const problemComponent: JsonSchema = {
  type: "object",
  description: "An error as RFC 9457 describes it; `name` tells one from another.",
  required: ["type", "title", "status", "name"],
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string" },
    status: { type: "integer", minimum: 400, maximum: 599 },
    name: { type: "string" },
    detail: { type: "string" },
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

/** RFC 9110 §15, for answers that nobody described. */
function phraseOf(status: string): string {
  return PHRASES[status] ?? (status.startsWith("2") ? "Success" : "Answer");
}
const PHRASES: Readonly<Record<string, string>> = {
  "200": "OK",
  "201": "Created",
  "202": "Accepted",
  "204": "No content",
  "206": "Partial content",
  "301": "Moved permanently",
  "302": "Found",
  "303": "See other",
  "304": "Not modified",
  "307": "Temporary redirect",
  "308": "Permanent redirect",
};
