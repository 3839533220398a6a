/** A file's place becomes a path. It says nothing about other files, so it is worked out once for each name. */
import { type Environment, type FileName, type FolderRole, isSeenFolder, parseFileName } from "./file-name.ts";
import { type NameFault, parseSegment, pathSegmentOf, type Segment } from "./segment.ts";

/** Where a file or folder stands. */
export interface Place {
  readonly path: string;
  /** The names in its path and their matchers; empty text for none. */
  readonly params: Readonly<Record<string, string>>;
  /** The path without names, once for each way in which optional params are there or not: equal for what takes the same requests. */
  readonly outlines: readonly string[];
}

/** A file that the router reads. */
export interface PlacedFile {
  readonly file: string;
  /** The folder that it is in; empty for the routes' own. */
  readonly folder: string;
  readonly role: FileName["role"];
  /** For a method file, in capitals. */
  readonly method: string;
  readonly environment: Environment | undefined;
  /** What `x.dev.ts` and `x.ts` have in common. */
  readonly slot: string;
  readonly place: Place;
}

export interface PlacedFault extends NameFault {
  readonly code: "OS_FOLDER_FILE_NAME" | "OS_ROUTE_NAME";
  /** The file, or the folder whose name is wrong. */
  readonly where: string;
}

/** A file, what is wrong with its name or with that of a folder above it, or `undefined` for one that is not the router's. */
export type Placed =
  | { readonly file: PlacedFile; readonly fault?: undefined }
  | { readonly fault: PlacedFault; readonly file?: undefined }
  | undefined;

/** Remembers what it worked out: a folder is read once for all the files in it. */
export interface Places {
  /** `file` is relative to the routes' folder, with `/` between its segments and its extension on. */
  of(file: string): Placed;
  /** The place of a folder that a file of the router is in. */
  ofFolder(folder: string): Place | undefined;
}

export function createPlaces(): Places {
  const files = new Map<string, Placed>();
  const folders = new Map<string, Trail | PlacedFault | "hidden">([["", START]]);

  function of(file: string): Placed {
    const known = files.get(file);
    if (known !== undefined || files.has(file)) return known;
    const placed = place(file);
    files.set(file, placed);
    return placed;
  }

  function place(file: string): Placed {
    const slash = file.lastIndexOf("/");
    const folder = file.slice(0, Math.max(0, slash));
    const name = parseFileName(file.slice(slash + 1));
    if (name === "ignored") return undefined;
    const trail = trailOf(folder);
    if (trail === "hidden") return undefined;
    if ("meant" in name) {
      const message = "It looks like a folder file, but is not named like one, so nothing reads it.";
      return { fault: { code: "OS_FOLDER_FILE_NAME", where: file, message, mend: `Name it ${name.meant}.` } };
    }
    if ("where" in trail) return { fault: trail };
    const { role, method, environment } = name;
    const slot = folder === "" ? name.slot : `${folder}/${name.slot}`;
    const last = (role === "route" || role === "method") && name.stem !== "index" ? name.stem : undefined;
    const end = last === undefined ? trail : step(trail, last, "file", file);
    if ("where" in end) return { fault: end };
    return { file: { file, folder, role, method, environment, slot, place: end.place } };
  }

  function trailOf(folder: string): Trail | PlacedFault | "hidden" {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const slash = folder.lastIndexOf("/");
    const above = trailOf(folder.slice(0, Math.max(0, slash)));
    const name = folder.slice(slash + 1);
    const trail =
      above === "hidden" || !isSeenFolder(name)
        ? "hidden"
        : "where" in above
          ? above
          : step(above, name, "folder", folder);
    folders.set(folder, trail);
    return trail;
  }

  function ofFolder(folder: string): Place | undefined {
    const trail = trailOf(folder);
    return typeof trail === "string" || "where" in trail ? undefined : trail.place;
  }

  return { of, ofFolder };
}

/** The folder files that only pages have to do with. */
export function isView(role: FileName["role"]): role is Exclude<FolderRole, "use"> {
  return role === "layout" || role === "error" || role === "not-found" || role === "loading";
}

/** The segments on the way to a place, without its groups. */
interface Trail {
  readonly segments: readonly Segment[];
  readonly place: Place;
}

const START: Trail = { segments: [], place: { path: "/", params: {}, outlines: ["/"] } };

function step(trail: Trail, name: string, of: "file" | "folder", where: string): Trail | PlacedFault {
  const { value: segment, fault } = parseSegment(name, of);
  if (fault !== undefined) return { code: "OS_ROUTE_NAME", where, ...fault };
  if (segment.kind === "group") return trail;
  const wrong = wrongAfter(trail, segment, name);
  if (wrong !== undefined) return { code: "OS_ROUTE_NAME", where, ...wrong };
  const segments = [...trail.segments, segment];
  return { segments, place: placeOf(segments) };
}

function wrongAfter({ segments }: Trail, segment: Segment, name: string): NameFault | undefined {
  const last = segments.at(-1);
  if (last?.kind === "rest")
    return {
      message: `"${name}" stands below [...${last.name}], and a rest must be the last of the path.`,
      mend: `Move what is below it, or name it [${last.name}].`,
    };
  if (segment.kind === "literal" || segment.kind === "group") return undefined;
  if (segment.name === "__proto__")
    return { message: "A param cannot be named __proto__.", mend: "Give it another name." };
  return segments.some((other) => "name" in other && other.name === segment.name)
    ? {
        message: `"${name}": the path already has a param named ${segment.name}.`,
        mend: "Give each param of a path its own name.",
      }
    : undefined;
}

function placeOf(segments: readonly Segment[]): Place {
  const params: Record<string, string> = {};
  let outlines = [""];
  for (const segment of segments) {
    if (segment.kind === "literal") {
      outlines = outlines.map((outline) => `${outline}/${segment.text}`);
      continue;
    }
    if (segment.kind === "group") continue;
    params[segment.name] = segment.matcher;
    const mark = `/${segment.kind === "rest" ? "*" : ":"}${segment.matcher}`;
    outlines = outlines.flatMap((outline) =>
      segment.kind === "optional" ? [outline + mark, outline] : [outline + mark],
    );
  }
  const path = `/${segments.flatMap((segment) => pathSegmentOf(segment) ?? []).join("/")}`;
  return { path, params, outlines: [...new Set(outlines)].map((outline) => outline || "/") };
}
