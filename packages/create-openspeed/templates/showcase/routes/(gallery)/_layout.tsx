import { layout } from "@openspeed/pages";
import styles from "../../src/style.css?url";

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'><text y='.9em' font-size='90'>🖼️</text></svg>";

const head = {
  titleTemplate: "%s · Gallery",
  link: [
    { rel: "stylesheet", href: styles },
    { rel: "icon", href: icon },
  ],
  meta: [{ name: "color-scheme", content: "light dark" }],
};

export default layout({ head }, ({ children }) => (
  <>
    <header>
      <strong>
        <a href="/">Gallery</a>
      </strong>
    </header>
    <main>{children}</main>
  </>
));
