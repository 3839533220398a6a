import { headerOf, type Outcome, withHeaders } from "./boundary.ts";
import { type Middleware, middleware } from "./middleware.ts";
import type { Declared } from "./route-types.ts";

/**
 * Gives successful texts, JSON and bytes an `ETag` made of their content (weak, SHA-256), unless they carry one.
 * `If-None-Match` is then answered with 304 by the kernel.
 *
 * @example
 * app.get("/catalogue", { use: [etag()] }, readCatalogue);
 */
export function etag(): Middleware<Declared<{}, []>> {
  return middleware("etag", {}, async (_ctx, next) => {
    const outcome = await next();
    const content = taggable(outcome);
    if (content === undefined) return outcome;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
    const text = Array.from(digest.subarray(0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return withHeaders(outcome, { etag: `W/"${text}"` });
  });
}

function taggable(outcome: Outcome): Uint8Array<ArrayBuffer> | undefined {
  if (outcome.status !== 200 || headerOf(outcome, "etag") !== undefined) return undefined;
  if (typeof outcome.body === "string") return new TextEncoder().encode(outcome.body);
  return outcome.body instanceof Uint8Array ? outcome.body : undefined;
}
