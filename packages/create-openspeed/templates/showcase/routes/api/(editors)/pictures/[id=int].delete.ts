import { matched, reply, route } from "@openspeed/core";
import { db } from "../../../../src/database.ts";
import { noSuchPicture, removePicture } from "../../../../src/pictures.ts";
import type { Params } from "./$types/[id=int].delete.js";

export default route(
  {
    summary: "Remove a picture",
    use: [db],
    params: matched<Params>(),
    output: { 204: null },
    problems: { noSuchPicture },
  },
  async ({ db, params, fail }) => ((await removePicture(db, params.id)) ? reply(204) : fail.noSuchPicture()),
);
