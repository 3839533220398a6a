import type { VNode } from "preact";
import type { Organisation } from "../organisations.ts";
import { Priority } from "../tickets/ticket.ts";
import { Input, Refused, Select, type Sent, TextArea } from "./field.tsx";
import { ticketsOf } from "./shell.tsx";
import { priorityWords } from "./words.ts";

interface Props {
  readonly organisation: Organisation;
  readonly agents: readonly string[];
  readonly priority: Priority;
  readonly sent: Sent;
}

const labels = {
  title: "Title",
  requester: "Requester",
  description: "Description",
  priority: "Priority",
  assignee: "Assignee",
  tags: "Tags",
};

export function NewTicketView({ organisation, agents, priority, sent }: Props): VNode {
  const here = ticketsOf(organisation.slug);
  return (
    <div class="stack">
      <nav class="crumbs" aria-label="Way here">
        <ol>
          <li>
            <a href={`${here}?state=open&state=pending`}>{organisation.name}</a>
          </li>
          <li aria-current="page">New ticket</li>
        </ol>
      </nav>
      <h1>New ticket</h1>
      <Refused sent={sent} labels={labels} />
      <form class="card padded fields" method="post" noValidate>
        <Input name="title" label={labels.title} placeholder="What is it about?" sent={sent} required />
        <Input
          name="requester"
          label={labels.requester}
          hint="The customer's mail address."
          type="email"
          autocomplete="email"
          sent={sent}
          required
        />
        <TextArea name="description" label={labels.description} sent={sent} rows={7} />
        <div class="fields two">
          <Select
            name="priority"
            label={labels.priority}
            sent={sent}
            initial={priority}
            choices={Priority.options.toReversed().map((value) => ({ value, label: priorityWords[value] }))}
          />
          <Select
            name="assignee"
            label={labels.assignee}
            sent={sent}
            choices={[{ value: "", label: "Nobody" }, ...agents.map((name) => ({ value: name, label: name }))]}
          />
        </div>
        <Input
          name="tags"
          label={labels.tags}
          hint="Small letters, digits and hyphens; a space between two tags."
          sent={sent}
        />
        <div class="actions">
          <button class="button first">Create ticket</button>
          <a class="button quiet" href={here}>
            Cancel
          </a>
        </div>
      </form>
    </div>
  );
}
