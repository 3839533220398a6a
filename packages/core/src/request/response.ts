import type { Outcome } from "../boundary.ts";

// Known by its shape: a Response may come from another realm or implementation.
export function isResponse(value: unknown): value is Response {
  return (
    typeof value === "object" && value !== null && "headers" in value && "arrayBuffer" in value && "status" in value
  );
}

/**
 * What middleware may answer with, as an outcome.
 *
 * @throws TypeError for what is neither: a middleware that forgot to return
 */
export function toOutcome(value: Outcome | Response | undefined): Outcome {
  if (typeof value?.status !== "number")
    throw new TypeError("A middleware gave no answer: return what next() gives, or an answer of its own.");
  if (!isResponse(value)) return value;
  const headers: string[] = [];
  value.headers.forEach((text, name) => headers.push(name, text));
  return { status: value.status, headers, body: value.body };
}
