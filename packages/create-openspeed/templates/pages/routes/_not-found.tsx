import { notFoundView } from "@openspeed/pages";

export default notFoundView(({ url }) => (
  <>
    <h1>Nothing is here</h1>
    <p>
      There is no <code>{url.pathname}</code>. All entries are on <a href="/">the first page</a>.
    </p>
  </>
));
