import type { VNode } from "preact";
import type { Organisation } from "../organisations.ts";
import type { ListSearch } from "../tickets/list-search.ts";
import type { Ticket } from "../tickets/ticket.ts";
import { Plus } from "./icons.tsx";
import { Empty } from "./notice.tsx";
import { ticketsOf } from "./shell.tsx";
import { TicketFilter } from "./ticket-filter.tsx";
import { TicketList } from "./ticket-list.tsx";
import { counted } from "./words.ts";

interface Props {
  readonly organisation: Organisation;
  readonly mayChange: boolean;
  readonly search: ListSearch;
  readonly tickets: readonly Ticket[];
  /** The cursor of the next page. */
  readonly next: string | null;
  /** On all pages together. */
  readonly found: number;
  readonly agents: readonly string[];
  readonly url: URL;
  readonly now: number;
}

export function TicketsView({ organisation, mayChange, search, tickets, next, found, agents, url, now }: Props): VNode {
  const here = ticketsOf(organisation.slug);
  return (
    <div class="stack">
      <div class="heading">
        <div>
          <h1>{organisation.name}</h1>
          <p class="muted">
            {counted(found, "ticket")}
            {search.tag === undefined ? "" : ` tagged ${search.tag}`}
            {organisation.tickets === found ? "" : ` of ${organisation.tickets}`}
          </p>
        </div>
        {mayChange ? (
          <a class="button first" href={`${here}/new`}>
            <Plus />
            New ticket
          </a>
        ) : null}
      </div>
      <TicketFilter search={search} agents={agents} action={here} />
      <section class="card" aria-label="Tickets found">
        {tickets.length === 0 ? (
          <Nothing organisation={organisation} mayChange={mayChange} here={here} />
        ) : (
          <TicketList tickets={tickets} now={now} />
        )}
      </section>
      {search.cursor === undefined && next === null ? null : (
        <nav class="pager" aria-label="Pages">
          {search.cursor === undefined ? <span /> : <a href={withCursor(url, null)}>To the first page</a>}
          {next === null ? (
            <span class="muted">That was all.</span>
          ) : (
            <a class="button" href={withCursor(url, next)} rel="next">
              Next page
            </a>
          )}
        </nav>
      )}
    </div>
  );
}

function Nothing({
  organisation,
  mayChange,
  here,
}: Pick<Props, "organisation" | "mayChange"> & { here: string }): VNode {
  if (organisation.tickets > 0)
    return (
      <Empty title="No ticket is like that">
        <p>Take a filter away, or search for the beginning of a word.</p>
        <div class="actions">
          <a class="button" href={here}>
            Show all tickets
          </a>
        </div>
      </Empty>
    );
  return (
    <Empty title="No tickets yet">
      <p>The first one can be written here, or come from a CSV file by the API.</p>
      {mayChange ? (
        <div class="actions">
          <a class="button first" href={`${here}/new`}>
            Write a ticket
          </a>
        </div>
      ) : null}
    </Empty>
  );
}

/** The same list from another place on. */
function withCursor({ pathname, searchParams }: URL, cursor: string | null): string {
  const query = new URLSearchParams([...searchParams].filter(([name, value]) => name !== "cursor" && value !== ""));
  if (cursor !== null) query.set("cursor", cursor);
  return query.size === 0 ? pathname : `${pathname}?${query}`;
}
