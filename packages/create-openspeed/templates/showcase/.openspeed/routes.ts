// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.

import { lazy, type Mount } from "@openspeed/core";
import { pages } from "@openspeed/pages/preact";
import { int as intMatcher } from "@openspeed/core/matchers";
import useGallery from "../routes/(gallery)/_use.ts";
import useApiEditors from "../routes/api/(editors)/_use.ts";
import useApiOpen from "../routes/api/(open)/_use.ts";

const errorGallery = () => import("../routes/(gallery)/_error.tsx");
const layoutGallery = () => import("../routes/(gallery)/_layout.tsx");
const notFoundGallery = () => import("../routes/(gallery)/_not-found.tsx");

const routes: readonly Mount[] = [
  ...pages.mounts({
    path: "/",
    source: "routes/(gallery)/page.tsx",
    use: useGallery,
    page: () => import("../routes/(gallery)/page.tsx"),
    layouts: [layoutGallery],
    error: { view: errorGallery, layouts: 1 },
    notFound: { view: notFoundGallery, layouts: 1 },
  }),
  {
    method: "GET",
    path: "/pictures/:id",
    source: "routes/(gallery)/pictures/[id=int].get.ts",
    use: useGallery,
    matchers: { id: intMatcher },
    route: lazy(() => import("../routes/(gallery)/pictures/[id=int].get.ts").then((m) => m.default)),
  },
  {
    method: "DELETE",
    path: "/api/pictures/:id",
    source: "routes/api/(editors)/pictures/[id=int].delete.ts",
    use: useApiEditors,
    matchers: { id: intMatcher },
    route: lazy(() => import("../routes/api/(editors)/pictures/[id=int].delete.ts").then((m) => m.default)),
  },
  {
    method: "POST",
    path: "/api/pictures",
    source: "routes/api/(editors)/pictures/index.post.ts",
    use: useApiEditors,
    route: lazy(() => import("../routes/api/(editors)/pictures/index.post.ts").then((m) => m.default)),
  },
  {
    method: "GET",
    path: "/api/pictures",
    source: "routes/api/(open)/pictures/index.get.ts",
    use: useApiOpen,
    route: lazy(() => import("../routes/api/(open)/pictures/index.get.ts").then((m) => m.default)),
  },
  {
    method: "GET",
    path: "/api/pictures/live",
    source: "routes/api/(open)/pictures/live.get.ts",
    use: useApiOpen,
    route: lazy(() => import("../routes/api/(open)/pictures/live.get.ts").then((m) => m.default)),
  },
  ...pages.notFound({
    path: "/*path",
    source: "routes/(gallery)/_not-found.tsx",
    use: useGallery,
    view: notFoundGallery,
    layouts: [layoutGallery],
    error: { view: errorGallery, layouts: 1 },
  }),
];
export default routes;
