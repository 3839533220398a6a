import type { UserConfig as ViteConfig } from "vite";

/** What `openspeed.config.ts` may say. Everything has a default. */
export interface UserConfig {
  /** The module that exports `app`, from the project's folder. Default: `src/app.ts`. */
  readonly app?: string;
  /** The folder of route files. Default: `routes`. */
  readonly routes?: string;
  /** The folder of matchers for `[id=name]`. Default: `matchers`. */
  readonly matchers?: string;
  /** Default: `3000`; `0` takes a free one. */
  readonly port?: number;
  /** Default: `localhost`. */
  readonly host?: string;
  /** Handed to Vite, which makes what browsers load. */
  readonly vite?: ViteConfig;
}

/**
 * Types the configuration; it gives back what it takes.
 *
 * @example
 * // openspeed.config.ts
 * export default defineConfig({ port: 4000 });
 */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
