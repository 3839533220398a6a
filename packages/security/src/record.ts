import type { Outcome } from "@openspeed/core";
import { isStreamed } from "@openspeed/core/authoring";

/** What is known of a key: its request is under way, was answered so, or was answered and the answer was not kept. */
export type Record =
  | { readonly state: "underWay"; readonly fingerprint: string; readonly claim: string }
  | { readonly state: "answered"; readonly fingerprint: string; readonly answer: Answer }
  | { readonly state: "notKept"; readonly fingerprint: string };

/** An answer as JSON carries it. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly text?: string;
  /** Base64. */
  readonly bytes?: string;
}

/** What belongs to the first connection and moment (RFC 9110 §7.6.1), or is a secret that was handed out once. */
const NOT_KEPT = new Set(
  (
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade " +
    "date age set-cookie retry-after ratelimit ratelimit-policy server-timing content-length"
  ).split(" "),
);

/** `undefined` for a body that streams. */
export function answerOf({ status, headers, body }: Outcome): Answer | undefined {
  if (isStreamed(body)) return undefined;
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? "";
    if (!NOT_KEPT.has(name)) kept.push(name, headers[i + 1] ?? "");
  }
  const answer = { status, headers: kept };
  if (body === null) return answer;
  return typeof body === "string" ? { ...answer, text: body } : { ...answer, bytes: toBase64(body) };
}

export function outcomeOf({ status, headers, text, bytes }: Answer): Outcome {
  return { status, headers, body: text ?? (bytes === undefined ? null : fromBase64(bytes)) };
}

export function writeRecord(record: Record): string {
  return JSON.stringify(record);
}

export function readRecord(text: string): Record {
  return JSON.parse(text) as Record; // only `writeRecord` writes under these keys
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
