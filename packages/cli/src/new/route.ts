import type { Files } from "./files.ts";
import { readRoutePath, type RoutePath } from "./route-path.ts";

export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof METHODS)[number];

export interface NewRoute {
  readonly path: string;
  readonly methods: readonly Method[];
  /** The folder of routes, from the project's. */
  readonly routes: string;
  /** How params are typed: by what is generated, by zod where a project has it, or as texts. */
  readonly params: "generated" | "zod" | "none";
  readonly publicAccess: boolean;
}

/** Pure: a route file with a handler for each method. */
export function newRoute({ path, methods, routes, params, publicAccess }: NewRoute): Files {
  const place = readRoutePath(path);
  const file = `${routes}/${place.place === "" ? "index" : place.place}.ts`;
  const typed = place.params.length === 0 ? "none" : params;
  const core = [
    typed === "generated" ? "matched" : undefined,
    publicAccess ? "publicAccess" : undefined,
    methods.includes("DELETE") ? "reply" : undefined,
    "route",
  ].filter((name) => name !== undefined);
  const imports = [`import { ${core.join(", ")} } from "@openspeed/core";`];
  if (typed === "zod") imports.push('import { z } from "zod";');
  const name = file.slice(file.lastIndexOf("/") + 1).replace(/\.ts$/, "");
  if (typed === "generated") imports.push(`import type { Params } from "./$types/${name}.js";`);

  const shared = [
    ...(publicAccess ? ["use: [publicAccess()]"] : []),
    ...(typed === "generated" ? ["params: matched<Params>()"] : typed === "zod" ? ["params"] : []),
  ];
  const blocks = [
    imports.join("\n"),
    ...(typed === "zod" ? [`const params = z.object({ ${zodParams(place)} });`] : []),
    ...methods.map((method) => handlerOf(method, shared, place.params.length > 0)),
  ];
  return new Map([[file, `${blocks.join("\n\n")}\n`]]);
}

function zodParams({ params }: RoutePath): string {
  return params.map(({ name, matcher }) => `${name}: ${ZOD[matcher ?? ""] ?? "z.string()"}`).join(", ");
}

const ZOD: { readonly [matcher: string]: string } = { int: "z.int()", uuid: "z.uuid()", date: "z.iso.date()" };

function handlerOf(method: Method, shared: readonly string[], hasParams: boolean): string {
  const isGone = method === "DELETE";
  const shape = [...shared, ...(isGone ? ["output: { 204: null }"] : [])];
  const value = isGone
    ? "() => reply(204)"
    : method === "HEAD" || method === "OPTIONS"
      ? "() => undefined"
      : hasParams
        ? "({ params }) => ({ ...params })"
        : '() => ({ hello: "world" })';
  return shape.length === 0
    ? `export const ${method} = route(${value});`
    : `export const ${method} = route({ ${shape.join(", ")} }, ${value});`;
}
