import { readFile } from "node:fs/promises";
import { type Mount, publicAccess, reply, type Reply, type Route } from "@openspeed/core";
import { FILE_CSP } from "./csp.ts";
import { PageError } from "./fault.ts";
import { mediaTypeOf } from "./media-types.ts";

/** One file of a build. */
export interface AssetFile {
  /** Where it is asked for: `/assets/client-a1b2c3.js`. */
  readonly path: string;
  /** Where it lies, from the root: `assets/client-a1b2c3.js`. */
  readonly file: string;
  /** Whether its name changes with its content: it is then kept for a year without asking. Default `false`. */
  readonly hashed?: boolean;
  /** Default: by the end of its name. */
  readonly type?: string;
}

export interface AssetOptions {
  /** The folder of the build; ends with a slash. */
  readonly root: URL;
  readonly files: readonly AssetFile[];
}

const FOREVER = "public, max-age=31536000, immutable";
const ASK_AGAIN = "public, no-cache";

/**
 * Mounts the files of a build: this list and nothing else, so no request can reach another file. Each is read when it is asked
 * for, and has a tag of its content by which browsers need not get it twice.
 *
 * @throws PageError `OS_ASSET_FILE` for a file outside of the root, or a path that is a pattern
 *
 * @example
 * const assets = assetMounts({ root: new URL("./public/", import.meta.url), files: [{ path: "/app.css", file: "app.css" }] });
 */
export function assetMounts({ root, files }: AssetOptions): readonly Mount[] {
  return files.map((file) => {
    const url = new URL(encodePath(file.file), root);
    if (!root.pathname.endsWith("/") || url.protocol !== root.protocol || !url.pathname.startsWith(root.pathname))
      throw new PageError(
        "OS_ASSET_FILE",
        `The asset ${JSON.stringify(file.file)} does not lie in ${root.href}. Give a folder's URL with a slash at its end, and files below it.`,
      );
    if (/\/[:*]/.test(file.path))
      throw new PageError(
        "OS_ASSET_FILE",
        `The asset's path ${JSON.stringify(file.path)} would be a pattern. Begin no segment of it with : or *.`,
      );
    return { method: "GET", path: file.path, source: file.file, use: [publicAccess()], route: assetRoute(url, file) };
  });
}

function assetRoute(url: URL, { file, hashed = false, type = mediaTypeOf(file) }: AssetFile): Route {
  let etag: Promise<string> | undefined;
  const run = async (): Promise<Reply> => {
    const bytes = await readFile(url);
    // A build does not change while it is served.
    etag ??= tagOf(bytes);
    return reply(200, bytes, {
      "content-type": type,
      "cache-control": hashed ? FOREVER : ASK_AGAIN,
      etag: await etag,
      "x-content-type-options": "nosniff",
      ...(type.startsWith("text/html") && { "content-security-policy": FILE_CSP }),
    });
  };
  return { kind: "route", shape: { summary: file }, run };
}

async function tagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `"${Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}

function encodePath(file: string): string {
  return `./${file.split("/").map(encodeURIComponent).join("/")}`;
}
