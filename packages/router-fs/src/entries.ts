/** Which routes a file has, by the names that it exports. The same for a module that was read and for one that was loaded. */
import { METHODS } from "./grammar/file-name.ts";
import type { PlacedFile } from "./grammar/place.ts";

/** One row of the table. */
export interface Entry {
  readonly method: string;
  readonly kind: "route" | "page" | "action";
  /** The export that it is. */
  readonly name: string;
}

export interface ExportFault {
  readonly code:
    | "OS_ACTION_EXPORT"
    | "OS_DEFAULT_MISSING"
    | "OS_PAGE_EXPORT"
    | "OS_ROUTE_EXPORT"
    | "OS_ROUTE_MISSING"
    | "OS_USE_EXPORT";
  readonly message: string;
  readonly mend: string;
  /** The export that is wrong; `undefined` for one that is missing. */
  readonly name: string | undefined;
}

export interface Entries {
  readonly entries: readonly Entry[];
  readonly faults: readonly ExportFault[];
}

/** @param names of the values that the file exports */
export function entriesOf(file: PlacedFile, names: ReadonlySet<string>): Entries {
  if (file.role === "page") return ofPage(names);
  if (file.role === "method") return ofMethodFile(file, names);
  return ofRouteFile(names);
}

/** What a folder file, or a matcher, has to export: its default. */
export function defaultFault(what: string, example: string, names: ReadonlySet<string>): ExportFault | undefined {
  return names.has("default")
    ? undefined
    : {
        code: "OS_DEFAULT_MISSING",
        message: `${what} has no default export.`,
        mend: `Write export default ${example}.`,
        name: undefined,
      };
}

/** A function or class where something made is expected, as other frameworks have it: `export async function GET()`. */
export function plainFault({ kind, name }: Entry): ExportFault {
  const what = name === "default" ? "Its default export" : name;
  const [code, maker] = {
    page: ["OS_PAGE_EXPORT", "page(View)"] as const,
    action: ["OS_ACTION_EXPORT", "route({ body: form(…) }, …)"] as const,
    route: ["OS_ROUTE_EXPORT", "route(…)"] as const,
  }[kind];
  const made = maker.slice(0, maker.indexOf("("));
  return {
    code,
    message: `${what} is a function by itself, and nothing that ${made}() made.`,
    mend: `Write export ${name === "default" ? "default" : `const ${name} =`} ${maker}.`,
    name,
  };
}

function ofPage(names: ReadonlySet<string>): Entries {
  const missing = defaultFault("A page", "page(…)", names);
  const faults = METHODS.filter((method) => names.has(method)).map((method): ExportFault => ({
    code: "OS_ROUTE_EXPORT",
    message: `A page answers with its default export; ${method} is not read here.`,
    mend: `Move ${method} to an index file beside the page.`,
    name: method,
  }));
  const entries: Entry[] = missing === undefined ? [{ method: "GET", kind: "page", name: "default" }] : [];
  if (missing === undefined && names.has("action")) entries.push({ method: "POST", kind: "action", name: "action" });
  return { entries, faults: missing === undefined ? faults : [...faults, missing] };
}

function ofMethodFile({ method }: PlacedFile, names: ReadonlySet<string>): Entries {
  const others = [...names].filter((name) => name !== "default");
  const faults = others.map((name): ExportFault => ({
    code: "OS_ROUTE_EXPORT",
    message: `The file's name says ${method}, so it exports its route by default, and not ${name}.`,
    mend: METHODS.includes(name)
      ? `Write export default route(…), or take .${method.toLowerCase()} out of the file's name.`
      : "Move it to a file whose name begins with _, or outside the folder.",
    name,
  }));
  const missing = defaultFault("A method file", "route(…)", names);
  if (missing !== undefined) return { entries: [], faults: others.length > 0 ? faults : [missing] };
  return { entries: [{ method, kind: "route", name: "default" }], faults };
}

/** Methods in a fixed order. */
function ofRouteFile(names: ReadonlySet<string>): Entries {
  const entries = METHODS.filter((method) => names.has(method)).map((method): Entry => ({
    method,
    kind: "route",
    name: method,
  }));
  const faults = [...names].filter((name) => !METHODS.includes(name)).map(faultOfOther);
  if (names.size === 0)
    faults.push({
      code: "OS_ROUTE_MISSING",
      message: "It exports no route.",
      mend: "Write export const GET = route(…), or begin the file's name with _ if it is none.",
      name: undefined,
    });
  return { entries, faults };
}

function faultOfOther(name: string): ExportFault {
  const fault = { code: "OS_ROUTE_EXPORT", name } as const;
  const method = name.toUpperCase();
  if (METHODS.includes(method))
    return {
      ...fault,
      message: `${name} is no method: methods are written in capitals.`,
      mend: `Name it ${method}.`,
    };
  return name === "default"
    ? {
        ...fault,
        message: "A route file has no default export, unless its name says the method.",
        mend: "Write export const GET = route(…), or name the file like users.get.ts.",
      }
    : {
        ...fault,
        message: `${name} is no method, and a route file exports nothing else.`,
        mend: "Move it to a file whose name begins with _, or outside the folder.",
      };
}
