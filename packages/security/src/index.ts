export { behindProxies, type ProxyOptions } from "./behind-proxies.ts";
export { type CircuitOptions, StoreDown, withCircuit } from "./circuit.ts";
export { type Client, client } from "./client.ts";
export { ipList, type IpListOptions } from "./ip-list.ts";
export { type MemoryOptions, memoryStore } from "./memory-store.ts";
export { ClientUnknown, networkOf } from "./network.ts";
export type { Range, RangeName } from "./ranges.ts";
export { type OnStoreError, rateLimit, type RateLimitFacts, type RateLimitOptions, rateLimits } from "./rate-limit.ts";
export { type Place, type Store, store, type Window } from "./store.ts";
