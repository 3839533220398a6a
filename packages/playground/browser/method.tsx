import type { JSX } from "preact";

const SHORT: Readonly<Record<string, string>> = { DELETE: "DEL", OPTIONS: "OPT", "*": "ANY" };

/** A method in its colour; every one as wide as the others. */
export function Method({ name }: { readonly name: string }): JSX.Element {
  return (
    <span class={`method method-${name === "*" ? "any" : name.toLowerCase()}`}>
      {SHORT[name] === undefined ? name : <abbr title={name === "*" ? "every method" : name}>{SHORT[name]}</abbr>}
    </span>
  );
}
