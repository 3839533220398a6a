/** What the kernel guards with: items on routes, groups, apps and plugins. */
import {
  createApp,
  lazy,
  type LazyRoute,
  type Mount,
  publicAccess,
  type Route,
  route,
  type Use,
} from "@openspeed/core";
import { int, slug, uuid } from "@openspeed/core/matchers";
import { z } from "zod";
import type { Witness } from "../ledger.ts";
import type { TableRoute } from "../oracle.ts";
import type { Subject } from "../subject.ts";
import { caller, callersOnly, selfOnly } from "./guards.ts";

const open = (path: string, method = "GET"): TableRoute => ({ method, path, access: "public" });
const guarded = (path: string, method = "GET"): TableRoute => ({ method, path, access: "caller" });

/** A table as mounts, what is not public behind `guards`. */
function mountsOf(table: readonly TableRoute[], witness: Witness, guards: readonly Use[]): readonly Mount[] {
  return table.map((entry) => ({
    method: entry.method,
    path: entry.path,
    use: entry.access === "public" ? [] : guards,
    route: route(witness(entry)),
  }));
}

/** A table as mounts of routes that list their guard themselves. */
function guarding(table: readonly TableRoute[], make: (entry: TableRoute) => Route | LazyRoute): readonly Mount[] {
  return table.map((entry) => ({ method: entry.method, path: entry.path, route: make(entry) }));
}

/** A route that lists its guard itself. */
function guardedBy(guard: Use, entry: TableRoute, witness: Witness): Route {
  const handler = witness(entry);
  return entry.access === "public" ? route(handler) : route({ use: [guard] }, (ctx) => handler(ctx));
}

/** Neighbours whose names begin or end like what is guarded. */
const neighbours: readonly TableRoute[] = [
  open("/"),
  open("/public"),
  open("/admin-public"),
  open("/administer"),
  open("/public/admin"),
  open("/a"),
];

const onRoutes: readonly TableRoute[] = [
  guarded("/admin"),
  guarded("/admin/users"),
  guarded("/admin/users/:id"),
  guarded("/admin/users", "POST"),
  guarded("/admin/users/:id", "DELETE"),
  guarded("/admin.json"),
  ...neighbours,
];

export const middlewareOnRoutes: Subject = {
  name: "middleware",
  classes: ["A"],
  table: onRoutes,
  make: (witness) => createApp({ routes: mountsOf(onRoutes, witness, [callersOnly]) }),
};

export const provider: Subject = {
  name: "provider",
  classes: ["A"],
  table: onRoutes,
  make: (witness) => createApp({ routes: guarding(onRoutes, (entry) => guardedBy(caller, entry, witness)) }),
};

export const group: Subject = {
  name: "group",
  classes: ["A"],
  table: onRoutes,
  make: (witness) => {
    const app = createApp();
    const admin = app.group("/admin", [callersOnly]);
    for (const entry of onRoutes) {
      const made = route(witness(entry));
      const inside = entry.path === "/admin" || entry.path.startsWith("/admin/");
      if (inside) admin.mount([{ method: entry.method, path: entry.path.slice("/admin".length) || "/", route: made }]);
      else
        app.mount([
          { method: entry.method, path: entry.path, use: entry.access === "public" ? [] : [callersOnly], route: made },
        ]);
    }
    return app;
  },
};

const everything = [...onRoutes.map(({ method, path }) => guarded(path, method)), guarded("/files/*path")];

export const appUse: Subject = {
  name: "app use",
  classes: ["A"],
  table: everything,
  missed: "caller",
  make: (witness) => createApp({ use: [callersOnly], routes: mountsOf(everything, witness, []) }),
};

export const strict: Subject = {
  name: "strict",
  classes: ["A"],
  table: onRoutes,
  make: (witness) =>
    createApp({
      strict: true,
      routes: mountsOf(onRoutes, witness, [caller]).map((mount) =>
        mount.use?.length === 0 ? { ...mount, use: [publicAccess()] } : mount,
      ),
    }),
};

