import { Fault } from "../fault.ts";

/** Where a route is to be, read from what a person typed. */
export interface RoutePath {
  /** As files are named: `users/[id]`, or "" for the root. */
  readonly place: string;
  /** Names of its params, with their matchers. */
  readonly params: readonly { readonly name: string; readonly matcher: string | undefined; readonly rest: boolean }[];
}

/** A dot at the beginning hides a file, but for RFC 8615's folder; an underscore keeps it from being a route. */
const SEGMENT = /^(?:\([\p{L}\p{N}_-]+\)|\.well-known|[\p{L}\p{M}\p{N}~@+-][\p{L}\p{M}\p{N}._~@+-]*)$/u;
const PARAM = /^\[(\[)?(\.\.\.)?([A-Za-z_]\w*)(?:=([A-Za-z_][\w-]*))?\]\]?$/;

/**
 * Reads `/users/[id]`, and `/users/:id` as well.
 *
 * @throws Fault for what can be no path
 */
export function readRoutePath(text: string): RoutePath {
  const segments = text
    .split("/")
    .filter((segment) => segment !== "")
    .map(fromPattern);
  for (const segment of segments) {
    if (!SEGMENT.test(segment) && !PARAM.test(segment)) {
      throw new Fault({
        code: "OS_NEW_PATH",
        message: `${JSON.stringify(segment)} is no segment of a path.`,
        where: text,
        mend: 'Write it as files are named: "/users/[id]", "/files/[...path]", "/(group)/users".',
      });
    }
  }
  return {
    place: segments.join("/"),
    params: segments.flatMap((segment) => {
      const param = PARAM.exec(segment);
      return param === null ? [] : [{ name: param[3] ?? "", matcher: param[4], rest: param[2] !== undefined }];
    }),
  };
}

/** `:id` → `[id]`, `:id?` → `[[id]]`, `*path` → `[...path]`. */
function fromPattern(segment: string): string {
  const param = /^([:*])([A-Za-z_]\w*)(\?)?$/.exec(segment);
  if (param === null) return segment;
  const [, mark, name, optional] = param;
  return mark === "*" ? `[...${name}]` : optional === undefined ? `[${name}]` : `[[${name}]]`;
}
