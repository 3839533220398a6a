/** What an HTTP/1.1 response said before its body. */
export interface Head {
  readonly status: number;
  /** The raw head, up to the empty line. */
  readonly text: string;
}

/** Reads one response after the other off a connection, as its bytes arrive (RFC 9112 §6, §7). */
export interface ResponseReader {
  /** Names what the next response must be. */
  expect(status: number, body: Buffer): void;
  /** True when the response is complete; throws when it is not the one expected. */
  read(bytes: Buffer): boolean;
  /** The head of the last response. */
  head(): Head;
}

type State = "head" | "fixed" | "size" | "chunk" | "chunk end" | "trailer";

/** A reader for one connection without pipelining: what follows a response in the same bytes is an error. */
export function createResponseReader(): ResponseReader {
  let state: State = "head";
  let head: Head = { status: 0, text: "" };
  let held: Buffer | undefined;
  let left = 0;
  let seen = 0;
  let status = 0;
  let body: Buffer = Buffer.alloc(0);

  function expect(nextStatus: number, nextBody: Buffer): void {
    status = nextStatus;
    body = nextBody;
    seen = 0;
    state = "head";
  }

  function read(arrived: Buffer): boolean {
    const bytes = held === undefined ? arrived : Buffer.concat([held, arrived]);
    held = undefined;
    let at = 0;
    for (;;) {
      if (state === "fixed" || state === "chunk") {
        const end = Math.min(bytes.length, at + left);
        check(bytes, at, end);
        left -= end - at;
        at = end;
        if (left > 0) return false;
        if (state === "fixed") return complete(bytes, at);
        state = "chunk end";
        continue;
      }
      const mark = state === "head" ? "\r\n\r\n" : "\r\n";
      const end = bytes.indexOf(mark, at, "latin1");
      if (end === -1) {
        // A copy, because the connection reads into the same memory again.
        if (at < bytes.length) held = Buffer.from(bytes.subarray(at));
        return false;
      }
      const line = bytes.toString("latin1", at, end);
      at = end + mark.length;
      if (state === "head") startBody(line);
      else if (state === "size") {
        left = Number.parseInt(line, 16);
        state = left === 0 ? "trailer" : "chunk";
      } else if (state === "chunk end") state = "size";
      else if (line === "") return complete(bytes, at);
    }
  }

  function startBody(text: string): void {
    head = { status: Number(text.slice(9, 12)), text };
    if (head.status !== status) throw new Error(`status ${head.status} instead of ${status}:\n${text}`);
    const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    if (length === undefined && !/\r\ntransfer-encoding: *chunked/i.test(text))
      throw new Error(`a body without an end:\n${text}`);
    state = length === undefined ? "size" : "fixed";
    left = Number(length ?? 0);
  }

  function check(bytes: Buffer, from: number, to: number): void {
    const next = seen + to - from;
    if (next > body.length || bytes.compare(body, seen, next, from, to) !== 0) {
      throw new Error(
        `another body than expected at byte ${seen}: ${bytes.toString("utf8", from, Math.min(to, from + 200))}`,
      );
    }
    seen = next;
  }

  function complete(bytes: Buffer, at: number): true {
    if (seen !== body.length) throw new Error(`${seen} bytes of body instead of ${body.length}`);
    if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes after the end of a response`);
    return true;
  }

  return { expect, read, head: () => head };
}
