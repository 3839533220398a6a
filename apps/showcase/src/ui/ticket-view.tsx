import type { VNode } from "preact";
import type { Comment } from "../comments.ts";
import type { Organisation } from "../organisations.ts";
import type { Person } from "../people.ts";
import type { Ticket } from "../tickets/ticket.ts";
import { Conversation } from "./conversation.tsx";
import { Refused, type Sent, TextArea } from "./field.tsx";
import { StateMark } from "./marks.tsx";
import { Done } from "./notice.tsx";
import { ticketsOf } from "./shell.tsx";
import { TicketSide } from "./ticket-side.tsx";

interface Props {
  readonly organisation: Organisation;
  readonly ticket: Ticket;
  readonly comments: readonly Comment[];
  readonly agents: readonly string[];
  readonly person: Person | undefined;
  readonly sent: Sent;
  /** Whether a change was just made. */
  readonly changed: boolean;
  readonly now: number;
}

const nothing: Sent = { values: {}, errors: {} };
const labels = { body: "Your answer", state: "State", priority: "Priority", assignee: "Assignee" };

export function TicketView({ organisation, ticket, comments, agents, person, sent, changed, now }: Props): VNode {
  const changing = sent.values["intent"] === "change";
  return (
    <div class="stack">
      <nav class="crumbs" aria-label="Way here">
        <ol>
          <li>
            <a href={`${ticketsOf(organisation.slug)}?state=open&state=pending`}>{organisation.name}</a>
          </li>
          <li aria-current="page">#{ticket.number}</li>
        </ol>
      </nav>
      <div class="ticket-title">
        <h1>{ticket.title}</h1>
        <p class="about">
          <StateMark state={ticket.state} />
          <span class="wrap">from {ticket.requester}</span>
        </p>
      </div>
      {changed ? <Done>The ticket was changed.</Done> : null}
      <Refused sent={sent} labels={labels} />
      <div class="ticket">
        <div class="stack">
          <h2 class="unseen">Conversation</h2>
          <Conversation ticket={ticket} comments={comments} now={now} />
          {person === undefined ? (
            <p class="muted">Guests can read; who is somebody can answer.</p>
          ) : (
            <CommentForm person={person} sent={changing ? nothing : sent} />
          )}
        </div>
        <TicketSide
          ticket={ticket}
          agents={agents}
          comments={comments.length}
          changeable={person !== undefined}
          sent={changing ? sent : nothing}
        />
      </div>
    </div>
  );
}

function CommentForm({ person, sent }: { readonly person: Person; readonly sent: Sent }): VNode {
  return (
    <form class="card padded fields" method="post" noValidate>
      <input type="hidden" name="intent" value="comment" />
      <TextArea
        name="body"
        label={labels.body}
        hint={person.signature === "" ? undefined : "Your signature is put below it."}
        placeholder={`Answer as ${person.name}`}
        sent={sent}
        rows={4}
        required
      />
      <div class="actions">
        <button class="button first" name="after" value="stay">
          Send
        </button>
        <button class="button" name="after" value="solved">
          Send and solve
        </button>
      </div>
    </form>
  );
}
