import { kernelError, type Mount, provide, publicAccess, type Reply, route } from "@openspeed/core";
import { answer, NOT_FOUND, problems } from "./answer.ts";
import { acceptedCodings, codedName, type Coding } from "./codings.ts";
import { FilesError } from "./fault.ts";
import type { Described } from "./headers.ts";
import { mediaTypeOf } from "./media-type.ts";
import { isServable } from "./name.ts";
import { isOpen, openFile } from "./open.ts";
import { openRoot } from "./root.ts";

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
  /** A tag of its content, without quotes. Default: its size and time of modification. */
  readonly tag?: string;
  /** In which codings it lies beside itself (`app.js.br`), best first. Default: none. */
  readonly codings?: readonly Coding[];
}

export interface AssetOptions {
  /** The folder of the build: a `file:` URL, or a path from where the process was started. */
  readonly root: URL | string;
  readonly files: readonly AssetFile[];
}

/**
 * Mounts the files of a build, for everybody: this list and nothing else, so no request can reach another file.
 *
 * @throws FilesError `OS_ASSET_FILE` for a file outside of the root, or a path that is a pattern
 *
 * @example
 * app.mount(assets({ root: new URL("./public/", import.meta.url), files: [{ path: "/app.css", file: "app.css" }] }));
 */
export function assets({ root, files }: AssetOptions): readonly Mount[] {
  const fileRoot = provide("fileRoot", { scope: "app" }, () => openRoot({ root, dotfiles: true, links: "inside" }));
  return files.map((asset) => {
    check(asset);
    const { path, file, codings = [] } = asset;
    const described = describe(asset);
    return {
      method: "GET",
      path,
      source: file,
      route: route({ use: [publicAccess(), fileRoot], problems, summary: file }, async (ctx): Promise<Reply> => {
        const accepted = codings.length === 0 ? PLAIN : acceptedCodings(ctx.header("accept-encoding"), codings);
        if (accepted.length === 0)
          throw kernelError("notAcceptable", `This can be had as it is, or in ${codings.join(", ")}.`);
        for (const coding of accepted) {
          const isPlain = coding === "identity";
          const found = await openFile(ctx.fileRoot, isPlain ? file : codedName(file, coding), ctx.report);
          if (isOpen(found)) return answer(ctx, { file: found, coding: isPlain ? undefined : coding }, described);
        }
        throw NOT_FOUND;
      }),
    };
  });
}

const PLAIN = ["identity"] as const;

function describe({ file, type = mediaTypeOf(file), hashed = false, tag, codings = [] }: AssetFile): Described {
  const vary = codings.length === 0 ? undefined : "accept-encoding";
  return { type, lifetime: hashed ? "immutable" : undefined, csp: undefined, vary, tag };
}

function check({ path, file }: AssetFile): void {
  if (file === "" || file.endsWith("/") || !isServable(file, true))
    throw new FilesError(
      "OS_ASSET_FILE",
      `The asset ${JSON.stringify(file)} is no file below its root that every system could have. Give a path below the root, such as "assets/app.js".`,
    );
  if (/\/[:*]/.test(path))
    throw new FilesError(
      "OS_ASSET_FILE",
      `The asset's path ${JSON.stringify(path)} would be a pattern. Begin no segment of it with : or *.`,
    );
}
