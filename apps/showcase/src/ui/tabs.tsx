import type { VNode } from "preact";

export interface Tab {
  readonly href: string;
  readonly label: string;
}

/** Ways between pages that belong together. */
export function Tabs({
  label,
  tabs,
  url,
}: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly url: URL;
}): VNode {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, label }) => (
        <a key={href} href={href} aria-current={url.pathname === href ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
