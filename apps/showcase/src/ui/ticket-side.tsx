/** A ticket's properties, and the form that changes them. */
import type { VNode } from "preact";
import { Priority, State, type Ticket } from "../tickets/ticket.ts";
import { Select, type Sent } from "./field.tsx";
import { PriorityMark, StateMark, Tags } from "./marks.tsx";
import { counted, onDate, priorityWords, stateWords } from "./words.ts";

interface Props {
  readonly ticket: Ticket;
  readonly agents: readonly string[];
  readonly comments: number;
  /** Guests see what is; others change it. */
  readonly changeable: boolean;
  readonly sent: Sent;
}

export function TicketSide({ ticket, agents, comments, changeable, sent }: Props): VNode {
  return (
    <aside class="card" aria-label="Properties">
      <div class="padded">
        {changeable ? <ChangeForm ticket={ticket} agents={agents} sent={sent} /> : <Now ticket={ticket} />}
      </div>
      <footer>
        <dl class="facts">
          <Fact term="Requester">
            <a href={`mailto:${ticket.requester}`}>{ticket.requester}</a>
          </Fact>
          <Fact term="Opened">{onDate(ticket.createdAt)}</Fact>
          <Fact term="Last change">{onDate(ticket.updatedAt)}</Fact>
          <Fact term="Conversation">{counted(comments, "comment")}</Fact>
          {ticket.tags.length === 0 ? null : (
            <Fact term="Tags">
              <Tags tags={ticket.tags} />
            </Fact>
          )}
        </dl>
      </footer>
    </aside>
  );
}

function Now({ ticket }: { readonly ticket: Ticket }): VNode {
  return (
    <dl class="facts">
      <Fact term="State">
        <StateMark state={ticket.state} />
      </Fact>
      <Fact term="Priority">
        <PriorityMark priority={ticket.priority} />
      </Fact>
      <Fact term="Assignee">{ticket.assignee ?? "Nobody"}</Fact>
    </dl>
  );
}

function ChangeForm({ ticket, agents, sent }: Pick<Props, "ticket" | "agents" | "sent">): VNode {
  const { assignee } = ticket;
  const names = assignee === null || agents.includes(assignee) ? agents : [...agents, assignee];
  return (
    <form class="fields" method="post" noValidate>
      <input type="hidden" name="intent" value="change" />
      <Select
        name="state"
        label="State"
        sent={sent}
        initial={ticket.state}
        choices={State.options.map((value) => ({ value, label: stateWords[value] }))}
      />
      <Select
        name="priority"
        label="Priority"
        sent={sent}
        initial={ticket.priority}
        choices={Priority.options.toReversed().map((value) => ({ value, label: priorityWords[value] }))}
      />
      <Select
        name="assignee"
        label="Assignee"
        sent={sent}
        initial={assignee ?? ""}
        choices={[{ value: "", label: "Nobody" }, ...names.map((name) => ({ value: name, label: name }))]}
      />
      <div class="actions">
        <button class="button">Update</button>
      </div>
    </form>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: VNode | string }): VNode {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
