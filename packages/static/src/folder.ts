import type { Mount, Use } from "@openspeed/core";
import { files, makeFiles } from "./files.ts";
import type { FilesOptions } from "./options.ts";

/**
 * A folder with its index as mounts: `/docs/*path` for what lies in it, `/docs/` for its index, and `/docs`, which leads there.
 *
 * @throws FilesError `OS_FILES_OPTION` where an option says nothing sensible
 *
 * @example
 * app.mount(folder("/", { root: new URL("../dist/", import.meta.url), fallback: "index.html", use: [publicAccess()] }));
 */
export function folder<const U extends readonly Use[] = []>(path: string, options: FilesOptions<U>): readonly Mount[] {
  const base = path.endsWith("/") ? path.slice(0, -1) : path;
  const route = files(options);
  const mounts: Mount[] = [
    { method: "GET", path: `${base}/*path`, route },
    { method: "GET", path: `${base}/`, route },
  ];
  if (base !== "") mounts.push({ method: "GET", path: base, route: makeFiles(options, "") });
  return mounts;
}
