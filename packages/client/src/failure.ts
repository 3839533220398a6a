import type { ProblemDocument } from "@openspeed/core";

/**
 * Why there is no answer of the route. `network`: no response, or one that broke off. `timeout`: none in time. `aborted`:
 * the caller's signal. `response`: one that is neither a value nor a problem, such as a proxy's error page.
 */
export type FailureKind = "network" | "timeout" | "aborted" | "response";

/** No answer of the route: see `kind`. */
export class RequestFailure extends Error {
  override readonly name = "RequestFailure";
  readonly kind: FailureKind;
  /** The response that was not understood; its body has been read into `value`. */
  readonly response: Response | undefined;
  readonly value: unknown;

  constructor(kind: FailureKind, message: string, cause?: unknown, response?: Response, value?: unknown) {
    super(message, { cause });
    this.kind = kind;
    this.response = response;
    this.value = value;
  }
}

/** A problem that a route answered with, thrown by clients that throw. */
export class RequestProblem<Document = ProblemDocument> extends Error {
  override readonly name = "RequestProblem";
  readonly problem: Document;
  readonly headers: Headers;

  constructor(problem: Document, headers: Headers, message: string) {
    super(message);
    this.problem = problem;
    this.headers = headers;
  }
}
