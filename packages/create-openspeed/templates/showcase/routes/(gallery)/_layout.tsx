import { layout } from "@openspeed/pages";
import styles from "../../src/style.css?url";

const head = {
  titleTemplate: "%s · Gallery",
  link: [{ rel: "stylesheet", href: styles }],
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
