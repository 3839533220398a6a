import type { Graph } from "@openspeed/core";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { GraphView } from "./graph/graph-view.tsx";
import { type Entry, keepHistory, readHistory } from "./history/entries.ts";
import { HistoryView } from "./history/history-view.tsx";
import { faceOf } from "./request/face.ts";
import { hrefOf, RouteList } from "./route-list.tsx";
import { ThemeButton } from "./theme.tsx";

export interface AppProps {
  readonly title: string;
  /** Where the app is; ends with a slash. */
  readonly root: string;
  readonly graph: Graph;
}

/** `graph`, `history`, or a route's key. */
function usePlace(): string {
  const read = (): string => decodeURI(location.hash.slice(1));
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const onChange = (): void => setPlace(read());
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  return place;
}

export function App({ title, root, graph }: AppProps): JSX.Element {
  const place = usePlace();
  const [entries, setEntries] = useState(() => readHistory(root));
  const [replay, setReplay] = useState<Entry | undefined>(undefined);
  const [menu, setMenu] = useState(false);
  // What answers where nothing else does has no address of its own.
  const routes = graph.routes.filter(({ method }) => method !== "404");
  const views = ["graph", "history"];
  const route = views.includes(place) ? undefined : (routes.find(({ key }) => key === place) ?? routes[0]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
      if (event.key === "Escape") setMenu(false);
      if (event.key !== "/" || typing || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      setMenu(true);
      document.getElementById("search")?.focus();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  useEffect(() => {
    document.title = route === undefined ? title : `${route.key} · ${title}`;
  }, [route?.key]);

  const tab = (name: string, words: string, count?: number): JSX.Element => (
    <a href={`#${name}`} aria-current={place === name ? "page" : undefined} onClick={() => setMenu(false)}>
      {words}
      {count !== undefined && count > 0 && <span class="count">{count}</span>}
    </a>
  );
  const View = route === undefined ? undefined : faceOf(route);
  return (
    <div class="frame">
      <a
        class="skip"
        href="#main"
        onClick={(event) => (event.preventDefault(), document.getElementById("main")?.focus())}
      >
        Skip to the route
      </a>
      <header class="top">
        <button type="button" class="menu" aria-expanded={menu} aria-controls="menu" onClick={() => setMenu(!menu)}>
          Routes
        </button>
        <p class="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="9" />
            <path d="M18 5 8 18h7l-1 9 10-13h-7z" />
          </svg>
          <span>{title}</span>
        </p>
        <nav class="views" aria-label="Views">
          <a
            href={route === undefined ? hrefOf(routes[0]?.key ?? "") : hrefOf(route.key)}
            aria-current={route === undefined ? undefined : "page"}
          >
            Requests
          </a>
          {tab("graph", "Graph")}
          {tab("history", "History", entries.length)}
        </nav>
        <ThemeButton />
      </header>
      <aside class={`side ${menu ? "side-open" : ""}`} id="menu" aria-label="All routes">
        <RouteList routes={routes} selected={route?.key} onSelect={() => setMenu(false)} />
      </aside>
      <main id="main" tabIndex={-1}>
        {place === "graph" && <GraphView graph={graph} />}
        {place === "history" && (
          <HistoryView
            entries={entries}
            routes={routes}
            onClear={() => setEntries(keepHistory(root, []))}
            onReplay={(entry) => {
              setReplay({ ...entry });
              location.hash = hrefOf(entry.key);
            }}
          />
        )}
        {route !== undefined && View !== undefined && (
          <View
            key={route.key}
            route={route}
            graph={graph}
            root={root}
            replay={replay?.key === route.key ? replay : undefined}
            onSent={(entry) => {
              setReplay(undefined);
              setEntries((before) => keepHistory(root, [entry, ...before]));
            }}
          />
        )}
        {route === undefined && View === undefined && !views.includes(place) && (
          <p class="empty">The app has no routes yet.</p>
        )}
      </main>
    </div>
  );
}
