/** The texts of `.openspeed/api.d.ts` and of the `$types` beside each file that has params. */
import { BUILT_IN } from "../built-in.ts";
import type { Entry } from "../entries.ts";
import type { PlacedFile } from "../grammar/place.ts";
import { keyOf, quoted } from "./names.ts";
import { HEADER, type Roots } from "./routes-text.ts";

/** One member of `interface Api`. */
export interface ApiMember {
  readonly key: string;
  readonly type: string;
}

export function apiMembers(file: PlacedFile, entries: readonly Entry[], roots: Roots): ApiMember[] {
  const module = `typeof import(${quoted(`${roots.up}${roots.routes}/${file.file}`)})`;
  return entries.map(({ method, kind, name }) => ({
    key: `${method} ${file.place.path}`,
    type:
      kind === "page"
        ? `PageGet<${module}.default>`
        : kind === "action"
          ? `PagePost<${module}.default>`
          : `${module}.${name}`,
  }));
}

export function membersText(members: readonly ApiMember[]): string {
  return members.map(({ key, type }) => `  ${quoted(key)}: ${type};\n`).join("");
}

/**
 * @param parts of files, in the order of mounting
 * @param shared keys that more than one file has: they differ in nothing but matchers, and the type is either's
 * @param all the text of all members, where no key is shared
 */
export function apiText(
  parts: readonly { readonly page: boolean; readonly members: readonly ApiMember[] }[],
  shared: ReadonlySet<string>,
  all: () => string,
): string {
  const lines = shared.size === 0 ? all() : membersText(united(parts, shared));
  const pages = parts.filter(({ page }) => page);
  const names = [
    ...(pages.length > 0 ? ["PageGet"] : []),
    ...(pages.some(({ members }) => members.length > 1) ? ["PagePost"] : []),
  ];
  const imports = names.length === 0 ? "" : `import type { ${names.join(", ")} } from "@openspeed/pages";\n\n`;
  return `${HEADER}${imports}export interface Api {\n${lines}}\n`;
}

function united(
  parts: readonly { readonly members: readonly ApiMember[] }[],
  shared: ReadonlySet<string>,
): readonly ApiMember[] {
  const types = new Map<string, string[]>();
  for (const { members } of parts) {
    for (const { key, type } of members) {
      const others = shared.has(key) ? types.get(key) : undefined;
      if (others === undefined) types.set(key, [type]);
      else others.push(type);
    }
  }
  return [...types].map(([key, list]) => ({ key, type: list.join(" | ") }));
}

/** Where the types of a file stand, from the output folder; the import beside the file is `./$types/NAME.js`. */
export function typesFileOf({ file, folder }: PlacedFile, routes: string): string {
  const name = file.slice(folder === "" ? 0 : folder.length + 1).replace(/\.[a-z]+$/, "");
  return `types/${routes}/${folder === "" ? "" : `${folder}/`}$types/${name}.d.ts`;
}

/** `undefined` for a file without params. */
export function typesText({ file, place }: PlacedFile, roots: Roots): string | undefined {
  const params = Object.entries(place.params);
  if (params.length === 0) return undefined;
  // Beside the file in the mirrored tree, so as many folders up again as the file is deep, and `types` and `$types`.
  const up = `${roots.up}${"../".repeat(`${roots.routes}/${file}`.split("/").length + 1)}`;
  const own = params.some(([, matcher]) => roots.matchers.has(matcher));
  const lines = params.map(([name, matcher]) => {
    const optional = place.path.split("/").includes(`:${name}?`) ? "?" : "";
    return `  readonly ${keyOf(name)}${optional}: ${typeOf(matcher, up, roots)};\n`;
  });
  const imports = own ? `import type { Matched } from "@openspeed/core/matchers";\n\n` : "";
  return `${HEADER}${imports}export interface Params {\n${lines.join("")}}\n`;
}

function typeOf(matcher: string, up: string, roots: Roots): string {
  const own = roots.matchers.get(matcher);
  return own === undefined
    ? (BUILT_IN.get(matcher) ?? "string")
    : `Matched<typeof import(${quoted(up + own)}).default>`;
}
