import type { VNode } from "preact";
import { Digest, type Person } from "../people.ts";
import { Checkbox, Refused, Select, type Sent } from "./field.tsx";

const digestWords: Readonly<Record<Digest, string>> = {
  never: "Never",
  daily: "Every morning",
  weekly: "Every Monday",
};

export function NotificationsForm({ person, sent }: { readonly person: Person; readonly sent: Sent }): VNode {
  return (
    <form class="stack" method="post" noValidate>
      <Refused sent={sent} labels={{ digest: "Summary" }} />
      <section class="card" aria-labelledby="notifications">
        <header>
          <h2 id="notifications">Notifications</h2>
          <span class="muted small">Desk sends no mail yet; it remembers what you want.</span>
        </header>
        <div class="padded fields">
          <fieldset class="choices">
            <legend class="label">Write to {person.email} when</legend>
            <Checkbox
              name="onAssigned"
              label="A ticket is given to me"
              hint="Once for each ticket."
              checked={person.onAssigned}
            />
            <Checkbox
              name="onComment"
              label="Somebody answers on a ticket of mine"
              hint="Not for what you write yourself."
              checked={person.onComment}
            />
          </fieldset>
          <Select
            name="digest"
            label="Summary of what is open"
            sent={sent}
            initial={person.digest}
            choices={Digest.options.map((value) => ({ value, label: digestWords[value] }))}
          />
        </div>
        <footer class="actions">
          <button class="button first">Save notifications</button>
        </footer>
      </section>
    </form>
  );
}
