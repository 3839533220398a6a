/** A file's place becomes a path: pure text, no disk. */

/** What is wrong with a name, and how to mend it. */
export interface NameFault {
  readonly message: string;
  readonly mend: string;
}

export type PathOf =
  | { readonly path: string; readonly fault?: undefined }
  | { readonly path?: undefined; readonly fault: NameFault };

/**
 * The path that a route file's place stands for.
 *
 * `file` is relative to the scanned folder, with `/` between its segments and its extension on.
 *
 * @example
 * pathOf("users/[id].ts").path; // "/users/:id"
 * pathOf("(desk)/index.ts").path; // "/"
 */
export function pathOf(file: string): PathOf {
  const segments = file.split("/");
  const name = (segments.pop() ?? "").replace(/\.[cm]?[jt]sx?$/, "");
  const steps = segments.filter((segment) => !GROUP.test(segment));
  if (name !== "index") steps.push(name);

  const path: string[] = [];
  const params = new Set<string>();
  for (const [place, step] of steps.entries()) {
    const last = place === steps.length - 1;
    const param = paramOf(step);
    if (param === undefined) {
      const fault = faultOfText(step);
      if (fault !== undefined) return { fault };
      path.push(step);
      continue;
    }
    const { id, rest, optional } = param;
    if (optional && rest) {
      return {
        fault: bad(
          step,
          "a rest cannot be optional",
          `Name it [...${id}], and add an index file beside it for the path without.`,
        ),
      };
    }
    if (!last && (optional || rest)) {
      const what = rest ? "a rest" : "an optional param";
      return { fault: bad(step, `${what} must be the last of the path`, `Move what is below it, or name it [${id}].`) };
    }
    if (params.has(id))
      return {
        fault: bad(step, `the path already has a param named ${id}`, "Give each param of a path its own name."),
      };
    params.add(id);
    path.push(rest ? `*${id}` : optional ? `:${id}?` : `:${id}`);
  }
  return { path: `/${path.join("/")}` };
}

const GROUP = /^\([\p{L}\p{N}_-]+\)$/u;
const PARAM = /^\[(\.\.\.)?([A-Za-z_]\w*)\]$/;
const OPTIONAL = /^\[(\[.*\])\]$/;
/** RFC 3986 §2.3's unreserved characters, letters and digits of any script, and two that read well: `@`, `+`. */
const TEXT = /^[\p{L}\p{M}\p{N}._~@+-]+$/u;

function paramOf(
  step: string,
): { readonly id: string; readonly rest: boolean; readonly optional: boolean } | undefined {
  const inner = OPTIONAL.exec(step)?.[1];
  const param = PARAM.exec(inner ?? step);
  return param === null
    ? undefined
    : { id: param[2] ?? "", rest: param[1] !== undefined, optional: inner !== undefined };
}

function faultOfText(step: string): NameFault | undefined {
  if (step === "." || step === "..") return bad(step, "a dot segment never reaches a route", "Give it a name.");
  if (TEXT.test(step)) return undefined;
  if (/[[\]]/.test(step)) {
    return bad(
      step,
      "a param takes a whole segment, in brackets, and is named by letters, digits and _",
      "Name it [id], [[id]] or [...path].",
    );
  }
  if (/[()]/.test(step))
    return bad(
      step,
      "parentheses make a group, and only a folder can be one",
      "Name a folder (group), or leave the parentheses out.",
    );
  return bad(
    step,
    "it has a character that a path segment may not hold as it is",
    "Use letters, digits and . _ ~ - @ +.",
  );
}

function bad(step: string, why: string, mend: string): NameFault {
  return { message: `The name "${step}" is no path segment: ${why}.`, mend };
}
