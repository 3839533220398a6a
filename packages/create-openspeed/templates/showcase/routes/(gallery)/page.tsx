import { route } from "@openspeed/core";
import { page } from "@openspeed/pages";
import { db } from "../../src/database.ts";
import Live from "../../src/live.island.tsx";
import { listPictures } from "../../src/pictures.ts";

export const loader = route({ use: [db] }, async ({ db }) => ({ pictures: await listPictures(db) }));

export default page({ loader, head: { title: "Pictures" } }, ({ pictures, url }) => (
  <>
    <h1>Pictures</h1>
    <Live events="/api/pictures/live" />
    {pictures.length === 0 ? <Empty origin={url.origin} /> : null}
    <ul class="pictures">
      {pictures.map(({ id, title, url, created }) => (
        <li key={id}>
          <figure>
            <img src={url} alt={title} loading="lazy" />
            <figcaption>
              {title} <time dateTime={created}>{created.slice(0, 10)}</time>
            </figcaption>
          </figure>
        </li>
      ))}
    </ul>
  </>
));

function Empty({ origin }: { readonly origin: string }) {
  return (
    <>
      <p>Nothing hangs here yet. Keep this page open, and add a picture:</p>
      <pre>
        {[
          `curl ${origin}/api/pictures -H 'authorization: Bearer let-me-in' \\`,
          "  -F title='The sea' -F picture=@sea.jpg",
        ].join("\n")}
      </pre>
    </>
  );
}
