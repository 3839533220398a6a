import type { ComponentChildren, JSX } from "preact";

/** What the server found wrong with a field. */
export function Wrong({
  id,
  children,
}: {
  readonly id?: string;
  readonly children: ComponentChildren;
}): JSX.Element | null {
  if (children === "") return null;
  return (
    <p class="wrong" id={id}>
      {children}
    </p>
  );
}
