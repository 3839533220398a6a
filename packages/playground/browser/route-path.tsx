import type { JSX } from "preact";
import { pathParts } from "./request/draft.ts";

/** A path with its params told apart. */
export function RoutePath({ path }: { readonly path: string }): JSX.Element {
  return (
    <span class="path">
      {pathParts(path).map(({ text, name }, i) =>
        name === undefined ? (
          text
        ) : (
          <span key={i}>
            /<span class="path-param">{text.slice(1)}</span>
          </span>
        ),
      )}
    </span>
  );
}