const owned: readonly TableRoute[] = [
  { method: "GET", path: "/users/:id", access: "self", examples: ["/users/7", "/users/8", "/users/ada"] },
  { method: "PUT", path: "/users/:id", access: "self", examples: ["/users/7", "/users/8"] },
  { method: "GET", path: "/numbers/:id", access: "self", examples: ["/numbers/7", "/numbers/8"] },
  { method: "GET", path: "/users/:id/*rest", access: "self", examples: ["/users/7/a/b", "/users/8/a"] },
  open("/users"),
];

export const owner: Subject = {
  name: "params",
  classes: ["A"],
  table: owned,
  make: (witness) => {
    const app = createApp();
    for (const entry of owned) {
      const { method, path, access } = entry;
      const handler = witness(entry);
      const made =
        path === "/numbers/:id"
          ? route({ use: [selfOnly], params: z.object({ id: z.int() }) }, (ctx) => handler(ctx))
          : route(handler);
      app.mount([{ method, path, use: access === "public" || path === "/numbers/:id" ? [] : [selfOnly], route: made }]);
    }
    return app;
  },
};

const INT = /^(?:0|-?[1-9]\d{0,15})$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const SLUG = /^[a-z\d]+(?:-[a-z\d]+)*$/;
const matchedRoutes: readonly (TableRoute & Pick<Mount, "matchers">)[] = [
  {
    ...guarded("/items/:id"),
    accepts: { id: INT },
    matchers: { id: int },
    examples: ["/items/7", "/items/-1", "/items/007"],
  },
  { ...guarded("/items/:name"), accepts: { name: SLUG }, matchers: { name: slug }, examples: ["/items/red-one"] },
  {
    ...open("/keys/:key"),
    accepts: { key: UUID },
    matchers: { key: uuid },
    examples: ["/keys/01234567-89ab-cdef-0123-456789abcdef"],
  },
  { ...guarded("/keys/*rest"), examples: ["/keys/none", "/keys/a/b"] },
  open("/items"),
];

export const matchers: Subject = {
  name: "matchers",
  classes: ["A"],
  table: matchedRoutes,
  make: (witness) =>
    createApp({
      routes: mountsOf(matchedRoutes, witness, [callersOnly]).map((mount, i) => {
        const { matchers } = matchedRoutes[i] ?? {};
        return matchers === undefined ? mount : { ...mount, matchers };
      }),
    }),
};

const missedRoutes: readonly TableRoute[] = [
  { ...guarded("/admin/*path", "404"), examples: ["/admin/none", "/admin/a/b"] },
  { ...guarded("/inside/*path", "*"), examples: ["/inside/a", "/inside/a/b/c"] },
  open("/inside/door"),
  guarded("/inside/:room/safe"),
  guarded("/admin/panel", "POST"),
  guarded("/any", "*"),
  open("/any", "POST"),
  { ...open("/:page?"), examples: ["/", "/about"] },
];

export const wildcards: Subject = {
  name: "404 and wildcards",
  classes: ["A"],
  table: missedRoutes,
  make: (witness) => createApp({ routes: mountsOf(missedRoutes, witness, [callersOnly]) }),
};

const verbRoutes: readonly TableRoute[] = [
  guarded("/report"),
  guarded("/own"),
  open("/own", "HEAD"),
  guarded("/asked"),
  open("/asked", "OPTIONS"),
  guarded("/all", "*"),
  guarded("/sent", "POST"),
  open("/sent"),
  guarded("/custom", "PURGE"),
];

export const verbs: Subject = {
  name: "methods",
  classes: ["A"],
  table: verbRoutes,
  make: (witness) => createApp({ routes: mountsOf(verbRoutes, witness, [caller]) }),
};

export const lazyRoutes: Subject = {
  name: "lazy",
  classes: ["A"],
  table: onRoutes,
  make: (witness) =>
    createApp({
      routes: guarding(onRoutes, (entry) => lazy(() => Promise.resolve(guardedBy(caller, entry, witness)))),
    }),
};

export const wrapped: Subject = {
  name: "plugin",
  classes: ["A"],
  table: onRoutes,
  make: (witness) =>
    createApp({
      plugins: [
        {
          name: "guard",
          capabilities: ["wrap", "routes"],
          setup(host) {
            host.wrap(callersOnly, ({ path }) => /^\/admin(?:\.json)?(?:$|\/)/.test(path));
            for (const entry of onRoutes) host.route(entry.method, entry.path, route(witness(entry)));
          },
        },
      ],
    }),
};
