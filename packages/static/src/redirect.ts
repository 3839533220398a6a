import { type Context, type Reply, reply } from "@openspeed/core";

/**
 * From a folder's path without a slash at its end to the one with it, or to a file below: relative links of what is there
 * start from the right place then. It is said from here (`./docs/`), so it cannot lead to another host, whatever was asked for.
 */
export function redirectBelow(
  { path, incoming }: Pick<Context, "path" | "incoming">,
  below: string,
  cacheControl: string,
): Reply {
  const segment = path.slice(path.lastIndexOf("/") + 1).replaceAll("%25", "%");
  const query = /^[^?]*(\?[!-~]+)$/.exec(incoming.target)?.[1] ?? "";
  const location = `./${encodeURIComponent(segment)}/${encodeURIComponent(below)}${query}`;
  return reply(301, undefined, { location, "cache-control": cacheControl });
}
