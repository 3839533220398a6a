import { type MetaRecord, policy } from "@openspeed/core";

/** How long an answer may be kept: a year, some seconds, or until it was asked for again. */
export type Lifetime = "immutable" | number | undefined;

/**
 * `Cache-Control` (RFC 9111 §5.2.2, RFC 8246). Caches that are shared may keep an answer only where everything that was said
 * about its route says that anyone may have it: behind a guard, or where nothing was said, it is the asker's alone.
 */
export function cacheControl({ meta }: { readonly meta: MetaRecord }, lifetime: Lifetime): string {
  const policies = policy.all({ meta });
  const whose = policies.length > 0 && policies.every(({ kind }) => kind === "public") ? "public" : "private";
  if (lifetime === undefined) return `${whose}, no-cache`;
  return lifetime === "immutable" ? `${whose}, max-age=31536000, immutable` : `${whose}, max-age=${lifetime}`;
}
