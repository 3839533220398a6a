import type { VNode } from "preact";
import type { OrganisationSettings } from "../organisations.ts";
import { Priority } from "../tickets/ticket.ts";
import { Input, Refused, Select, type Sent } from "./field.tsx";
import { Empty } from "./notice.tsx";
import { priorityWords } from "./words.ts";

interface Props {
  /** Of the person's organisation; Desk's own people have none. */
  readonly settings: OrganisationSettings | undefined;
  readonly sent: Sent;
}

const labels = { name: "Name", contact: "Support address", defaultPriority: "Priority of new tickets" };

export function OrganisationForm({ settings, sent }: Props): VNode {
  if (settings === undefined)
    return (
      <section class="card">
        <Empty title="You belong to no organisation">
          <p>Desk's own people look after all of them under Administration.</p>
          <div class="actions">
            <a class="button" href="/admin/organisations">
              To all organisations
            </a>
          </div>
        </Empty>
      </section>
    );
  return (
    <form class="stack" method="post" noValidate>
      <Refused sent={sent} labels={labels} />
      <section class="card" aria-labelledby="organisation">
        <header>
          <h2 id="organisation">Organisation</h2>
          <span class="muted small">For everybody in it.</span>
        </header>
        <div class="padded fields">
          <Input
            name="name"
            label={labels.name}
            autocomplete="organization"
            sent={sent}
            initial={settings.name}
            required
          />
          <Input
            name="contact"
            label={labels.contact}
            hint="Where customers write to. It may stay empty."
            type="email"
            sent={sent}
            initial={settings.contact}
          />
          <Select
            name="defaultPriority"
            label={labels.defaultPriority}
            sent={sent}
            initial={settings.defaultPriority}
            choices={Priority.options.toReversed().map((value) => ({ value, label: priorityWords[value] }))}
          />
        </div>
        <footer class="actions">
          <button class="button first">Save organisation</button>
        </footer>
      </section>
    </form>
  );
}
