import { CreateError } from "./create-error.ts";
import { nearest } from "./nearest.ts";

export type TemplateName = "minimal" | "pages" | "showcase" | "graphql" | "edge";

export interface Template {
  /** Its folder in `templates/`. */
  readonly name: TemplateName;
  /** What one gets, in a few words. */
  readonly about: string;
}

/** What a project can begin with, the usual choice first. */
export const TEMPLATES: readonly Template[] = [
  { name: "minimal", about: "an API: routes from files, validation, problems" },
  { name: "pages", about: "pages from the server: layouts, a form, an island" },
  { name: "showcase", about: "a whole app: database, guards, pages, uploads, a live stream" },
  { name: "graphql", about: "GraphQL over HTTP beside REST" },
  { name: "edge", about: "web standards only: Workers, Deno, Bun, Node" },
];

/** @throws CreateError `OS_UNKNOWN_TEMPLATE` */
export function findTemplate(name: string): Template {
  const found = TEMPLATES.find((template) => template.name === name);
  if (found !== undefined) return found;
  const known = TEMPLATES.map((template) => template.name);
  const meant = nearest(name, known);
  throw new CreateError({
    code: "OS_UNKNOWN_TEMPLATE",
    message: `There is no template named ${JSON.stringify(name)}.${meant === undefined ? "" : ` Did you mean ${meant}?`}`,
    where: "--template",
    mend: `Choose one of ${known.join(", ")}.`,
  });
}
