/** What a route answers: its outputs by status, and every problem that it, what it uses or the kernel may answer with. */
import { type GraphRoute, type JsonSchema, problemTypes } from "@openspeed/core";
import type { Components } from "./components.ts";
import { mediaTypesOf } from "./media-types.ts";
import type { Content, Operation, ResponseObject } from "./openapi-types.ts";
import type { Edition } from "./options.ts";
import type { SharedProblems } from "./problems.ts";

export function responsesOf(
  route: GraphRoute,
  components: Components,
  problems: SharedProblems,
  edition: Edition,
): Operation["responses"] {
  const successes = successesOf(route, components, edition);
  const responses: Record<string, Operation["responses"][string]> = { ...successes };
  const shown = [...new Set(problemTypes.all(route).flat())];
  for (const [status, declared] of Map.groupBy(Object.entries(route.problems), ([, { status: of }]) => String(of))) {
    const before = successes[status];
    const { description, content, reference } = problems.responseOf(declared, shown);
    responses[status] =
      before === undefined
        ? (reference ?? { description, content })
        : { description: `${before.description} · ${description}`, content: { ...before.content, ...content } };
  }
  return Object.fromEntries(Object.entries(responses).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function successesOf(
  { outputs, offers }: GraphRoute,
  components: Components,
  edition: Edition,
): Readonly<Record<string, ResponseObject>> {
  const found: Record<string, ResponseObject> = {};
  for (const [status, output] of Object.entries(outputs)) {
    const content = output === null ? undefined : mediaTypesOf(offers, output, components, edition);
    const described = output && components.lookInto(output, "output")["description"];
    const description = typeof described === "string" ? described : phraseOf(status);
    found[status] = { description, ...(content && { content }) };
  }
  if (Object.keys(found).length > 0) return found;
  // Nothing is declared, so any success may come, as anything, and any way to another place.
  const content: Content = Object.fromEntries((offers ?? ["*/*"]).map((type) => [type, textOr(type)]));
  return { "2XX": { description: "Success", content }, "3XX": { description: "Somewhere else" } };
}

function textOr(type: string): { readonly schema?: JsonSchema } {
  return type.startsWith("text/") ? { schema: { type: "string" } } : {};
}

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
