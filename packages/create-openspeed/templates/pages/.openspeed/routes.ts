// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.

import { type Mount } from "@openspeed/core";
import { pages } from "@openspeed/pages/preact";
import { int as intMatcher } from "@openspeed/core/matchers";
import useRoot from "../routes/_use.ts";

const errorRoot = () => import("../routes/_error.tsx");
const layoutRoot = () => import("../routes/_layout.tsx");
const notFoundRoot = () => import("../routes/_not-found.tsx");

const routes: readonly Mount[] = [
  ...pages.mounts({
    path: "/entries/:id",
    source: "routes/entries/[id=int]/page.tsx",
    use: useRoot,
    matchers: { id: intMatcher },
    page: () => import("../routes/entries/[id=int]/page.tsx"),
    layouts: [layoutRoot],
    error: { view: errorRoot, layouts: 1 },
    notFound: { view: notFoundRoot, layouts: 1 },
  }),
  ...pages.mounts({
    path: "/",
    source: "routes/page.tsx",
    use: useRoot,
    action: true,
    page: () => import("../routes/page.tsx"),
    layouts: [layoutRoot],
    error: { view: errorRoot, layouts: 1 },
    notFound: { view: notFoundRoot, layouts: 1 },
  }),
  ...pages.notFound({
    path: "/*path",
    source: "routes/_not-found.tsx",
    use: useRoot,
    view: notFoundRoot,
    layouts: [layoutRoot],
    error: { view: errorRoot, layouts: 1 },
  }),
];
export default routes;
