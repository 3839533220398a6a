import { layout } from "@openspeed/pages";
import styles from "../src/style.css?url";

const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'><text y='.9em' font-size='90'>📖</text></svg>";

const head = {
  titleTemplate: "%s · Guestbook",
  link: [
    { rel: "stylesheet", href: styles },
    { rel: "icon", href: icon },
  ],
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
