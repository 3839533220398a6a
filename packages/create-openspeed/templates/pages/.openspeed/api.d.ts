// Made by OpenSpeed from the folder of routes. Checked in, never edited by hand.
import type { PageGet, PagePost } from "@openspeed/pages";

export interface Api {
  "GET /entries/:id": PageGet<typeof import("../routes/entries/[id=int]/page.tsx").default>;
  "GET /": PageGet<typeof import("../routes/page.tsx").default>;
  "POST /": PagePost<typeof import("../routes/page.tsx").default>;
}
