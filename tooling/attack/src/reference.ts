/**
 * What a connection's bytes say, read as strictly as RFC 9112 lets a server read: the requests up to the first byte that two
 * readers could take for different things. A server may refuse sooner; it may not see other requests than these.
 */

export interface ReadRequest {
  readonly method: string;
  readonly target: string;
  /** latin1 */
  readonly body: string;
}

export interface Reference {
  readonly requests: readonly ReadRequest[];
  /** Whether the head behind the last of them could be read, and only its body could not: it may be answered, and is the last. */
  readonly head: boolean;
  /** Why there are no more: nothing is left, a request says that it is the last, is not complete, or cannot be read. */
  readonly end: "end" | "last" | "incomplete" | "malformed";
}

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const CHUNK = /^(0*[\da-f]{1,13})[ \t]*(?:;[\t -~\x80-\xff]*)?$/i;
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+;=%-]*)(?::\d*)?$/i;

export function readRequests(bytes: string): Reference {
  const requests: ReadRequest[] = [];
  for (let at = 0; ;) {
    // Empty lines before a request line say nothing (RFC 9112 §2.2), and hold no byte that could be taken for anything.
    while (bytes[at] === "\r" || bytes[at] === "\n") at++;
    if (at >= bytes.length) return { requests, head: false, end: "end" };
    const read = readRequest(bytes, at);
    if ("stop" in read) return { requests, head: read.head, end: read.stop };
    requests.push(read.request);
    if (read.last) return { requests, head: false, end: "last" };
    at = read.end;
  }
}

interface Read {
  readonly request: ReadRequest;
  readonly end: number;
  readonly last: boolean;
}
type Stop = "incomplete" | "malformed";
/** What stopped the reading, and whether in the body. */
interface Stopped {
  readonly stop: Stop;
  readonly head: boolean;
}
const stopped = (stop: Stop): Stopped => ({ stop, head: false });

function readRequest(bytes: string, at: number): Read | Stopped {
  // llhttp takes two other protocols of the same grammar for HTTP, and nobody behind it can tell.
  const line = /^(\S+) +(\S+) +(?:HTTP|RTSP|ICE)\/1\.([01])$/.exec(lineAt(bytes, at) ?? "");
  if (line === null) return stopped(lineAt(bytes, at) === undefined ? "incomplete" : "malformed");
  const [whole, method = "", target = "", minor] = line;
  if (!TOKEN.test(method) || !/^[!-~\x80-\xff]+$/.test(target)) return stopped("malformed");
  const head = readFields(bytes, at + whole.length + 2);
  if (typeof head === "string") return stopped(head);
  const values = (name: string): readonly string[] =>
    head.fields.filter(([each]) => each === name).map(([, value]) => value);
  const hosts = values("host");
  if (hosts.length > 1 || (minor === "1" && hosts.length === 0)) return stopped("malformed");
  if (hosts[0] !== undefined && !HOST.test(hosts[0])) return stopped("malformed");
  const body = readBody(bytes, head.end, values("transfer-encoding"), values("content-length"), minor === "1");
  if (typeof body === "string") return { stop: body, head: true };
  const options = values("connection")
    .join(",")
    .toLowerCase()
    .split(/[ \t]*,[ \t]*/);
  const last = options.includes("close") || (minor === "0" && !options.includes("keep-alive"));
  return { request: { method, target, body: body.body }, end: body.end, last };
}

/** Up to a CR LF; a bare one of them is found out by whoever looks at the line. */
function lineAt(bytes: string, at: number): string | undefined {
  const end = bytes.indexOf("\r\n", at);
  return end < 0 ? undefined : bytes.slice(at, end);
}

interface Fields {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly end: number;
}

function readFields(bytes: string, start: number): Fields | Stop {
  const fields: (readonly [string, string])[] = [];
  for (let at = start; ;) {
    const line = lineAt(bytes, at);
    if (line === undefined) return "incomplete";
    at += line.length + 2;
    if (line === "") return { fields, end: at };
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0));
    const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "");
    // A space before the colon, a folded line, a bare CR, LF or NUL (RFC 9112 §5.1, §5.2, RFC 9110 §5.5).
    if (!TOKEN.test(name) || /[\r\n\0]/.test(value)) return "malformed";
    fields.push([name.toLowerCase(), value]);
  }
}

interface Body {
  readonly body: string;
  readonly end: number;
}

/** RFC 9112 §6.3; what is said twice or both ways is malformed here, as the RFC lets a server decide. */
function readBody(
  bytes: string,
  at: number,
  codings: readonly string[],
  lengths: readonly string[],
  knowsChunks: boolean,
): Body | Stop {
  if (codings.length > 0) {
    if (codings.length > 1 || lengths.length > 0 || !knowsChunks || !/^chunked$/i.test(codings[0] ?? ""))
      return "malformed";
    return readChunks(bytes, at);
  }
  if (lengths.length === 0) return { body: "", end: at };
  const [length = ""] = lengths;
  // The same length twice has one meaning, and may be taken (RFC 9110 §8.6).
  if (lengths.some((each) => each !== length) || !/^\d+$/.test(length)) return "malformed";
  const end = at + Number(length);
  return end <= bytes.length ? { body: bytes.slice(at, end), end } : "incomplete";
}

function readChunks(bytes: string, start: number): Body | Stop {
  let body = "";
  for (let at = start; ;) {
    const line = lineAt(bytes, at);
    if (line === undefined)
      return /^[\da-f]*/i.exec(bytes.slice(at))?.[0] === bytes.slice(at) ? "incomplete" : "malformed";
    const size = Number.parseInt(CHUNK.exec(line)?.[1] ?? "", 16);
    if (Number.isNaN(size)) return "malformed";
    at += line.length + 2;
    if (size === 0) {
      const trailers = readFields(bytes, at);
      return typeof trailers === "string" ? trailers : { body, end: trailers.end };
    }
    if (at + size + 2 > bytes.length) return "incomplete";
    if (bytes.slice(at + size, at + size + 2) !== "\r\n") return "malformed";
    body += bytes.slice(at, at + size);
    at += size + 2;
  }
}
