import type { JSX } from "preact";

/** A description's text, with `code` shown as code. */
export function Markdownish({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {text
        .split(/(`[^`]+`)/)
        .map((part, i) => (part.length > 2 && part.startsWith("`") ? <code key={i}>{part.slice(1, -1)}</code> : part))}
    </>
  );
}
