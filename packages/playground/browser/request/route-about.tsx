import type { GraphRoute } from "@openspeed/core";
import type { JSX } from "preact";
import { Method } from "../method.tsx";
import { Markdownish } from "../prose.tsx";
import { RoutePath } from "../route-path.tsx";

/** What a route is, before its form. */
export function RouteAbout({ route }: { readonly route: GraphRoute }): JSX.Element {
  const { method, path, summary, description, policies, deprecated, source } = route;
  return (
    <header class="about">
      <p class="about-line">
        <Method name={method} />
        <RoutePath path={path} />
      </p>
      <h1>{summary ?? wordsOf(path, method)}</h1>
      {description !== undefined && (
        <p class="lead">
          <Markdownish text={description} />
        </p>
      )}
      <ul class="chips" aria-label="Who may call it">
        {deprecated === true && <li class="chip chip-warn">deprecated</li>}
        {policies.length === 0 && <li class="chip chip-warn">no policy</li>}
        {policies.map(({ kind, ...details }, i) => (
          <li key={i} class={`chip ${kind === "public" ? "" : "chip-guard"}`}>
            {kind}
            {Object.keys(details).length > 0 && <span class="chip-detail">{detailsOf(details)}</span>}
          </li>
        ))}
        {source !== undefined && <li class="chip chip-source">{source}</li>}
      </ul>
    </header>
  );
}

function wordsOf(path: string, method: string): string {
  const last = path.split("/").findLast((segment) => segment !== "" && !/^[:*]/.test(segment));
  return last === undefined ? `${method} ${path}` : last.replaceAll(/[-_]/g, " ");
}

function detailsOf(details: Readonly<Record<string, unknown>>): string {
  return Object.values(details)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
    .join(", ");
}
