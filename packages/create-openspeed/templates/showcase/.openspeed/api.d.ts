// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.
import type { PageGet } from "@openspeed/pages";

export interface Api {
  "GET /": PageGet<typeof import("../routes/(gallery)/page.tsx").default>;
  "GET /pictures/:id": typeof import("../routes/(gallery)/pictures/[id=int].get.ts").default;
  "DELETE /api/pictures/:id": typeof import("../routes/api/(editors)/pictures/[id=int].delete.ts").default;
  "POST /api/pictures": typeof import("../routes/api/(editors)/pictures/index.post.ts").default;
  "GET /api/pictures": typeof import("../routes/api/(open)/pictures/index.get.ts").default;
  "GET /api/pictures/live": typeof import("../routes/api/(open)/pictures/live.get.ts").default;
}
