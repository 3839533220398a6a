/** What an attack is: plain data, made by generators, sent by ways, judged by `judge.ts`. */

/** The classes of `README.md`: paths and guards, validation and limits, framing and headers, cache and identity. */
export type AttackClass = "A" | "B" | "C" | "D";
export const CLASSES: readonly AttackClass[] = ["A", "B", "C", "D"];

export type Header = readonly [name: string, value: string];

/** A request in full control of its sender: nothing is normalised, added or checked before it leaves. */
export interface AttackRequest {
  readonly method: string;
  /** As on the wire: chars 0x80 to 0xFF are octets. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
  /** The sender leaves after so much of the body. */
  readonly leavesAfter?: number;
  /** How the body is framed. Default: by `content-length`. */
  readonly chunked?: boolean;
}

export type Attack =
  | { readonly kind: "request"; readonly request: AttackRequest }
  /** Bytes of a whole connection as latin1; `{id}` in it becomes the case's id. */
  | { readonly kind: "bytes"; readonly bytes: string }
  /** Limits that an app must not start with. */
  | { readonly kind: "start"; readonly limits: object };

export type Expectation =
  /** What the subject's table says of method and target, for whoever the request says it is from. */
  | { readonly kind: "table" }
  /** No handler runs, and the answer is one of 400 to 499. */
  | { readonly kind: "refused" }
  /** This handler runs and answers; what kept it from that would not be a guard but a fault. */
  | { readonly kind: "served"; readonly key: string }
  /** Any answer but a failure of the server, and no handlers but these. */
  | { readonly kind: "safe"; readonly only?: readonly string[] }
  /** What cannot be sent is 500, nothing of it leaves. */
  | { readonly kind: "sent" }
  /** Answers correspond to requests as `reference.ts` reads the bytes, or the connection is refused and closed. */
  | { readonly kind: "framed" };

export interface Case {
  readonly class: AttackClass;
  /** The trick or the family that made it. */
  readonly name: string;
  /** What the generator answers to: a CVE, an advisory, a section of an RFC. */
  readonly origin: string;
  readonly subject: string;
  readonly attack: Attack;
  readonly expect: Expectation;
}

/** A case with the place that replays it: `--class A --seed 7 --only 12`. */
export interface NumberedCase extends Case {
  readonly number: number;
}

/** One response as a client sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  /** latin1 */
  readonly body: string;
}

/** What came of sending a case one way. */
export interface Observation {
  readonly answers: readonly Answer[];
  /** Whether the other end closed the connection. */
  readonly closed: boolean;
  /** Bytes that belong to no response. */
  readonly rest: string;
  readonly milliseconds: number;
  /** What was thrown by what must not throw. */
  readonly thrown?: string;
}

const encoder = new TextEncoder();
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Text as its UTF-8 octets, one char each: what a target or a header is on the wire. */
export function wire(text: string): string {
  return Array.from(bytesOf(text), (byte) => String.fromCharCode(byte)).join("");
}

/** What a wire's chars are as bytes. */
export function octets(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
