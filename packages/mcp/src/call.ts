/** What an agent gives, as the request that the route would get from anybody else. */
import { kernelError, type ProblemError, type RequestError } from "@openspeed/core";
import { isRecord } from "./relocate.ts";
import { paramOf } from "./schemas.ts";
import type { Tool } from "./tools.ts";

export interface Call {
  readonly method: string;
  /** An origin-form target. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** JSON first, then what can be read as items, then whatever there is. */
const ACCEPT = "application/json, application/x-ndjson;q=0.9, text/event-stream;q=0.8, text/*;q=0.7, */*;q=0.1";

/** @throws the kernel problem `invalid` for what no request can carry; all the rest is for the route to judge */
export function callOf(tool: Tool, given: Readonly<Record<string, unknown>>): Call {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(tool.inputSchema.properties, name));
  if (unknown.length > 0) throw kernelError("invalid", `The tool takes no ${unknown.join(", ")}.`);
  const { method, path } = tool.route;
  const query = queryOf(part(given, "query"));
  const target = targetOf(path, part(given, "params")) + (query === "" ? "" : `?${query}`);
  const { body } = given;
  if (body === undefined || tool.bodyType === undefined)
    return { method, target, headers: { accept: ACCEPT }, body: undefined };
  const headers = { accept: ACCEPT, "content-type": tool.bodyType };
  return { method, target, headers, body: bodyText(body, tool.bodyType) };
}

function part(given: Readonly<Record<string, unknown>>, name: "params" | "query"): Readonly<Record<string, unknown>> {
  const value = given[name] ?? {};
  if (!isRecord(value)) throw refused(name, "#", "Must be an object.");
  return value;
}

function targetOf(path: string, params: Readonly<Record<string, unknown>>): string {
  const segments = path.split("/").flatMap((segment): readonly string[] => {
    const param = paramOf(segment);
    if (param === undefined) return [encodeURI(segment).replaceAll("%25", "%")];
    const { name, optional, rest } = param;
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined && optional) return [];
    const text = textOf(value);
    if (text === undefined || text === "" || !text.isWellFormed())
      throw refused("params", pointerTo(name), "Must be a text that is not empty, a number or a boolean.");
    return rest ? text.split("/").map(encodeURIComponent) : [encodeURIComponent(text)];
  });
  return segments.join("/") || "/";
}

function queryOf(query: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      const text = textOf(each);
      // Nothing is not sent, as browsers and the typed client do it.
      if (text !== undefined) search.append(name, text);
      else if (each !== null && each !== undefined)
        throw refused("query", pointerTo(name), "Must be a text, a number, a boolean, or a list of them.");
    }
  }
  return search.toString();
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function bodyText(body: unknown, type: string): string {
  if (type.startsWith("text/")) {
    if (typeof body === "string") return body;
    throw refused("body", "#", "Must be a text.");
  }
  if (!type.includes("urlencoded")) return JSON.stringify(body);
  if (isRecord(body)) return queryOf(body);
  throw refused("body", "#", "Must be an object.");
}

function pointerTo(name: string): string {
  return `#/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function refused(where: RequestError["in"], pointer: string, detail: string): ProblemError {
  return kernelError("invalid", undefined, { errors: [{ in: where, pointer, detail }] });
}
