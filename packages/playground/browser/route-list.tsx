import type { GraphRoute } from "@openspeed/core";
import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { Method } from "./method.tsx";
import { RoutePath } from "./route-path.tsx";

export interface RouteListProps {
  readonly routes: readonly GraphRoute[];
  readonly selected: string | undefined;
  readonly onSelect: () => void;
}

export const hrefOf = (key: string): string => `#${encodeURI(key)}`;

/** All routes by group. `/` leads to the search, arrows through what it found. */
export function RouteList({ routes, selected, onSelect }: RouteListProps): JSX.Element {
  const [words, setWords] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => groupsOf(routes.filter((route) => matches(route, words))), [routes, words]);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) list.current?.querySelector("a")?.click();
      if (event.key === "Escape" && words !== "") setWords("");
      return;
    }
    event.preventDefault();
    const stops = [...(list.current?.querySelectorAll<HTMLElement>("input, a") ?? [])];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    <div class="routes" ref={list} onKeyDown={move}>
      <div class="search">
        <input
          id="search"
          type="search"
          placeholder="Search routes"
          aria-label="Search routes"
          autoComplete="off"
          spellcheck={false}
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <nav aria-label="Routes" class="groups">
        {groups.map(([name, members]) => (
          <section key={name} aria-label={name}>
            <h2>{name}</h2>
            <ul>
              {members.map((route) => (
                <li key={route.key}>
                  <a
                    href={hrefOf(route.key)}
                    aria-current={route.key === selected ? "page" : undefined}
                    onClick={onSelect}
                    title={route.summary}
                  >
                    <Method name={route.method} />
                    <RoutePath path={route.path} />
                    {isGuarded(route) && <Lock />}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && (
          <p class="empty">{routes.length === 0 ? "The app has no routes yet." : "No route has these words."}</p>
        )}
      </nav>
    </div>
  );
}

function matches({ key, summary = "", tags = [], uses }: GraphRoute, words: string): boolean {
  const text = [key, summary, ...tags, ...uses].join(" ").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** By tag, or else by the first segment of the path. */
function groupsOf(routes: readonly GraphRoute[]): readonly (readonly [name: string, routes: readonly GraphRoute[]])[] {
  const groups = new Map<string, GraphRoute[]>();
  for (const route of routes) {
    const segment = route.path.split("/")[1] ?? "";
    const name = route.tags?.[0] ?? (/^[:*]|^$/.test(segment) ? "/" : segment);
    groups.set(name, [...(groups.get(name) ?? []), route]);
  }
  // A heading over a single route says it twice.
  const all = [...groups];
  const lone = all.filter(([, [first, ...more]]) => more.length === 0 && first?.tags?.[0] === undefined);
  const rest = lone.length < 2 ? [] : lone;
  const named = all.filter((group) => !rest.includes(group)).sort(([a], [b]) => a.localeCompare(b));
  return rest.length === 0
    ? named
    : [...named, [named.length === 0 ? "Routes" : "Others", rest.flatMap(([, members]) => members)]];
}

export function isGuarded({ policies }: GraphRoute): boolean {
  return policies.some(({ kind }) => kind !== "public");
}

function Lock(): JSX.Element {
  return (
    <svg class="lock" viewBox="0 0 16 16" role="img" aria-label="guarded">
      <path
        d="M5 7V5a3 3 0 0 1 6 0v2h.5A1.5 1.5 0 0 1 13 8.5v4a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 12.5v-4A1.5 1.5 0 0 1 4.5 7zm1.5 0h3V5a1.5 1.5 0 0 0-3 0z"
        fill="currentColor"
      />
    </svg>
  );
}
