import { layout } from "@openspeed/pages";
import styles from "../src/style.css?url";

const head = {
  titleTemplate: "%s · Guestbook",
  link: [{ rel: "stylesheet", href: styles }],
  meta: [{ name: "color-scheme", content: "light dark" }],
};

/** Stands around every page below this folder. */
export default layout({ head }, ({ children }) => (
  <>
    <header>
      <strong>Guestbook</strong>
      <a href="/">Entries</a>
    </header>
    <main>{children}</main>
  </>
));
