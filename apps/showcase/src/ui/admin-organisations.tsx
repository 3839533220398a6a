import type { VNode } from "preact";
import type { Organisation } from "../organisations.ts";
import { Input, Refused, type Sent } from "./field.tsx";
import { Avatar } from "./marks.tsx";
import { Done } from "./notice.tsx";
import { ticketsOf } from "./shell.tsx";
import { onDate } from "./words.ts";

interface Props {
  readonly organisations: readonly Organisation[];
  readonly sent: Sent;
  /** The slug of one that was just made. */
  readonly created: string | null;
}

const labels = { name: "Name", slug: "Short name" };

export function AdminOrganisations({ organisations, sent, created }: Props): VNode {
  const made = organisations.find(({ slug }) => slug === created);
  return (
    <div class="stack">
      <h1>Organisations</h1>
      {made === undefined ? null : <Done>{made.name} was created.</Done>}
      <Refused sent={sent} labels={labels} />
      <section class="card" aria-label="All organisations">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Organisation</th>
              <th scope="col">Short name</th>
              <th scope="col" class="figure">
                Tickets
              </th>
              <th scope="col" class="figure">
                To do
              </th>
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {organisations.map(({ slug, name, tickets, open, createdAt }) => (
              <tr key={slug}>
                <th scope="row">
                  <a class="who" href={ticketsOf(slug)}>
                    <Avatar name={name} kind="square" />
                    <span>{name}</span>
                  </a>
                </th>
                <td data-label="Short name">
                  <code>{slug}</code>
                </td>
                <td class="figure" data-label="Tickets">
                  {tickets}
                </td>
                <td class="figure" data-label="To do">
                  {open}
                </td>
                <td data-label="Since">{onDate(createdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section class="card" aria-labelledby="create">
        <header>
          <h2 id="create">Create an organisation</h2>
        </header>
        <form class="padded fields" method="post" noValidate>
          <div class="fields two">
            <Input name="name" label={labels.name} sent={sent} hint="As people say it." required />
            <Input
              name="slug"
              label={labels.slug}
              sent={sent}
              hint="Small letters, digits and hyphens; it stands in addresses."
              required
            />
          </div>
          <div class="actions">
            <button class="button first">Create organisation</button>
          </div>
        </form>
      </section>
    </div>
  );
}
