/** What stands around Desk's pages: the menu at the side, or at the top of a phone. */
import type { ComponentChildren, VNode } from "preact";
import Shortcuts from "../islands/shortcuts.island.tsx";
import type { Organisation } from "../organisations.ts";
import type { Person } from "../people.ts";
import type { Tally } from "../tickets/tally.ts";
import { Flame, Gear, Inbox, Mark, Menu, Person as PersonIcon, Question, Shield } from "./icons.tsx";
import { Avatar } from "./marks.tsx";
import { PersonMenu } from "./person-menu.tsx";

export interface ShellProps {
  readonly person: Person | undefined;
  readonly people: readonly Person[];
  readonly organisations: readonly Organisation[];
  /** Of the organisation that the page is about. */
  readonly tally: Tally | undefined;
  readonly url: URL;
  readonly org: string | undefined;
}

export function Shell({ children, ...props }: ShellProps & { readonly children: ComponentChildren }): VNode {
  const { person, people, url, org } = props;
  // What was sent to a page is not its address: coming back means seeing it.
  const menu = <PersonMenu person={person} people={people} back={url.pathname + url.search} />;
  const newTicket = org === undefined || person === undefined ? null : `${ticketsOf(org)}/new`;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <div class="shell">
        <header class="side">
          <Brand />
          <nav aria-label="Desk">
            <Places {...props} />
          </nav>
          {person?.shortcuts === true ? <Shortcuts newTicket={newTicket} /> : null}
          {menu}
        </header>
        <header class="top">
          <Brand />
          <details class="menu">
            <summary class="button">
              <Menu />
              Menu
            </summary>
            <div class="panel">
              <nav aria-label="Desk">
                <Places {...props} />
                {menu}
              </nav>
            </div>
          </details>
        </header>
        <div>
          {person === undefined ? <GuestNote picking={people.length > 0} url={url} /> : null}
          <main id="content" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
    </>
  );
}

function Brand(): VNode {
  return (
    <a class="brand" href="/">
      <Mark />
      Desk
    </a>
  );
}

function GuestNote({ picking, url }: { readonly picking: boolean; readonly url: URL }): VNode {
  if (!picking)
    return (
      <p class="guest">
        <strong>Read-only.</strong> Desk has no sign-in yet, so everybody is a guest here: you can look at everything
        and change nothing.
      </p>
    );
  const back = new URLSearchParams({ back: url.pathname + url.search });
  return (
    <p class="guest">
      You are a guest and can only read. <a href={`/person?${back}`}>Choose who you are</a> to answer tickets.
    </p>
  );
}

function Places({ person, organisations, tally, url, org }: ShellProps): VNode {
  return (
    <>
      {org === undefined || tally === undefined ? null : <Views org={org} tally={tally} person={person} url={url} />}
      <div class="group">
        <h2>Organisations</h2>
        <ul>
          {organisations.map(({ slug, name, open }) => (
            <li key={slug}>
              <a
                class="row"
                href={`${ticketsOf(slug)}?state=open&state=pending`}
                aria-current={slug === org ? "true" : undefined}
              >
                <Avatar name={name} kind="square" />
                <span class="name" title={name}>
                  {name}
                </span>
                <span class="count">
                  {open}
                  <span class="unseen"> open</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </div>
      <div class="group">
        <h2>Desk</h2>
        <ul>
          {person === undefined ? null : (
            <li>
              <a class="row" href="/settings/profile" aria-current={isBelow(url, "/settings") ? "true" : undefined}>
                <Gear />
                <span class="name">Settings</span>
              </a>
            </li>
          )}
          {person?.role === "staff" ? (
            <li>
              <a class="row" href="/admin">
                <Shield />
                <span class="name">Administration</span>
              </a>
            </li>
          ) : null}
          {person === undefined ? (
            <li>
              <a class="row" href="/person" aria-current={isBelow(url, "/person") ? "page" : undefined}>
                <PersonIcon />
                <span class="name">Choose a person</span>
              </a>
            </li>
          ) : null}
        </ul>
      </div>
    </>
  );
}

interface View {
  readonly label: string;
  readonly search: string;
  readonly count: number;
  readonly Icon: () => VNode;
}

/** The questions that are asked most often, with their answers counted. */
function Views({ org, tally, person, url }: Pick<ShellProps, "person" | "url"> & { org: string; tally: Tally }): VNode {
  const todo = "state=open&state=pending";
  const views: View[] = [
    { label: "To do", search: todo, count: tally.open, Icon: Inbox },
    { label: "Unassigned", search: `${todo}&assignee=none`, count: tally.unassigned, Icon: Question },
    { label: "Urgent", search: `${todo}&priority=urgent`, count: tally.urgent, Icon: Flame },
  ];
  if (person?.organisation === org) {
    const search = `${todo}&${new URLSearchParams({ assignee: person.name })}`;
    views.splice(1, 0, { label: "Mine", search, count: tally.mine, Icon: PersonIcon });
  }
  return (
    <div class="group">
      <h2>Tickets</h2>
      <ul>
        {views.map(({ label, search, count, Icon }) => (
          <li key={label}>
            <a
              class="row"
              href={`${ticketsOf(org)}?${search}`}
              aria-current={url.search === `?${search}` ? "page" : undefined}
            >
              <Icon />
              <span class="name">{label}</span>
              <span class="count">{count}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function ticketsOf(org: string): string {
  return `/organisations/${org}/tickets`;
}

function isBelow({ pathname }: URL, folder: string): boolean {
  return pathname === folder || pathname.startsWith(`${folder}/`);
}
