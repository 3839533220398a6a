const LONGEST = 255;
/** A structured string (RFC 9651 §3.3.3). */
const STRING = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;
/** What clients send that do not know structured fields: a UUID, a token, base64. */
const BARE = /^[\w.:+/=~-]+$/;

/**
 * The key of an `Idempotency-Key` field (draft-ietf-httpapi-idempotency-key-header-07 §2.1); `undefined` for what is none, two
 * keys among it. A key without its quotes is the same key.
 */
export function parseIdempotencyKey(field: string): string | undefined {
  const text = field.trim();
  const key = BARE.test(text) ? text : STRING.exec(text)?.[1]?.replace(/\\(.)/g, "$1");
  return key !== undefined && key.length > 0 && key.length <= LONGEST ? key : undefined;
}
