import { event, route } from "@openspeed/core";
import { feed } from "../../../../src/feed.ts";

/** As server-sent events or lines of JSON, as the client asks. */
export default route({ summary: "New pictures, as they come", use: [feed] }, async function* ({ feed, signal }) {
  yield event({ watching: true }, { event: "ready" });
  for await (const picture of feed.listen(signal)) yield event(picture, { event: "picture", id: `${picture.id}` });
});
