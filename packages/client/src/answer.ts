import type { Reading } from "./exchange.ts";
import { RequestFailure, RequestProblem } from "./failure.ts";
import type { ProblemDocument } from "@openspeed/core";

export interface ReadAnswer {
  readonly status: number;
  readonly value: unknown;
  readonly headers: Headers;
}

/**
 * The value of a response.
 *
 * @throws RequestProblem for a problem document, RequestFailure for whatever else is no value
 */
export async function readAnswer(response: Response, reading: Reading): Promise<ReadAnswer> {
  const { status, headers, body, ok } = response;
  const type = (headers.get("content-type") ?? "").replace(/\s*;.*/, "").toLowerCase();
  let value: unknown;
  let sound = ok;
  if (ok && body !== null && /ndjson$|event-stream$/.test(type))
    value = (await import("./streams.ts")).itemsOf(body, type, reading);
  else value = await contentOf(response, type);
  if (/[/+]json$/.test(type)) {
    try {
      value = value === "" ? undefined : JSON.parse(String(value));
    } catch {
      sound = false;
    }
  }
  if (sound) return { status, headers, value };
  if (type === "application/problem+json" && isProblem(value))
    throw new RequestProblem({ ...value, status }, headers, value.detail ?? value.title);
  throw new RequestFailure("response", `${status} ${type}`, undefined, response, value);
}

/** Text as a string, other types as bytes; nothing is `undefined`. */
async function contentOf(response: Response, type: string): Promise<unknown> {
  if (/^text\/|[/+](?:json|xml)$/.test(type)) return response.text();
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length > 0 ? bytes : undefined;
}

function isProblem(value: unknown): value is ProblemDocument {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}
