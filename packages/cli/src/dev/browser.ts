/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * Runs in the browser, as a script that imports nothing: reloads the page, swaps its styles, and shows what is wrong.
 */
import type { News } from "./channel.ts";
import type { TroubleItem } from "./trouble.ts";

const STYLE = `
:host { position: fixed; inset: 0; z-index: 2147483647; display: block; overflow: auto; background: rgb(12 14 20 / 0.86);
  font: 15px/1.5 system-ui, sans-serif; color: #e8eaf0; }
main { max-width: 60rem; margin: 3rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.15rem; margin: 0 0 1rem; color: #ff9c9c; }
article { background: #171a23; border: 1px solid #2c3140; border-left: 4px solid #ff6b6b; border-radius: 8px; padding: 1rem 1.25rem; margin: 0 0 1rem; }
p { margin: 0.25rem 0; overflow-wrap: anywhere; }
.where { color: #9fb4ff; font-family: ui-monospace, monospace; font-size: 0.9em; }
.code { color: #8c93a6; font-size: 0.85em; }
.mend { color: #9be3b4; }
pre { margin: 0.75rem 0 0; padding: 0.75rem; background: #0e1017; border-radius: 6px; overflow-x: auto; font: 13px/1.5 ui-monospace, monospace; }
button { float: right; font: inherit; color: inherit; background: none; border: 1px solid #4a5166; border-radius: 6px; padding: 0.1rem 0.7rem; cursor: pointer; }
small { color: #8c93a6; }
`;

let overlay: HTMLElement | undefined;
let version: number | undefined;

connect();

function connect(): void {
  // The browser connects again by itself while the server restarts.
  const events = new EventSource("/@dev/events");
  events.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const news = JSON.parse(data) as News;
    if (news.kind === "hello") {
      if (version !== undefined && version !== news.version) location.reload();
      version = news.version;
      show(news.trouble, news.serves);
    } else if (news.kind === "reload") location.reload();
    else if (news.kind === "styles") swapStyles();
    else show(news.trouble, news.serves);
  });
  // A page that is left must not hold one of the few connections that a browser has.
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

/** Each sheet stays until its successor has loaded, so the page is never bare. */
function swapStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    const url = new URL(link.href);
    if (url.origin !== location.origin) continue;
    url.searchParams.set("t", `${Date.now()}`);
    const next = link.cloneNode() as HTMLLinkElement;
    next.href = url.href;
    next.addEventListener("load", () => link.remove());
    next.addEventListener("error", () => next.remove());
    link.after(next);
  }
}

function show(trouble: readonly TroubleItem[], serves: boolean): void {
  overlay?.remove();
  overlay = undefined;
  if (trouble.length === 0) return;
  overlay = document.createElement("openspeed-overlay");
  const shadow = overlay.attachShadow({ mode: "open" });
  // A sheet made by script needs no leave of the page's policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const main = document.createElement("main");
  main.setAttribute("role", "alertdialog");
  const title = serves ? "The newest code does not serve" : "The app has not started";
  main.setAttribute("aria-label", title);
  const close = element("button", "", "Hide");
  close.addEventListener("click", () => overlay?.remove());
  main.append(close, element("h1", "", title));
  for (const { code, message, where, mend, frame } of trouble) {
    const article = document.createElement("article");
    article.append(element("p", "where", where), element("p", "", message), element("p", "mend", mend));
    if (frame !== undefined) article.append(element("pre", "", frame));
    article.append(element("p", "code", code));
    main.append(article);
  }
  const until = serves
    ? "The last good version answers until this is mended; then the page reloads."
    : "It starts when this is mended; then the page reloads.";
  main.append(element("small", "", until));
  shadow.append(main);
  document.documentElement.append(overlay);
}

function element(name: string, className: string, text: string): HTMLElement {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.textContent = text;
  return made;
}
