import { isObject } from "../form/schema.ts";
import type { FieldError } from "../form/errors.ts";
import type { PlannedRequest } from "../request/plan-request.ts";
import type { AnswerBody, Exchange, Problem } from "./exchange.ts";
import { withCookies } from "./cookies.ts";
import { readItems } from "./items.ts";
import { readServerTiming } from "./server-timing.ts";

export interface Sending {
  readonly key: string;
  /** Where the app is: ends with a slash. */
  readonly root: string;
  readonly signal: AbortSignal;
  /** Told of every change. */
  readonly onChange: (exchange: Exchange) => void;
}

/** Sends a request and reads its answer, streams item by item. Never rejects: what goes wrong is in the exchange. */
export async function send(planned: PlannedRequest, { key, root, signal, onChange }: Sending): Promise<Exchange> {
  const { method, target, headers, cookies, body } = planned;
  const start = performance.now();
  const since = (): number => performance.now() - start;
  let exchange: Exchange = {
    id: crypto.randomUUID(),
    key,
    method,
    target,
    at: Date.now(),
    state: "sending",
    headers: [],
    timings: [],
  };
  const change = (more: Partial<Exchange>): void => {
    exchange = { ...exchange, ...more };
    onChange(exchange);
  };
  change({});
  try {
    const init: RequestInit = { method, headers: headersOf(headers), signal, cache: "no-store", body: body ?? null };
    const response = await withCookies(cookies, () => fetch(new URL(target.slice(1), root), init));
    change({
      status: response.status,
      headers: [...response.headers],
      waited: since(),
      timings: readServerTiming(response.headers.get("server-timing")),
      ...(response.redirected && { redirected: response.url }),
    });
    const type = (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
    if (ITEMS.has(type) && response.body !== null) {
      change({ state: "streaming", body: { kind: "stream", items: [], dropped: 0 } });
      await readItems(response.body, type, since, (stream, size) => change({ body: stream, size }));
      change({ state: "done", took: since() });
      return exchange;
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    const read = bodyOf(bytes, type);
    change({ state: "done", took: since(), size: bytes.length, body: read, problem: problemOf(type, read) });
  } catch (error) {
    if (signal.aborted) change({ state: "aborted", took: since() });
    else change({ state: "failed", took: since(), failure: error instanceof Error ? error.message : String(error) });
  }
  return exchange;
}

const ITEMS: ReadonlySet<string> = new Set(["text/event-stream", "application/x-ndjson"]);

function headersOf(list: PlannedRequest["headers"]): Headers {
  const headers = new Headers();
  for (const [name, value] of list) headers.append(name, value);
  return headers;
}

const TEXTUAL = /^text\/|[/+](?:json|xml|javascript|yaml|x-www-form-urlencoded)$/;

function bodyOf(bytes: Uint8Array<ArrayBuffer>, type: string): AnswerBody {
  if (bytes.length === 0) return { kind: "empty" };
  if (type.startsWith("image/")) return { kind: "image", type, url: URL.createObjectURL(new Blob([bytes], { type })) };
  if (!TEXTUAL.test(type)) return { kind: "bytes", bytes, type };
  const text = new TextDecoder().decode(bytes);
  if (!/[/+]json$/.test(type)) return { kind: "text", text };
  try {
    const value: unknown = JSON.parse(text);
    return { kind: "json", text, value };
  } catch {
    return { kind: "text", text };
  }
}

function problemOf(type: string, body: AnswerBody): Problem | undefined {
  if (type !== "application/problem+json" || body.kind !== "json" || !isObject(body.value)) return undefined;
  const { name, title, detail, errors } = body.value;
  return {
    ...(typeof name === "string" && { name }),
    ...(typeof title === "string" && { title }),
    ...(typeof detail === "string" && { detail }),
    errors: (Array.isArray(errors) ? errors : []).filter(isObject).map((each): FieldError => ({
      in: String(each["in"]),
      pointer: String(each["pointer"]),
      detail: String(each["detail"]),
    })),
  };
}
