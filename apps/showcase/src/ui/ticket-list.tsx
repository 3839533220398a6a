/** Rows of tickets. */
import type { VNode } from "preact";
import type { Ticket } from "../tickets/ticket.ts";
import { Avatar, PriorityMark, StateMark, Tags } from "./marks.tsx";
import { ticketsOf } from "./shell.tsx";
import { ago, atTime } from "./words.ts";

export function TicketList({ tickets, now }: { readonly tickets: readonly Ticket[]; readonly now: number }): VNode {
  return (
    <ol class="tickets">
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <StateMark state={ticket.state} bare />
          <span class="number">#{ticket.number}</span>
          <a class="title" href={`${ticketsOf(ticket.organisation)}/${ticket.number}`}>
            {ticket.title}
          </a>
          <Tags tags={ticket.tags} />
          <PriorityMark priority={ticket.priority} />
          <span class="assignee" title={ticket.assignee ?? "Nobody has it"}>
            <Avatar name={ticket.assignee} />
            <span class="unseen">{ticket.assignee ?? "Nobody has it"}</span>
          </span>
          <time class="when" dateTime={ticket.updatedAt} title={atTime(ticket.updatedAt)}>
            {ago(ticket.updatedAt, now)}
          </time>
        </li>
      ))}
    </ol>
  );
}

/** As many rows as a page has, with nothing in them yet. */
export function TicketBones(): VNode {
  return (
    <ol class="bones" aria-hidden="true">
      {Array.from({ length: 12 }, (_, row) => (
        <li key={row}>
          <span class="bone" />
          <span class="bone" />
        </li>
      ))}
    </ol>
  );
}
