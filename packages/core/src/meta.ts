/** A fact about a route that some package reads. It is an item of a `use` list, so folders and groups pass it down. */
export interface MetaEntry<T = unknown> {
  readonly kind: "meta";
  readonly key: string;
  readonly value: T;
  /** It answers nothing, so it has no problems. */
  readonly "~types"?: { readonly documents: never };
}

/** Everything that was said about a route, outermost first, by key. */
export type MetaRecord = { readonly [key: string]: readonly unknown[] };

/** A typed key, owned by the package that reads it. Calling it makes an entry. */
export interface MetaKey<T> {
  (value: T): MetaEntry<T>;
  readonly key: string;
  /** All values that a compiled route carries under this key, outermost first. */
  all(route: { readonly meta: MetaRecord }): readonly T[];
}

/**
 * Makes a metadata key. Values must be JSON, because the graph shows them.
 *
 * @example
 * const owner = meta<string>("owner");
 * app.get("/invoices", { use: [owner("billing")] }, listInvoices);
 */
export function meta<T>(key: string): MetaKey<T> {
  const make = (value: T): MetaEntry<T> => ({ kind: "meta", key, value });
  // Only this key makes entries of its name, so what is found under it is a T.
  const all = (route: { readonly meta: MetaRecord }): readonly T[] => (route.meta[key] ?? []) as readonly T[];
  return Object.assign(make, { key, all });
}

/** Who may call a route: said by `publicAccess()` or by a guard, read by strict mode and by everything that shows access. */
export interface Policy {
  /** `public`, or the guard's own word. */
  readonly kind: string;
  readonly [detail: string]: unknown;
}

export const policy: MetaKey<Policy> = /* @__PURE__ */ meta<Policy>("policy");

/** Says that anyone may call this route. (`public` itself is a reserved word in modules.) */
export function publicAccess(): MetaEntry<Policy> {
  return policy({ kind: "public" });
}

/** What a route is worth when more comes than can be served: `low` is refused first, `critical` last. */
export type Priority = "critical" | "normal" | "low";

/**
 * Says what a route is worth when more comes than can be served; the innermost word counts. Default `"normal"`. Read by
 * adapters that refuse requests early (503, `overloaded`).
 *
 * @example
 * app.group("/reports", [priority("low")]);
 */
export const priority: MetaKey<Priority> = /* @__PURE__ */ meta<Priority>("priority");

/** How callers prove who they are: an OpenAPI 3.1 Security Scheme Object (§4.8.27) under a name of the app's choice. */
export interface Security {
  readonly name: string;
  readonly scheme:
    | { readonly type: "http"; readonly scheme: string; readonly bearerFormat?: string; readonly description?: string }
    | {
        readonly type: "apiKey";
        readonly in: "header" | "query" | "cookie";
        readonly name: string;
        readonly description?: string;
      }
    | { readonly type: "openIdConnect"; readonly openIdConnectUrl: string; readonly description?: string }
    | { readonly type: "oauth2"; readonly flows: object; readonly description?: string }
    | { readonly type: "mutualTLS"; readonly description?: string };
  readonly scopes?: readonly string[];
}

/**
 * Said by guards beside their policy, so that every description of the app tells how to get past them.
 *
 * @example
 * const user = provide("user", { meta: [policy({ kind: "signedIn" }), security({ name: "session", scheme: { type: "apiKey", in: "cookie", name: "sid" } })] }, …);
 */
export const security: MetaKey<Security> = /* @__PURE__ */ meta<Security>("security");

/** Media types in which a route's problems are shown too, beside `application/problem+json`: said by what shows them. */
export const problemTypes: MetaKey<readonly string[]> = /* @__PURE__ */ meta<readonly string[]>("problemTypes");
