import type { Graph, GraphRoute } from "@openspeed/core";
import type { JSX } from "preact";
import { milliseconds } from "../units.ts";
import type { Timing } from "./server-timing.ts";

export interface PlanProps {
  readonly route: GraphRoute;
  readonly graph: Graph;
  readonly timings: readonly Timing[];
  /** Whether an answer is there. */
  readonly answered: boolean;
}

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly timing: Timing | undefined;
  readonly note: string;
}

/** What runs for a request, in its order, and how long each took. */
export function Plan({ route, graph, timings, answered }: PlanProps): JSX.Element {
  const total = Math.max(...timings.map(({ start, took }) => start + took), 0.001);
  const rows = rowsOf(route, graph, timings, answered);
  return (
    <div class="plan">
      <table>
        <caption class="visually-hidden">What ran, in this order</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Kind</th>
            <th scope="col" class="plan-bar-head">
              <span class="visually-hidden">When</span>
            </th>
            <th scope="col" class="number">
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, kind, timing, note }, i) => (
            <tr key={i} class={timing === undefined ? "plan-quiet" : ""}>
              <th scope="row">
                <span class={`plan-name plan-depth-${Math.min(timing?.depth ?? 0, 8)}`}>{name}</span>
              </th>
              <td class="plan-kind">{kind}</td>
              <td class="plan-bar">
                {timing !== undefined && (
                  <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect
                      class={`bar bar-${timing.kind}`}
                      x={(timing.start / total) * 100}
                      y="1"
                      height="6"
                      rx="1"
                      width={Math.max(0.8, (timing.took / total) * 100)}
                    />
                  </svg>
                )}
              </td>
              <td class="number">
                {timing === undefined ? <span class="field-hint">{note}</span> : milliseconds(timing.took)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="field-hint plan-foot">{footOf(timings, answered)}</p>
    </div>
  );
}

function footOf(timings: readonly Timing[], answered: boolean): string {
  if (timings.length > 0)
    return "Middleware's time holds that of what is inside of it. The handler's holds decoding and encoding.";
  return answered ? "The app says times in development only." : "Send the request to see how long each step takes.";
}

function rowsOf(
  { uses }: GraphRoute,
  { providers }: Graph,
  timings: readonly Timing[],
  answered: boolean,
): readonly Row[] {
  const scopes = new Map(providers.map(({ name, scope }) => [name, scope]));
  const kindOf = (name: string): string => {
    const scope = scopes.get(name);
    return scope === undefined ? "middleware" : scope === "app" ? "provider, app" : "provider";
  };
  const once = uses
    .filter((name) => scopes.get(name) === "app")
    .map((name) => ({ name, kind: kindOf(name), timing: undefined, note: "with the app" }));
  const steps = uses.filter((name) => scopes.get(name) !== "app");
  const waiting = [...timings];
  const ran = timings.map((timing) => ({ name: timing.name, kind: timing.kind, timing, note: "" }));
  const notRun = [...steps, "handler"].filter((name) => {
    const at = waiting.findIndex((timing) => timing.name === name);
    if (at >= 0) waiting.splice(at, 1);
    return at < 0;
  });
  const note = timings.length > 0 ? "did not run" : answered ? "" : "–";
  return [
    ...once,
    ...ran,
    ...notRun.map((name) => ({ name, kind: name === "handler" ? "handler" : kindOf(name), timing: undefined, note })),
  ];
}
