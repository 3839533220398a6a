import type { Answer } from "./case.ts";
import type { Evidence, Fault } from "./judge.ts";
import { type ReadRequest, type Reference, readRequests } from "./reference.ts";
import { sentBytes } from "./ways/raw.ts";

interface Echo {
  readonly echo: string;
  readonly method: string;
  readonly target: string;
  readonly body: string;
}

/** What servers say when they do not understand, and close (RFC 9110 §15.5). */
export const GIVEN_UP: ReadonlySet<number> = new Set([400, 408, 413, 414, 417, 431, 501, 505]);

/**
 * Answers have to be those of the requests in the reference, in their order; a server may give up at any of them, with one
 * answer and the end of the connection, and has to where the reference does.
 */
export function judgeFrames(bytes: string, { id, observation, entries }: Evidence): Fault | undefined {
  const reference = readRequests(sentBytes(bytes, id));
  const ran = entries.filter(({ key }) => key.endsWith("/smuggled")).length;
  const said = reference.requests.filter(({ target }) => /^(?:http:\/\/[^/]*)?\/smuggled(?:\?|$)/i.test(target)).length;
  if (ran > said) return { kind: "smuggled", text: `/smuggled ran ${ran} times, and was asked for ${said} times` };
  const { answers, rest, closed } = observation;
  if (rest !== "") return { kind: "desync", text: `bytes that are no answer: ${JSON.stringify(rest.slice(0, 60))}` };
  for (const [i, answer] of answers.entries()) {
    const request = reference.requests[i];
    const echo = echoOf(answer);
    if (echo !== undefined) {
      const fault = request === undefined ? extra(echo, reference) : differing(echo, request);
      if (fault !== undefined) return fault;
      continue;
    }
    const last = i === answers.length - 1;
    if (GIVEN_UP.has(answer.status) && last && closed) return undefined;
    if (
      request === undefined &&
      closed &&
      (answer.status >= 400 || (reference.head && i === reference.requests.length))
    )
      continue;
    if (request === undefined)
      return {
        kind: "desync",
        text: `${answer.status} for what is no request (${reference.end})${closed ? "" : ", and no end"}`,
      };
  }
  return undefined;
}

function extra({ method, target }: Echo, { end }: Reference): Fault {
  return { kind: "desync", text: `${method} ${target} was served, where the reference says ${end}` };
}

function differing(echo: Echo, { method, target, body }: ReadRequest): Fault | undefined {
  if (echo.method === method && echo.target === target && echo.body === body) return undefined;
  return {
    kind: "desync",
    text: `${echo.method} ${echo.target} with ${echo.body.length} bytes was served instead of ${method} ${target} with ${body.length}`,
  };
}

function echoOf({ status, body }: Answer): Echo | undefined {
  if (status !== 200) return undefined;
  try {
    // Bodies travel as UTF-8; what they echo is chars of one octet each.
    const value: unknown = JSON.parse(Buffer.from(body, "latin1").toString("utf8"));
    return typeof value === "object" && value !== null && "echo" in value ? (value as Echo) : undefined;
  } catch {
    return undefined;
  }
}
