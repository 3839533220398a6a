import type { VNode } from "preact";
import type { Sort } from "../tickets/cursor.ts";
import type { ListSearch } from "../tickets/list-search.ts";
import { Priority, State } from "../tickets/ticket.ts";
import { type Choice, Select } from "./field.tsx";
import { priorityWords, stateWords } from "./words.ts";

const sorts: Readonly<Record<Sort, string>> = {
  "-created": "Newest first",
  created: "Oldest first",
  "-updated": "Latest change first",
  updated: "Longest quiet first",
  "-priority": "Most urgent first",
  priority: "Least urgent first",
};

const nothing = { values: {}, errors: {} };

interface Props {
  readonly search: ListSearch;
  readonly agents: readonly string[];
  /** The list's own address. */
  readonly action: string;
}

/** A plain form that asks for the list again. */
export function TicketFilter({ search, agents, action }: Props): VNode {
  const { assignee } = search;
  // Somebody who left, or was named in an import, can still be asked for.
  const names =
    assignee === undefined || assignee === "none" || agents.includes(assignee) ? agents : [...agents, assignee];
  const assignees: Choice[] = [
    { value: "", label: "Anybody" },
    { value: "none", label: "Nobody" },
    ...names.map((name) => ({ value: name, label: name })),
  ];
  const priorities = Priority.options.toReversed().map((value) => ({ value, label: priorityWords[value] }));
  return (
    <form class="filter card" method="get" action={action} role="search" aria-label="Tickets">
      <fieldset class="pills">
        <legend>State</legend>
        {State.options.map((state) => (
          <span class="pill" key={state}>
            <input
              type="checkbox"
              id={`state-${state}`}
              name="state"
              value={state}
              checked={search.state?.includes(state) === true}
            />
            <label for={`state-${state}`}>{stateWords[state]}</label>
          </span>
        ))}
      </fieldset>
      <div class="line">
        <div class="field search">
          <label for="q">Search</label>
          <input
            type="search"
            id="q"
            name="q"
            value={search.q ?? ""}
            maxLength={200}
            placeholder="Words of title or description"
            autocomplete="off"
          />
        </div>
        <Select
          name="priority"
          label="Priority"
          sent={nothing}
          initial={search.priority ?? ""}
          choices={[{ value: "", label: "Any" }, ...priorities]}
        />
        <Select name="assignee" label="Assignee" sent={nothing} initial={assignee ?? ""} choices={assignees} />
        <Select
          name="sort"
          label="Order"
          sent={nothing}
          initial={search.sort}
          choices={Object.entries(sorts).map(([value, label]) => ({ value, label }))}
        />
        {search.tag === undefined ? null : <input type="hidden" name="tag" value={search.tag} />}
        <div class="actions">
          <button class="button">Apply</button>
          <a class="button quiet" href={action}>
            Clear
          </a>
        </div>
      </div>
    </form>
  );
}
