import type { VNode } from "preact";
import type { Organisation } from "../organisations.ts";
import type { Person } from "../people.ts";
import type { Ticket } from "../tickets/ticket.ts";
import { Avatar } from "./marks.tsx";
import { Empty } from "./notice.tsx";
import { ticketsOf } from "./shell.tsx";
import { TicketList } from "./ticket-list.tsx";
import { counted } from "./words.ts";

interface Props {
  readonly person: Person | undefined;
  readonly organisations: readonly Organisation[];
  /** What waits for the person. */
  readonly waiting: readonly Ticket[];
  readonly now: number;
}

export function Home({ person, organisations, waiting, now }: Props): VNode {
  const open = organisations.reduce((sum, each) => sum + each.open, 0);
  return (
    <div class="stack">
      <div class="heading">
        <div>
          <h1>{person === undefined ? "Organisations" : `Welcome, ${person.name}`}</h1>
          <p class="muted">
            {counted(open, "ticket waits", "tickets wait")} in {counted(organisations.length, "organisation")}.
          </p>
        </div>
      </div>
      {organisations.length === 0 ? (
        <div class="card">
          <Empty title="No organisation yet">
            <p>Desk's staff creates them under Administration.</p>
          </Empty>
        </div>
      ) : (
        <ul class="organisations">
          {organisations.map(({ slug, name, tickets, open }) => (
            <li key={slug}>
              <a class="card" href={`${ticketsOf(slug)}?state=open&state=pending`}>
                <Avatar name={name} kind="large square" />
                <span class="name">{name}</span>
                <span class="muted">
                  {open} to do · {counted(tickets, "ticket")}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {person === undefined || person.organisation === null ? null : (
        <section class="card" aria-labelledby="waiting">
          <header>
            <h2 id="waiting">Waiting for you</h2>
            <a
              href={`${ticketsOf(person.organisation)}?state=open&state=pending&${new URLSearchParams({ assignee: person.name })}`}
            >
              Show all
            </a>
          </header>
          {waiting.length === 0 ? (
            <Empty title="Nothing waits for you">
              <p>When a ticket is given to you, it is shown here.</p>
            </Empty>
          ) : (
            <TicketList tickets={waiting} now={now} />
          )}
        </section>
      )}
    </div>
  );
}
