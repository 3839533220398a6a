// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.

import { lazy, type Mount } from "@openspeed/core";
import useRoot from "../routes/_use.ts";

const routes: readonly Mount[] = [
  {
    method: "GET",
    path: "/countdown",
    source: "routes/countdown.ts",
    use: useRoot,
    route: lazy(() => import("../routes/countdown.ts").then((m) => m.GET)),
  },
  {
    method: "POST",
    path: "/hash",
    source: "routes/hash.ts",
    use: useRoot,
    route: lazy(() => import("../routes/hash.ts").then((m) => m.POST)),
  },
  {
    method: "GET",
    path: "/hello/:name",
    source: "routes/hello/[name].ts",
    use: useRoot,
    route: lazy(() => import("../routes/hello/[name].ts").then((m) => m.GET)),
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
