// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.

import { lazy, type Mount } from "@openspeed/core";
import useRoot from "../routes/_use.ts";

const routes: readonly Mount[] = [
  {
    method: "GET",
    path: "/books",
    source: "routes/books/index.ts",
    use: useRoot,
    route: lazy(() => import("../routes/books/index.ts").then((m) => m.GET)),
  },
  {
    method: "GET",
    path: "/graphql",
    source: "routes/graphql.ts",
    use: useRoot,
    route: lazy(() => import("../routes/graphql.ts").then((m) => m.GET)),
  },
  {
    method: "POST",
    path: "/graphql",
    source: "routes/graphql.ts",
    use: useRoot,
    route: lazy(() => import("../routes/graphql.ts").then((m) => m.POST)),
  },
  {
    method: "GET",
    path: "/",
    source: "routes/index.ts",
    use: useRoot,
    route: lazy(() => import("../routes/index.ts").then((m) => m.GET)),
  },
];
export default routes;
