/** A problem document as it arrived (RFC 9457). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** The name under which the route, provider or kernel declares it. */
  readonly name: string;
  readonly detail?: string;
  readonly data?: unknown;
  /** What validation found: the part of the request, and a JSON Pointer into it. */
  readonly errors?: readonly { readonly in: string; readonly pointer: string; readonly detail: string }[];
}

/** A whole response, read to its end. */
export interface Answer<Value = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** JSON parsed, text as a string, other types as bytes; `undefined` when there is no body. */
  readonly value: Value;
  /** The body as UTF-8. */
  readonly text: string;
  /** The problem document, if that is what came. */
  readonly problem: ProblemDocument | undefined;
}

export async function readAnswer(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const type = (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const value = valueOf(type, bytes, text);
  const problem = type === "application/problem+json" && isProblem(value) ? value : undefined;
  return { status: response.status, headers: response.headers, value, text, problem };
}

function valueOf(type: string, bytes: Uint8Array, text: string): unknown {
  if (bytes.length === 0) return undefined;
  if (type === "application/json" || type.endsWith("+json")) return parse(text);
  return TEXTUAL.test(type) ? text : bytes;
}

const TEXTUAL = /^(?:text\/|application\/(?:x-ndjson|xml|javascript|x-www-form-urlencoded)$)|\+xml$/;

/** Broken JSON stays text, so that the assertion about it can show it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isProblem(value: unknown): value is ProblemDocument {
  return typeof value === "object" && value !== null && "status" in value && "title" in value && "name" in value;
}
