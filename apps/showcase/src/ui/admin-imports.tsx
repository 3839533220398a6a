import type { VNode } from "preact";
import type { ImportRun } from "../imports.ts";
import { Empty } from "./notice.tsx";
import { ticketsOf } from "./shell.tsx";
import { atTime } from "./words.ts";

export function AdminImports({
  imports,
  origin,
}: {
  readonly imports: readonly ImportRun[];
  readonly origin: string;
}): VNode {
  return (
    <div class="stack">
      <h1>Imports</h1>
      <section class="card" aria-label="The latest imports">
        {imports.length === 0 ? (
          <Empty title="Nothing was imported yet">
            <p>
              Tickets come as CSV by the API; the first line names the columns. What became of each file is shown here.
            </p>
            <pre class="command">{`curl -X POST ${origin}/api/organisations/siam-cycles/tickets/import \\
  -H 'content-type: text/csv' --data-binary @tickets.csv`}</pre>
          </Empty>
        ) : (
          <Runs imports={imports} />
        )}
      </section>
    </div>
  );
}

function Runs({ imports }: { readonly imports: readonly ImportRun[] }): VNode {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">Organisation</th>
          <th scope="col">When</th>
          <th scope="col" class="figure">
            Imported
          </th>
          <th scope="col" class="figure">
            Refused
          </th>
          <th scope="col" class="figure">
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {imports.map(({ id, organisation, name, finishedAt, imported, rejected, milliseconds }) => (
          <tr key={id}>
            <th scope="row">
              <a href={ticketsOf(organisation)}>{name}</a>
            </th>
            <td data-label="When">
              <time dateTime={finishedAt}>{atTime(finishedAt)}</time>
            </td>
            <td class="figure" data-label="Imported">
              {imported.toLocaleString("en-GB")}
            </td>
            <td class="figure" data-label="Refused">
              {rejected.toLocaleString("en-GB")}
            </td>
            <td class="figure" data-label="Took">
              {(milliseconds / 1000).toFixed(1)} s
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
