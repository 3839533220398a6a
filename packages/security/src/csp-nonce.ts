import { type Declared, type ItemContext, type Provider, provide } from "@openspeed/core";

const NONCE: unique symbol = Symbol("cspNonce");
interface Marked extends ItemContext {
  [NONCE]?: string;
}

/**
 * A number used once (CSP3 §2.3.1) for this answer's own inline scripts and styles: `<script nonce="…">`. `secureHeaders` puts it
 * where a policy says `'nonce'`, which its default does for scripts and styles. 128 bits that nobody can guess, as base64.
 */
export const cspNonce: Provider<"cspNonce", string, Declared<{}, []>> = /* @__PURE__ */ provide(
  "cspNonce",
  {},
  (ctx: Marked) => (ctx[NONCE] = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))),
);

/** The nonce that a request was given, if its route asked for one. */
export function nonceOf(ctx: Marked): string | undefined {
  return ctx[NONCE];
}
