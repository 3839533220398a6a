/** Responses as a strict client reads them (RFC 9112), from everything that came over one connection. */
import type { Answer, Header } from "./case.ts";

export interface Answers {
  readonly answers: readonly Answer[];
  /** What belongs to no response, or to one that did not end. */
  readonly rest: string;
}

/**
 * @param received latin1
 * @param methods of the requests in their order, as far as known: the answer to `HEAD` has no content
 */
export function readAnswers(received: string, methods: readonly string[], closed: boolean): Answers {
  const answers: Answer[] = [];
  let at = 0;
  while (at < received.length) {
    const read = readAnswer(received, at, methods[answers.length] ?? "GET", closed);
    if (read === undefined) break;
    at = read.end;
    // Interim answers (RFC 9110 §15.2) belong to the final one that follows.
    if (read.answer.status >= 200) answers.push(read.answer);
  }
  return { answers, rest: received.slice(at) };
}

interface Read {
  readonly answer: Answer;
  readonly end: number;
}

function readAnswer(received: string, at: number, method: string, closed: boolean): Read | undefined {
  const headEnd = received.indexOf("\r\n\r\n", at);
  if (headEnd < 0) return undefined;
  const [first = "", ...lines] = received.slice(at, headEnd).split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})(?: |$)/.exec(first)?.[1]);
  if (Number.isNaN(status)) return undefined;
  const headers: Header[] = [];
  for (const line of lines) {
    const field = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (field === null) return undefined;
    headers.push([(field[1] ?? "").toLowerCase(), field[2] ?? ""]);
  }
  const start = headEnd + 4;
  const whole = (body: string, end: number): Read => ({ answer: { status, headers, body }, end });
  if (status < 200 || status === 204 || status === 304 || method === "HEAD") return whole("", start);
  if (/^chunked$/i.test(headerOf(headers, "transfer-encoding") ?? "")) return readChunked(received, start, whole);
  const length = headerOf(headers, "content-length");
  if (length === undefined) return closed ? whole(received.slice(start), received.length) : undefined;
  const end = start + Number(length);
  return end <= received.length ? whole(received.slice(start, end), end) : undefined;
}

function readChunked(received: string, start: number, whole: (body: string, end: number) => Read): Read | undefined {
  let body = "";
  for (let at = start; ;) {
    const line = received.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const size = Number.parseInt(received.slice(at, line), 16);
    if (Number.isNaN(size)) return undefined;
    const end = line + 2 + size;
    if (end + 2 > received.length) return undefined;
    body += received.slice(line + 2, end);
    at = end + 2;
    if (size === 0) return whole(body, at);
  }
}

export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([each]) => each === name)?.[1];
}
