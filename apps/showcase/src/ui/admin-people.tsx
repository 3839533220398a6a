import type { VNode } from "preact";
import type { Person } from "../people.ts";
import { Refused } from "./field.tsx";
import { Avatar } from "./marks.tsx";
import { Empty } from "./notice.tsx";

interface Props {
  readonly people: readonly Person[];
  /** Whose role stays. */
  readonly self: string;
  readonly refused: string | undefined;
}

export function AdminPeople({ people, self, refused }: Props): VNode {
  return (
    <div class="stack">
      <h1>People</h1>
      <Refused sent={{ values: {}, errors: {} }} labels={{}} message={refused} />
      <section class="card" aria-label="Everybody">
        {people.length === 0 ? (
          <Empty title="Nobody yet">
            <p>People come with the demonstration's data.</p>
          </Empty>
        ) : (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Mail address</th>
                <th scope="col">Organisation</th>
                <th scope="col">Role</th>
                <th scope="col">
                  <span class="unseen">Change</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <Row key={person.id} person={person} self={person.id === self} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

function Row({
  person: { id, name, email, house, role },
  self,
}: {
  readonly person: Person;
  readonly self: boolean;
}): VNode {
  const isStaff = role === "staff";
  return (
    <tr>
      <th scope="row">
        <span class="who">
          <Avatar name={name} />
          <span>{name}</span>
        </span>
      </th>
      <td class="wrap" data-label="Mail">
        {email}
      </td>
      <td data-label="Organisation">{house}</td>
      <td data-label="Role">{isStaff ? <span class="badge">Staff</span> : "Agent"}</td>
      <td class="figure">
        {self ? (
          <span class="muted small">that is you</span>
        ) : (
          <form method="post" noValidate>
            <input type="hidden" name="person" value={id} />
            <button class="button slim" name="role" value={isStaff ? "agent" : "staff"}>
              {isStaff ? "Make agent" : "Make staff"}
              <span class="unseen"> of {name}</span>
            </button>
          </form>
        )}
      </td>
    </tr>
  );
}
