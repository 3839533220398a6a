import type { Files } from "./files.ts";
import { readRoutePath } from "./route-path.ts";

/** Pure: a page with a loader, and its title from what it loaded. */
export function newPage({ path, routes, publicAccess }: NewPage): Files {
  const { place } = readRoutePath(path);
  const file = [routes, place, "page.tsx"].filter((part) => part !== "").join("/");
  const core = publicAccess ? "publicAccess, route" : "route";
  const shape = publicAccess ? "{ use: [publicAccess()] }, " : "";
  const text = `import { ${core} } from "@openspeed/core";
import { page } from "@openspeed/pages";

export const loader = route(${shape}() => ({ title: ${JSON.stringify(titleOf(place))} }));

export default page({ loader, head: ({ title }) => ({ title }) }, ({ title }) => (
  <main>
    <h1>{title}</h1>
  </main>
));
`;
  return new Map([[file, text]]);
}

export interface NewPage {
  readonly path: string;
  readonly routes: string;
  readonly publicAccess: boolean;
}

/** The last word of the path that is no param: `tickets/[id]` → `Tickets`. */
function titleOf(place: string): string {
  const word = place
    .split("/")
    .filter((segment) => /^[^[(]/.test(segment))
    .at(-1);
  if (word === undefined) return "Home";
  const text = word.replaceAll(/[-_]+/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
