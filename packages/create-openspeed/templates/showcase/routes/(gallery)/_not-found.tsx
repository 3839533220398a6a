import { notFoundView } from "@openspeed/pages";

export default notFoundView(({ url }) => (
  <>
    <h1>Nothing hangs here</h1>
    <p>
      There is no <code>{url.pathname}</code>. All pictures are in <a href="/">the gallery</a>.
    </p>
  </>
));
