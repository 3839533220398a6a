import type { VNode } from "preact";
import type { Overview } from "../overview.ts";
import { Avatar } from "./marks.tsx";
import { ticketsOf } from "./shell.tsx";

const figures = [
  ["waiting", "tickets to do"],
  ["unassigned", "that nobody has"],
  ["tickets", "tickets ever"],
  ["comments", "comments"],
  ["organisations", "organisations"],
  ["people", "people"],
] as const;

export function AdminOverview({ overview: { totals, load } }: { readonly overview: Overview }): VNode {
  return (
    <div class="stack">
      <h1>Overview</h1>
      <dl class="figures">
        {figures.map(([key, words]) => (
          <div class="card" key={key}>
            <dt>{words}</dt>
            <dd>{totals[key].toLocaleString("en-GB")}</dd>
          </div>
        ))}
      </dl>
      <section class="card" aria-labelledby="load">
        <header>
          <h2 id="load">What is to do</h2>
        </header>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Organisation</th>
              <th scope="col" class="figure">
                Open
              </th>
              <th scope="col" class="figure">
                Pending
              </th>
              <th scope="col" class="figure">
                Urgent
              </th>
              <th scope="col" class="figure">
                Agents
              </th>
            </tr>
          </thead>
          <tbody>
            {load.map(({ slug, name, open, pending, urgent, agents }) => (
              <tr key={slug}>
                <th scope="row">
                  <a class="who" href={`${ticketsOf(slug)}?state=open&state=pending`}>
                    <Avatar name={name} kind="square" />
                    <span>{name}</span>
                  </a>
                </th>
                <td class="figure" data-label="Open">
                  {open}
                </td>
                <td class="figure" data-label="Pending">
                  {pending}
                </td>
                <td class="figure" data-label="Urgent">
                  {urgent}
                </td>
                <td class="figure" data-label="Agents">
                  {agents}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
