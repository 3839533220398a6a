import type { Answer } from "./answer.ts";
import type { Mismatch } from "./subset.ts";

/** What an assertion says when it fails: an `Error` that any test runner prints, with `expected` and `actual` for those that diff. */
export class AnswerMismatch extends Error {
  override readonly name = "AnswerMismatch";
  readonly expected: unknown;
  readonly actual: unknown;

  constructor(message: string, expected: unknown, actual: unknown) {
    super(message);
    this.expected = expected;
    this.actual = actual;
  }
}

/** Remembers the line of the test that asserts, since the assertion fails later, when the answer is there. */
export function placeOf(error: Error): (failure: Error) => Error {
  // V8 begins a stack with the message, JavaScriptCore does not. The first two frames are the assertion itself.
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at |@/.test(line))
    .slice(2);
  return (failure) => {
    if (frames.length > 0) failure.stack = [`${failure.name}: ${failure.message}`, ...frames].join("\n");
    return failure;
  };
}

/** `GET /tickets/42: expected status 200, got 404`, the places that differ, and what came. */
export function describeMismatch(
  request: string,
  headline: string,
  answer: Answer,
  places: readonly Mismatch[] = [],
): string {
  const width = Math.max(0, ...places.map(({ pointer }) => pointer.length));
  return [
    `${request}: ${headline}`,
    ...places.map(({ pointer, message }) => `  ${pointer.padEnd(width)}  ${message}`),
    "",
    `  ${answer.status} ${answer.headers.get("content-type") ?? ""}`.trimEnd(),
    ...indent(bodyOf(answer)),
  ].join("\n");
}

function bodyOf(answer: Answer): string {
  if (answer.text === "") return "(no body)";
  if (answer.value instanceof Uint8Array) return `(${answer.value.length} bytes)`;
  const text = typeof answer.value === "string" ? answer.value : JSON.stringify(answer.value, null, 2);
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}

function indent(text: string): readonly string[] {
  return text.split("\n").map((line) => `  ${line}`);
}
