import { matched, route } from "@openspeed/core";
import { db } from "../../../src/database.ts";
import { findImage, noSuchPicture } from "../../../src/pictures.ts";
import type { Params } from "./$types/[id=int].get.js";

export default route(
  { summary: "The picture itself", use: [db], params: matched<Params>(), problems: { noSuchPicture } },
  async ({ db, params, fail }) => {
    const image = (await findImage(db, params.id)) ?? fail.noSuchPicture();
    const headers = { "cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff" };
    return new Response(image, { headers });
  },
);
