export type { NodePlatform } from "./incoming.ts";
export type { ListenOptions } from "./listen.ts";
export { ListenError } from "./listen-error.ts";
export { serve, type Servable, type ServeOptions, type Server } from "./serve.ts";
