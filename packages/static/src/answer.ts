import { type Context, kernelError, problem, type Problem, ProblemError, type Reply, reply } from "@openspeed/core";
import { applyConditions } from "@openspeed/core/authoring";
import { closeDescriptor } from "./descriptor.ts";
import { contentHeaders, type Described, type Headers, lastingHeaders } from "./headers.ts";
import { partOf } from "./range.ts";
import { readPart, streamPart, WHOLE } from "./read.ts";
import type { Selected } from "./select.ts";
import { isSameState, type Validators, validatorsOf } from "./validators.ts";

export const problems: {
  readonly notFound: Problem<404, undefined>;
  readonly rangeNotSatisfiable: Problem<416, undefined>;
} = {
  notFound: problem(404, "Not found"),
  rangeNotSatisfiable: problem(416, "Range not satisfiable"),
};

/** One for all requests, so that a scan of what is not there costs next to nothing. */
export const NOT_FOUND: ProblemError = kernelError("notFound");

type Request = Pick<Context, "incoming" | "method" | "header" | "meta">;

/** A file as the answer to a request: all of it, a part of it, or that it has not changed. Closes the descriptor when it is over. */
export async function answer(request: Request, { file, coding }: Selected, described: Described): Promise<Reply> {
  const { fd, stats } = file;
  let planned: Planned | undefined;
  try {
    const validators = validatorsOf(stats, Date.now(), described.tag, coding);
    const lasting = lastingHeaders(request, validators, described);
    planned =
      conditionOf(request, validators, lasting) ??
      partial(request, validators, stats.size, { ...lasting, ...contentHeaders(coding, described) });
  } finally {
    if (planned === undefined || planned.length === 0) closeDescriptor(fd);
  }
  const { status, headers, first, length } = planned;
  if (length === 0) return reply(status, undefined, headers);
  const body = length <= WHOLE ? await readPart(fd, first, length) : streamPart(fd, first, length);
  return reply(status, body, headers);
}

interface Planned {
  readonly status: number;
  readonly headers: Headers;
  readonly first: number;
  /** How many bytes are sent; 0 for none. */
  readonly length: number;
}

/**
 * What conditions make of a request. The kernel would judge a whole answer by itself, but they come before ranges (RFC 9110
 * §13.2.2), and what is not sent need not be read.
 */
function conditionOf({ incoming }: Request, validators: Validators | undefined, lasting: Headers): Planned | undefined {
  if (validators === undefined) return undefined;
  const { etag, lastModified } = validators;
  const headers = lastModified === undefined ? ["etag", etag] : ["etag", etag, "last-modified", lastModified];
  const { status } = applyConditions(incoming, { status: 200, headers, body: null });
  if (status === 200) return undefined;
  if (status === 304) return { status, headers: lasting, first: 0, length: 0 };
  throw kernelError("preconditionFailed");
}

function partial(
  { method, header }: Request,
  validators: Validators | undefined,
  size: number,
  headers: Headers,
): Planned {
  headers["content-length"] = String(size);
  // Only GET has ranges (§14.2).
  if (method !== "GET") return { status: 200, headers, first: 0, length: 0 };
  const range = header("range");
  const part = range === null || !isSameState(header("if-range"), validators) ? "whole" : partOf(range, size);
  if (part === "whole") return { status: 200, headers, first: 0, length: size };
  if (part === "unsatisfiable")
    throw new ProblemError("rangeNotSatisfiable", problems.rangeNotSatisfiable, {
      headers: ["content-range", `bytes */${size}`],
    });
  const { first, last } = part;
  const length = last - first + 1;
  headers["content-length"] = String(length);
  headers["content-range"] = `bytes ${first}-${last}/${size}`;
  return { status: 206, headers, first, length };
}
