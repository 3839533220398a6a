/** The parts of a request, as a route's shape names them. */
export interface RequestParts {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly headers?: object | undefined;
  readonly cookies?: object | undefined;
  readonly body?: unknown;
}

/** A request ready for any transport. */
export interface PlannedRequest {
  /** Path and query. */
  readonly target: string;
  readonly init: RequestInit & { readonly method: string };
}

/**
 * The request for a route's key, `"GET /tickets/:id"`.
 *
 * Throws a `TypeError` for a key that is none, a missing param, and a param that cannot stand in a path.
 */
export function planRequest(key: string, parts: RequestParts = {}): PlannedRequest {
  const [, method, path] = KEY.exec(key) ?? [];
  if (method === undefined || path === undefined)
    throw new TypeError(`"${key}" is no route key. Write the method, one space, and the path: "GET /tickets/:id".`);
  const headers = new Headers();
  for (const [name, value] of entries(parts.headers)) headers.append(name, value);
  const cookies = entries(parts.cookies).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  if (cookies.length > 0) headers.append("cookie", cookies.join("; "));
  const body = bodyOf(parts.body, headers);
  return {
    target: fillPath(key, path, new Map(Object.entries(parts.params ?? {}))) + queryOf(path, parts.query),
    init: { method, headers, redirect: "manual", ...body },
  };
}

const KEY = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\/\S*)$/;
const PARAM = /\/([:*])([A-Za-z_][\w-]*)(\??)/g;

function fillPath(key: string, path: string, params: ReadonlyMap<string, unknown>): string {
  return path.replace(PARAM, (_, mark: string, name: string, optional: string) => {
    const value = params.get(name);
    if (value === undefined || value === null || value === "") {
      if (optional !== "") return "";
      throw new TypeError(`${key} needs params.${name}: the path has no place for an empty one.`);
    }
    const segments = mark === "*" ? String(value).split("/") : [String(value)];
    if (segments.some((segment) => segment === "." || segment === "..")) {
      throw new TypeError(`${key}: params.${name} is a dot segment, which every URL parser resolves away.`);
    }
    return "/" + segments.map(encodeURIComponent).join("/");
  });
}

function queryOf(path: string, query: object | undefined): string {
  const search = new URLSearchParams(entries(query).map(([name, value]) => [name, value])).toString();
  return search === "" ? "" : `${path.includes("?") && !path.endsWith("?") ? "&" : "?"}${search}`;
}

/** Name and text, an array once for each item; what is undefined is left out. */
function entries(values: object | undefined): readonly (readonly [name: string, text: string])[] {
  return Object.entries(values ?? {}).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => item !== undefined)
      .map((item) => [name, textOf(name, item)] as const),
  );
}

function textOf(name: string, value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null)
    throw new TypeError(`"${name}" is an object, which a URL or header cannot carry.`);
  return String(value);
}

type SentBody = { readonly body?: NonNullable<RequestInit["body"]>; readonly duplex?: "half" };

/** What fetch can send is sent as it is; a string is text; anything else is what `content-type` names: a form, or JSON. */
function bodyOf(value: unknown, headers: Headers): SentBody {
  if (value === undefined) return {};
  if (value instanceof ReadableStream) return { body: value, duplex: "half" };
  if (isSendable(value)) {
    if (!(value instanceof FormData || value instanceof URLSearchParams || value instanceof Blob))
      name(headers, "application/octet-stream");
    return { body: value };
  }
  if (typeof value === "string") {
    name(headers, "text/plain;charset=UTF-8");
    return { body: value };
  }
  if (
    headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") &&
    typeof value === "object" &&
    value !== null
  ) {
    return { body: new URLSearchParams(entries(value).map(([key, text]) => [key, text])).toString() };
  }
  name(headers, "application/json");
  return { body: JSON.stringify(value) };
}

function isSendable(
  value: unknown,
): value is FormData | URLSearchParams | Blob | ArrayBuffer | Uint8Array<ArrayBuffer> {
  return [FormData, URLSearchParams, Blob, ArrayBuffer, Uint8Array].some((type) => value instanceof type);
}

function name(headers: Headers, type: string): void {
  if (!headers.has("content-type")) headers.set("content-type", type);
}
