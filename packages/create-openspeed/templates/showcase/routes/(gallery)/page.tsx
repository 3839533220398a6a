import { route } from "@openspeed/core";
import { page } from "@openspeed/pages";
import { db } from "../../src/database.ts";
import Live from "../../src/live.island.tsx";
import { listPictures } from "../../src/pictures.ts";

export const loader = route({ use: [db] }, async ({ db }) => ({ pictures: await listPictures(db) }));

export default page({ loader, head: { title: "Pictures" } }, ({ pictures }) => (
  <>
    <h1>Pictures</h1>
    <Live events="/api/pictures/live" />
    {pictures.length === 0 ? <Empty /> : null}
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

function Empty() {
  return (
    <>
      <p>Nothing hangs here yet. Keep this page open, and add a picture:</p>
      <pre>
        {
          "curl localhost:3000/api/pictures -H 'authorization: Bearer let-me-in' \\\n     -F title='The sea' -F picture=@sea.jpg"
        }
      </pre>
    </>
  );
}
