import type { VNode } from "preact";
import type { Person } from "../people.ts";
import { Down } from "./icons.tsx";
import { Avatar } from "./marks.tsx";

export interface PersonMenuProps {
  readonly person: Person | undefined;
  /** Whom one can be; nobody where there is no picking. */
  readonly people: readonly Person[];
  /** Where to come back to. */
  readonly back: string;
}

/** Who one is, and who else one could be while there is no sign-in. A plain form, so it needs no script. */
export function PersonMenu({ person, people, back }: PersonMenuProps): VNode {
  return (
    <details class="menu up">
      <summary class="row self">
        <Avatar name={person?.name ?? null} kind="large" />
        <span class="name">
          <span>{person?.name ?? "Guest"}</span>
          <small>{describe(person)}</small>
        </span>
        <Down />
      </summary>
      <div class="panel">
        {people.length === 0 ? (
          <p>Desk has no sign-in yet. Outside of development everybody is a guest, who can read and change nothing.</p>
        ) : (
          <PickForm person={person} people={people} back={back} />
        )}
      </div>
    </details>
  );
}

function describe(person: Person | undefined): string {
  if (person === undefined) return "can only read";
  return person.role === "staff" ? "Desk staff" : person.email;
}

/** One button for each person; the one that is pressed is sent. */
export function PickForm({ person, people, back }: PersonMenuProps): VNode {
  const groups = Map.groupBy(people, ({ house }) => house);
  return (
    <form method="post" action="/person">
      <input type="hidden" name="back" value={back} />
      {[...groups].map(([group, members]) => (
        <div key={group}>
          <h2>{group}</h2>
          <div class="people">
            {members.map(({ id, name }) => (
              <button class="row" key={id} name="person" value={id} aria-pressed={id === person?.id ? "true" : "false"}>
                <Avatar name={name} />
                <span class="name">{name}</span>
              </button>
            ))}
          </div>
        </div>
      ))}
      <h2>Nobody</h2>
      <button class="row" name="person" value="" aria-pressed={person === undefined ? "true" : "false"}>
        <Avatar name={null} />
        <span class="name">Guest</span>
      </button>
    </form>
  );
}
