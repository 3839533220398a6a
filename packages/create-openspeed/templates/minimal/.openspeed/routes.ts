// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.

import { lazy, type Mount } from "@openspeed/core";
import { int as intMatcher } from "@openspeed/core/matchers";
import useRoot from "../routes/_use.ts";

const routes: readonly Mount[] = [
  {
    method: "GET",
    path: "/",
    source: "routes/index.ts",
    use: useRoot,
    route: lazy(() => import("../routes/index.ts").then((m) => m.GET)),
  },
  {
    method: "GET",
    path: "/notes/:id",
    source: "routes/notes/[id=int].ts",
    use: useRoot,
    matchers: { id: intMatcher },
    route: lazy(() => import("../routes/notes/[id=int].ts").then((m) => m.GET)),
  },
  {
    method: "PATCH",
    path: "/notes/:id",
    source: "routes/notes/[id=int].ts",
    use: useRoot,
    matchers: { id: intMatcher },
    route: lazy(() => import("../routes/notes/[id=int].ts").then((m) => m.PATCH)),
  },
  {
    method: "DELETE",
    path: "/notes/:id",
    source: "routes/notes/[id=int].ts",
    use: useRoot,
    matchers: { id: intMatcher },
    route: lazy(() => import("../routes/notes/[id=int].ts").then((m) => m.DELETE)),
  },
  {
    method: "GET",
    path: "/notes",
    source: "routes/notes/index.ts",
    use: useRoot,
    route: lazy(() => import("../routes/notes/index.ts").then((m) => m.GET)),
  },
  {
    method: "POST",
    path: "/notes",
    source: "routes/notes/index.ts",
    use: useRoot,
    route: lazy(() => import("../routes/notes/index.ts").then((m) => m.POST)),
  },
];
export default routes;
