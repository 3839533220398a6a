import type { GraphRoute } from "@openspeed/core";
import type { FieldError } from "../form/errors.ts";
import { isObject } from "../form/schema.ts";
import type { Credential } from "./credentials.ts";
import { bodyModeOf, type Draft, pathParts, type Values } from "./draft.ts";

export interface PlannedRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly cookies: readonly (readonly [name: string, value: string])[];
  readonly body: BodyInit | undefined;
}

/** The request that a draft means, or what keeps it from having an address. */
export function planRequest(
  route: GraphRoute,
  draft: Draft,
  credentials: readonly Credential[],
): PlannedRequest | readonly FieldError[] {
  const missing = pathParts(route.path)
    .filter(({ name, optional }) => name !== undefined && optional !== true && textOf(draft.params[name]) === "")
    .map(({ name = "" }) => ({
      in: "params",
      pointer: `#/${name}`,
      detail: "The path has no place for an empty one.",
    }));
  if (missing.length > 0) return missing;
  const search = new URLSearchParams(
    [...texts(draft.query), ...placed(credentials, "query")].map(([name, text]) => [name, text]),
  );
  const query = search.size === 0 ? "" : `?${search.toString()}`;
  const mode = draft.method === "GET" || draft.method === "HEAD" ? "none" : bodyModeOf(route);
  const { type, body } = bodyOf(mode, draft);
  const headers = [...(type === undefined ? [] : [["content-type", type] as const]), ...texts(draft.headers)];
  return {
    method: draft.method,
    target: pathOf(route.path, draft.params) + query,
    headers: [...headers, ...placed(credentials, "header")],
    cookies: [...texts(draft.cookies), ...placed(credentials, "cookie")],
    body,
  };
}

function placed(credentials: readonly Credential[], place: Credential["in"]): [string, string][] {
  return credentials.filter((each) => each.in === place && each.value !== "").map(({ name, value }) => [name, value]);
}

function pathOf(path: string, params: Values): string {
  const text = pathParts(path).map(({ text, name, rest }) => {
    if (name === undefined) return text;
    const value = textOf(params[name]);
    if (value === "") return "";
    return `/${rest === true ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value)}`;
  });
  return text.join("") || "/";
}

/** Name and text, an array once for each item; what is undefined is left out. */
function texts(values: Values): [name: string, text: string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => item !== undefined)
      .map((item): [string, string] => [name, textOf(item)]),
  );
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function bodyOf(
  mode: ReturnType<typeof bodyModeOf>,
  { body, raw, contentType }: Draft,
): { readonly type?: string | undefined; readonly body: BodyInit | undefined } {
  switch (mode) {
    case "none":
      return { body: undefined };
    case "json": {
      const text = raw ?? JSON.stringify(body);
      return text === undefined ? { body: undefined } : { type: "application/json", body: text };
    }
    case "form":
      return { body: new URLSearchParams(texts(isObject(body) ? body : {})) };
    case "multipart":
      return { body: formDataOf(body) };
    case "text":
      return { type: contentType, body: body instanceof Blob ? body : textOf(body) };
  }
}

/** Fields first: what is streamed may want them before the files. */
function formDataOf(body: unknown): FormData {
  const data = new FormData();
  const { fields, files } = isObject(body) ? body : {};
  for (const [name, text] of texts(isObject(fields) ? fields : {})) data.append(name, text);
  for (const [name, value] of Object.entries(isObject(files) ? files : {}))
    for (const file of Array.isArray(value) ? value : [value]) if (file instanceof File) data.append(name, file);
  return data;
}

/** The same for a terminal. */
export function curlOf({ method, target, headers, cookies, body }: PlannedRequest, root: string): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}${quoted(new URL(target.slice(1), root).href)}`];
  for (const [name, value] of headers) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (cookies.length > 0) lines.push(`-b ${quoted(cookies.map(([name, value]) => `${name}=${value}`).join("; "))}`);
  if (typeof body === "string") lines.push(`-d ${quoted(body)}`);
  if (body instanceof URLSearchParams) lines.push(`-d ${quoted(body.toString())}`);
  if (body instanceof FormData)
    body.forEach((value, name) =>
      lines.push(`-F ${quoted(typeof value === "string" ? `${name}=${value}` : `${name}=@${value.name}`)}`),
    );
  if (body instanceof File) lines.push(`--data-binary ${quoted(`@${body.name}`)}`);
  return lines.join(" \\\n  ");
}
