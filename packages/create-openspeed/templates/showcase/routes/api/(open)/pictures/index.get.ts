import { route } from "@openspeed/core";
import { z } from "zod";
import { db } from "../../../../src/database.ts";
import { listPictures, Picture } from "../../../../src/pictures.ts";

export default route({ summary: "All pictures", use: [db], output: z.array(Picture) }, ({ db }) => listPictures(db));
