export type { NodePlatform } from "./incoming.ts";
export type { ListenOptions } from "./listen.ts";
export { ListenError } from "./listen-error.ts";
export type { OverloadOptions } from "./overload/options.ts";
export type { ServerStatus } from "./status.ts";
export { serve, type Servable, type ServeOptions, type Server } from "./serve.ts";
