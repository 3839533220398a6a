import type { Outcome } from "./boundary.ts";
import type { Schema } from "./schema.ts";

/** A declared error: what a route, provider or middleware may answer with instead of its value (RFC 9457). */
export interface Problem<Status extends number = number, Data = unknown> {
  readonly kind: "problem";
  readonly status: Status;
  readonly title: string;
  readonly data: Schema<unknown, Data> | undefined;
}

export type Problems = { readonly [name: string]: Problem };

/** One function a declared problem; calling it throws, so `value ?? fail.notFound()` has the value's type. */
export type Fail<E> = {
  readonly [K in keyof E]: E[K] extends Problem<number, infer D>
    ? [D] extends [undefined]
      ? (detail?: string) => never
      : (data: D, detail?: string) => never
    : never;
};

/**
 * Declares a problem.
 *
 * @example
 * const problems = { notFound: problem(404, "No such ticket"), taken: problem(409, "Taken", z.object({ by: z.string() })) };
 */
export function problem<const Status extends number>(status: Status, title: string): Problem<Status, undefined>;
export function problem<const Status extends number, D>(
  status: Status,
  title: string,
  data: Schema<unknown, D>,
): Problem<Status, D>;
export function problem(status: number, title: string, data?: Schema): Problem {
  return { kind: "problem", status, title, data };
}

/** One thing wrong with a request, told to the client (the `errors` member that RFC 9457 §3 shows). */
export interface RequestError {
  readonly in: "params" | "query" | "headers" | "cookies" | "body";
  /** A JSON Pointer as URI fragment (RFC 6901 §6): `#/items/0/name`. */
  readonly pointer: string;
  readonly detail: string;
}

/** V8's knob, which others ignore. */
const v8: { stackTraceLimit?: number | undefined } = Error as { stackTraceLimit?: number };

/** What is thrown when a problem is to be answered. It is an answer and no fault, so it does not pay for a stack trace. */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly problemName: string;
  readonly data: unknown;
  readonly detail: string | undefined;
  readonly errors: readonly RequestError[] | undefined;
  readonly instance: string | undefined;
  readonly headers: readonly string[];
  #outcome: Outcome | undefined;

  constructor(
    problemName: string,
    declared: Problem,
    more: {
      data?: unknown;
      detail?: string | undefined;
      errors?: readonly RequestError[];
      instance?: string;
      headers?: readonly string[];
    } = {},
  ) {
    const limit = v8.stackTraceLimit;
    v8.stackTraceLimit = 0;
    super(more.detail ?? declared.title);
    v8.stackTraceLimit = limit;
    this.name = "ProblemError";
    this.problem = declared;
    this.problemName = problemName;
    this.data = more.data;
    this.detail = more.detail;
    this.errors = more.errors;
    this.instance = more.instance;
    this.headers = more.headers ?? [];
  }

  /** The RFC 9457 document, with `name` as the stable identifier that clients switch on. */
  get outcome(): Outcome {
    return (this.#outcome ??= {
      status: this.problem.status,
      headers: ["content-type", "application/problem+json", ...this.headers],
      body: JSON.stringify({
        type: "about:blank",
        title: this.problem.title,
        status: this.problem.status,
        name: this.problemName,
        detail: this.detail,
        instance: this.instance,
        data: this.data,
        errors: this.errors,
      }),
    });
  }
}

/** The names of what the kernel itself answers, whatever a route declares. */
export type KernelProblem =
  | "malformed"
  | "notFound"
  | "methodNotAllowed"
  | "notAcceptable"
  | "preconditionFailed"
  | "tooLarge"
  | "uriTooLong"
  | "unsupportedMediaType"
  | "invalid"
  | "internal"
  | "timeout"
  | "overloaded";

export const kernelProblems: Readonly<Record<KernelProblem, Problem>> = {
  malformed: problem(400, "Malformed request"),
  notFound: problem(404, "Not found"),
  methodNotAllowed: problem(405, "Method not allowed"),
  notAcceptable: problem(406, "Not acceptable"),
  preconditionFailed: problem(412, "Precondition failed"),
  tooLarge: problem(413, "Content too large"),
  uriTooLong: problem(414, "URI too long"),
  unsupportedMediaType: problem(415, "Unsupported media type"),
  invalid: problem(422, "Invalid request"),
  internal: problem(500, "Internal server error"),
  timeout: problem(503, "The request took too long"),
  overloaded: problem(503, "Overloaded"),
};

/** A kernel problem, to be thrown; body kinds and adapters use it too. */
export function kernelError(
  name: KernelProblem,
  detail?: string,
  more: { errors?: readonly RequestError[]; instance?: string; headers?: readonly string[] } = {},
): ProblemError {
  return new ProblemError(name, kernelProblems[name], { detail, ...more });
}

/** The kernel problem `internal` for an error that was told to `onError` under an id: all that a client sees of it. */
export function internalError(instance: string, detail?: string): ProblemError {
  return kernelError("internal", detail, { instance });
}

/** A problem as an outcome, for adapters that answer before an app is asked. */
export function problemOutcome(error: ProblemError): Outcome {
  return error.outcome;
}
