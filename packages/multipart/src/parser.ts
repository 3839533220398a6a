/** The push parser, with the events of one chunk handed over at a time: what is not asked for is not read. */
import { make, type MultipartError, type PartInfo } from "multipasta";
import { kernelError, type ProblemError } from "@openspeed/core";
import { type Disposition, readDisposition } from "./disposition.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

export type PartEvent =
  | { readonly kind: "field"; readonly name: string; readonly value: string }
  | { readonly kind: "file"; readonly disposition: Disposition; readonly type: string }
  | { readonly kind: "chunk"; readonly chunk: Bytes }
  | { readonly kind: "end" };

export interface EventParser {
  /** What this chunk completes; `undefined` says that there is no more. */
  write(chunk: Bytes | undefined): PartEvent[];
}

/** All text fields of a body together, in bytes: they are held in memory, whatever a route allows its files. */
const FIELDS_LIMIT = 1024 * 1024;
/** A boundary has at most 70 characters (RFC 2046 §5.1.1); two dashes stand before it and two behind it. */
const DASHES_LIMIT = 74;
const DASH = 45;

/** @throws the kernel problems `malformed` and `tooLarge`, from `write` as well */
export function createParser(contentType: string, partsLimit: number): EventParser {
  let events: PartEvent[] = [];
  let failure: ProblemError | undefined;
  let finished = false;
  let fieldBytes = 0;
  let parts = 0;
  let inHeaders = false;
  let held: Bytes | undefined;
  const dispositions = new WeakMap<PartInfo, Disposition>();

  const fail = (error: ProblemError): void => {
    // What follows the last boundary is no part (RFC 2046 §5.1.1).
    if (!finished) failure ??= error;
  };
  /** The library would go on with the headers of the part before, and give that part's contents once more. */
  const closePart = (): void => {
    if (inHeaders) fail(kernelError("malformed", "A part's headers do not end."));
  };
  const beginPart = (): void => {
    closePart();
    if (++parts > partsLimit) fail(kernelError("tooLarge", `The body may have ${partsLimit} parts.`));
    inHeaders = true;
  };
  const push = (event: PartEvent): void => {
    if (failure === undefined && !finished) events.push(event);
  };
  const dispositionOf = (info: PartInfo): Disposition | undefined => {
    // The library reads Latin-1 only; browsers send names as UTF-8.
    const header = info.headers["content-disposition"];
    const disposition = typeof header === "string" ? readDisposition(header) : undefined;
    if (disposition === undefined) fail(kernelError("malformed", "A part has no usable Content-Disposition."));
    else dispositions.set(info, disposition);
    return disposition;
  };

  const parser = make({
    headers: { "content-type": contentType },
    // It then tells of every part that begins, with or without headers to come; they are counted here.
    maxParts: 0,
    maxFieldSize: FIELDS_LIMIT,
    isFile: (info) => {
      inHeaders = false;
      return dispositionOf(info)?.filename !== undefined;
    },
    onField: (info, value) => {
      const disposition = dispositions.get(info);
      fieldBytes += value.length;
      if (fieldBytes > FIELDS_LIMIT)
        fail(kernelError("tooLarge", `The fields may have ${FIELDS_LIMIT} bytes together.`));
      else if (disposition !== undefined) push({ kind: "field", name: disposition.name, value: decodeText(value) });
    },
    onFile: (info) => {
      const disposition = dispositions.get(info);
      if (disposition !== undefined) push({ kind: "file", disposition, type: info.contentType.toLowerCase() });
      return (chunk) => {
        if (chunk === null) push({ kind: "end" });
        else if (chunk.length > 0) push({ kind: "chunk", chunk: plain(chunk) });
      };
    },
    onError: (error) => {
      if (error._tag === "ReachedLimit" && error.limit === "MaxParts") beginPart();
      else fail(problemOf(error));
    },
    onDone: () => {
      closePart();
      finished = true;
    },
  });

  /** The library loses the closing boundary if a chunk ends between its two last dashes, so dashes wait for what follows. */
  function hold(chunk: Bytes): Bytes {
    const all = held === undefined ? chunk : concat(held, chunk);
    let end = all.length;
    while (end > 0 && all.length - end <= DASHES_LIMIT && all[end - 1] === DASH) end--;
    const waits = all.length - end;
    held = waits > 0 && waits <= DASHES_LIMIT ? all.slice(end) : undefined;
    return held === undefined ? all : all.subarray(0, end);
  }

  function write(chunk: Bytes | undefined): PartEvent[] {
    events = [];
    try {
      if (chunk === undefined) {
        if (held !== undefined && !finished) parser.write(held);
        parser.end();
        fail(kernelError("malformed", "The multipart body ends before its closing boundary."));
      } else if (!finished) {
        const ready = hold(chunk);
        if (ready.length > 0) parser.write(ready);
      }
    } catch {
      fail(kernelError("malformed", "The multipart body cannot be read.")); // a bad escape or bad UTF-8 in what the client sent
    }
    if (failure !== undefined) throw failure;
    return events;
  }

  if (failure !== undefined) throw failure;
  return { write };
}

function problemOf(error: MultipartError): ProblemError {
  switch (error._tag) {
    case "InvalidBoundary":
      return kernelError("malformed", "The Content-Type has no usable boundary.");
    case "BadHeaders":
      return error.error.reason === "HeaderTooLarge" || error.error.reason === "TooManyHeaders"
        ? kernelError("tooLarge", "A part's headers may have 16384 bytes and 100 fields.")
        : kernelError("malformed", "A part's headers cannot be read.");
    case "InvalidDisposition":
      return kernelError("malformed", "A part has no usable Content-Disposition.");
    case "ReachedLimit":
      return kernelError("tooLarge", `The fields may have ${FIELDS_LIMIT} bytes together.`);
    case "EndNotReached":
      return kernelError("malformed", "The multipart body ends before its closing boundary.");
  }
}

function decodeText(value: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value);
}

function concat(first: Bytes, second: Bytes): Bytes {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function isPlain(chunk: Uint8Array): chunk is Bytes {
  return chunk.buffer instanceof ArrayBuffer;
}

function plain(chunk: Uint8Array): Bytes {
  return isPlain(chunk) ? chunk : new Uint8Array(chunk);
}
