/** What stands around the pages of Desk's own people: another house, so that nobody mistakes where they are. */
import type { ComponentChildren, VNode } from "preact";
import type { Person } from "../people.ts";
import { Back, Mark } from "./icons.tsx";
import { Tabs } from "./tabs.tsx";

interface Props {
  readonly person: Person | undefined;
  readonly url: URL;
  readonly children: ComponentChildren;
}

const tabs = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/organisations", label: "Organisations" },
  { href: "/admin/people", label: "People" },
  { href: "/admin/imports", label: "Imports" },
];

export function AdminShell({ person, url, children }: Props): VNode {
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header class="admin-bar">
        <a class="brand" href="/admin">
          <Mark />
          Administration
        </a>
        {person?.role === "staff" ? <Tabs label="Administration" tabs={tabs} url={url} /> : null}
        <a class="leave" href="/">
          <Back />
          Back to Desk
        </a>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
