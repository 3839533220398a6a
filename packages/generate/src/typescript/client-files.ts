import type { Model } from "../model/model.ts";

/** The types of an endpoint in the form in which `@openspeed/client` reads a route's. Nothing of it exists at run time. */
export const ENDPOINT = `import type { ProblemDocument, Success } from "@openspeed/client";

/** What an endpoint takes, gives by status, and may answer instead: \`[status, data]\` by name. */
export interface Endpoint<Input = {}, Outputs = {}, Problems = {}> {
  readonly "~types"?: EndpointTypes<Input, Outputs, Problems>;
}

interface EndpointTypes<Input, Outputs, Problems> {
  readonly params: Part<Input, "params">;
  readonly query: Part<Input, "query">;
  readonly headers: Part<Input, "headers">;
  readonly body: Part<Input, "body">;
  readonly takes: keyof Input & ("query" | "headers") extends never
    ? "params" extends keyof Input
      ? "body" extends keyof Input
        ? "params and body"
        : "params"
      : "body" extends keyof Input
        ? "body"
        : "nothing"
    : "more";
  readonly success: {} extends Outputs
    ? Success<number, unknown>
    : {
        [Status in keyof Outputs]: \`\${Status & number}\` extends \`2\${string}\` ? Success<Status, Outputs[Status]> : never;
      }[keyof Outputs];
  readonly documents: {
    [Name in keyof Problems]: ProblemDocument<Name, Problems[Name][0 & keyof Problems[Name]], Problems[Name][1 & keyof Problems[Name]]>;
  }[keyof Problems];
}

type Part<Input, Name> = Name extends keyof Input
  ? { readonly "~standard": { readonly types?: { readonly input: Input[Name] } | undefined } }
  : undefined;
`;

/** The one file that runs. */
export function entryText({ servers, operations }: Model): string {
  const [server] = servers;
  const known = server !== undefined && /^https?:\/\//.test(server) ? server.replace(/\/$/, "") : undefined;
  // Without an address in the document, the caller has to give one.
  const [maybe, optional, base] =
    known === undefined ? ["", "", ""] : [" | undefined", "?", ` = ${JSON.stringify(known)}`];
  const declared = operations.flatMap(({ problems }) => problems);
  const names = new Map(
    declared.flatMap(({ name, status, content }) =>
      isForeign(content?.media) && status !== undefined ? [[status, name]] : [],
    ),
  );
  const table = [...names].sort(([a], [b]) => a - b).map(([status, name]) => `  ${status}: ${JSON.stringify(name)},\n`);
  return `
import { type Client, type ClientOptions, createClient as create, type ThrowingClient } from "@openspeed/client";
import type { Api } from "./api.ts";

export type { Api } from "./api.ts";

type Base = Parameters<typeof create>[0];

/** A client of every operation, by its key: \`await api("GET /…", { params, query, body })\`. */
export function createClient(base: Base${maybe}, options: ClientOptions & { readonly throws: true }): ThrowingClient<Api>;
export function createClient(base${optional}: Base, options?: ClientOptions & { readonly throws?: false }): Client<Api>;
// Unknown, because comparing two clients would compute the type of every operation.
export function createClient(base: Base${base}, options: ClientOptions = {}): unknown {
  const { throws, ...others } = options;
  const around = [...(options.around ?? []), asProblem];
  return throws === true ? create<Api>(base, { ...others, around, throws }) : create<Api>(base, { ...others, around });
}

/** By status, for answers that do not name their problem. */
const PROBLEMS: { readonly [status: number]: string } = {
${table.join("")}};

/** An error of whatever form, as the problem document (RFC 9457) that the client's types describe: its body is \`data\`. */
async function asProblem(request: Request, next: (request: Request) => Promise<Response>): Promise<Response> {
  const response = await next(request);
  const type = response.headers.get("content-type") ?? "";
  if (response.status < 400 || type.startsWith("application/problem+json")) return response;
  const text = await response.text();
  const data: unknown = /[/+]json/.test(type) && text !== "" ? JSON.parse(text) : text;
  const title = response.statusText || \`Status \${response.status}\`;
  const name = PROBLEMS[response.status] ?? "unexpected";
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  headers.delete("content-encoding");
  headers.set("content-type", "application/problem+json");
  return new Response(JSON.stringify({ type: "about:blank", name, title, status: response.status, data }), {
    status: response.status,
    headers,
  });
}
`;
}

function isForeign(media: string | undefined): boolean {
  return media !== "application/problem+json";
}
