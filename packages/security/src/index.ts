export { behindProxies, type ProxyOptions } from "./behind-proxies.ts";
export { type CircuitOptions, StoreDown, withCircuit } from "./circuit.ts";
export { type Client, client } from "./client.ts";
export { concurrency, type ConcurrencyFacts, concurrencyLimits, type ConcurrencyOptions } from "./concurrency.ts";
export { idempotency, type IdempotencyFacts, idempotencyKeys, type IdempotencyOptions } from "./idempotency.ts";
export { ipList, type IpListOptions } from "./ip-list.ts";
export { type MemoryOptions, type MemoryStore, memoryStore } from "./memory-store.ts";
export { ClientUnknown, networkOf } from "./network.ts";
export type { Range, RangeName } from "./ranges.ts";
export { type OnStoreError, rateLimit, type RateLimitFacts, type RateLimitOptions, rateLimits } from "./rate-limit.ts";
export { guardStore, type Place, type Store, type Window } from "./store.ts";
export { cors, type CorsOptions, corsPolicy, type OriginTest } from "./cors.ts";
export { type CheckedCsp, type Csp, csp, type CspDirectives, type CspSource } from "./csp.ts";
export { cspNonce } from "./csp-nonce.ts";
export { csrf, type CsrfOptions } from "./csrf.ts";
export type { Hsts } from "./hsts.ts";
export type { Origin } from "./origins.ts";
export type { Permissions } from "./permissions.ts";
export { requestId, requestIdOf, type RequestIdOptions } from "./request-id.ts";
export {
  type CrossOrigin,
  type ReferrerPolicy,
  secureHeaders,
  type SecureHeadersOptions,
  secureHeadersOptions,
} from "./secure-headers.ts";
