import { Code } from "./literal.ts";
import { isRecord, type RecordedRequest } from "./recording.ts";

/** What differs with every run, and what it looks like. A pattern holds for it unless the request itself said it. */
const CHANGING: readonly (readonly [is: RegExp, written: string])[] = [
  [/^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i, String.raw`/^[\da-f]{8}-[\da-f-]{27}$/i`],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/, String.raw`/^\d{4}-\d\d-\d\dT/`],
];

/** An answer's value with patterns in place of ids and times that the server made. */
export function expectedOf({ params, query, body, answer }: RecordedRequest): unknown {
  const said = JSON.stringify([params, query, body]);
  const soften = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(soften);
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, soften(member)]));
    if (typeof value !== "string" || said.includes(JSON.stringify(value))) return value;
    const pattern = CHANGING.find(([is]) => is.test(value))?.[1];
    return pattern === undefined ? value : new Code(pattern);
  };
  return soften(answer.value);
}
