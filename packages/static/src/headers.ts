import type { Context } from "@openspeed/core";
import { cacheControl, type Lifetime } from "./caching.ts";
import { policyOf } from "./media-type.ts";
import type { Validators } from "./validators.ts";

export type Headers = Record<string, string>;

/** What is known of a file before it is opened. */
export interface Described {
  readonly type: string;
  readonly lifetime: Lifetime;
  /** In place of the policy that its type has; `false` for none. */
  readonly csp: string | false | undefined;
  /** The request headers that it was chosen by. */
  readonly vary: string | undefined;
  /** A tag of its content. */
  readonly tag: string | undefined;
}

/** What a cache goes on knowing when it is told that a file has not changed (RFC 9110 §15.4.5). */
export function lastingHeaders(
  request: Pick<Context, "meta">,
  validators: Validators | undefined,
  { lifetime, vary }: Described,
): Headers {
  const headers: Headers = { "cache-control": cacheControl(request, lifetime) };
  if (validators !== undefined) headers["etag"] = validators.etag;
  if (validators?.lastModified !== undefined) headers["last-modified"] = validators.lastModified;
  if (vary !== undefined) headers["vary"] = vary;
  return headers;
}

export function contentHeaders(coding: string | undefined, { type, csp }: Described): Headers {
  const headers: Headers = { "content-type": type, "accept-ranges": "bytes", "x-content-type-options": "nosniff" };
  if (coding !== undefined) headers["content-encoding"] = coding;
  const policy = policyOf(type, csp);
  if (policy !== undefined) headers["content-security-policy"] = policy;
  return headers;
}
