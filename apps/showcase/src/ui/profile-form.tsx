import type { VNode } from "preact";
import type { Person } from "../people.ts";
import { Checkbox, Input, Refused, type Sent, TextArea } from "./field.tsx";
import { Avatar } from "./marks.tsx";

interface Props {
  readonly person: Person;
  readonly sent: Sent;
  readonly isSent: boolean;
}

const labels = { name: "Name", email: "Mail address", signature: "Signature", shortcuts: "Keyboard shortcuts" };

export function ProfileForm({ person, sent, isSent }: Props): VNode {
  return (
    <form class="stack" method="post" noValidate>
      <Refused sent={sent} labels={labels} />
      <section class="card" aria-labelledby="profile">
        <header>
          <h2 id="profile">Profile</h2>
          <span class="who">
            <Avatar name={person.name} />
            <span class="muted small">{person.role === "staff" ? "Desk staff" : "Agent"}</span>
          </span>
        </header>
        <div class="padded fields">
          <Input
            name="name"
            label={labels.name}
            hint="It stands beside your answers, and on tickets that you have."
            autocomplete="name"
            sent={sent}
            initial={person.name}
            required
          />
          <Input
            name="email"
            label={labels.email}
            type="email"
            autocomplete="email"
            sent={sent}
            initial={person.email}
            required
          />
          <TextArea
            name="signature"
            label={labels.signature}
            hint="Put below each of your answers."
            sent={sent}
            initial={person.signature}
            rows={3}
          />
          <Checkbox
            name="shortcuts"
            label={labels.shortcuts}
            hint="Single keys: / to search, j and k to move in a list, n for a new ticket."
            checked={isSent ? sent.values["shortcuts"] === "on" : person.shortcuts}
          />
        </div>
        <footer class="actions">
          <button class="button first">Save profile</button>
        </footer>
      </section>
    </form>
  );
}
