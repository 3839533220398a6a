import { problem, reply, route } from "@openspeed/core";
import { multipart } from "@openspeed/multipart";
import { db } from "../../../../src/database.ts";
import { feed } from "../../../../src/feed.ts";
import { pictureType } from "../../../../src/picture-type.ts";
import { addPicture, NewPicture, Picture } from "../../../../src/pictures.ts";

export default route(
  {
    summary: "A new picture",
    use: [db, feed],
    body: multipart({ fields: NewPicture, files: { picture: { maxSize: "2MiB" } } }),
    limits: { body: "3MiB" },
    output: { 201: Picture },
    problems: { notAPicture: problem(415, "Only PNG, JPEG, GIF and WebP are shown") },
  },
  async ({ db, feed, body, fail }) => {
    const bytes = new Uint8Array(await body.files.picture.arrayBuffer());
    const type = pictureType(bytes) ?? fail.notAPicture();
    const picture = await addPicture(db, { title: body.fields.title, type, bytes });
    feed.publish(picture);
    return reply(201, picture, { location: picture.url });
  },
);
