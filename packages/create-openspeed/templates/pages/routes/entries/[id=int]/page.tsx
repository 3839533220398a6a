import { matched, route } from "@openspeed/core";
import { page } from "@openspeed/pages";
import { guestbook, noSuchEntry } from "../../../src/guestbook.ts";
import type { Params } from "./$types/page.js";

// [id=int] takes whole numbers only, so `params.id` is a number.
export const loader = route(
  { use: [guestbook], params: matched<Params>(), problems: { noSuchEntry } },
  ({ guestbook, params, fail }) => ({ entry: guestbook.find(({ id }) => id === params.id) ?? fail.noSuchEntry() }),
);

export default page({ loader, head: ({ entry }) => ({ title: entry.name }) }, ({ entry }) => (
  <article>
    <h1>{entry.message}</h1>
    <p>by {entry.name}</p>
  </article>
));
