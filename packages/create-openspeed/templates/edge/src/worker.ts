import { app } from "./app.ts";

/** What Cloudflare Workers, Bun and Deno Deploy call. */
export default { fetch: app.fetch };
