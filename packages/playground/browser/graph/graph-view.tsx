import type { Graph } from "@openspeed/core";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { hrefOf } from "../route-list.tsx";
import { type GraphNode, layOut, type Layout, NODE, nodesOf, type PlacedNode } from "./layout.ts";

const KINDS = { app: "provider, app", request: "provider, request", middleware: "middleware" } as const;

/** Providers and middleware, and which of them need which: drawn, and as a table. */
export function GraphView({ graph }: { readonly graph: Graph }): JSX.Element {
  const nodes = useMemo(() => nodesOf(graph), [graph]);
  const layout = useMemo(() => layOut(nodes), [nodes]);
  const [selected, select] = useState<string | undefined>(undefined);
  return (
    <section class="page" aria-labelledby="graph-title">
      <div class="page-head">
        <div>
          <h1 id="graph-title">Graph</h1>
          <p class="lead">
            What routes use, and what that needs in turn. Lines go from what is needed to what needs it; the table has
            all of them.
          </p>
        </div>
        <ul class="legend" aria-label="Kinds">
          {Object.entries(KINDS).map(([kind, words]) => (
            <li key={kind}>
              <span class={`dot dot-${kind}`} /> {words}
            </li>
          ))}
        </ul>
      </div>
      {nodes.length === 0 ? (
        <p class="empty">No route uses a provider or middleware.</p>
      ) : (
        <>
          <Drawing
            layout={layout}
            selected={selected}
            onSelect={(name) => select(name === selected ? undefined : name)}
          />
          <NodeTable nodes={nodes} selected={selected} />
        </>
      )}
    </section>
  );
}

interface DrawingProps {
  readonly layout: Layout;
  readonly selected: string | undefined;
  readonly onSelect: (name: string) => void;
}

function Drawing({ layout, selected, onSelect }: DrawingProps): JSX.Element {
  const near = selected === undefined ? undefined : connected(selected, layout);
  return (
    <div class="drawing" tabIndex={0} role="region" aria-label="Drawing">
      <svg
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="group"
        aria-label={`${layout.nodes.length} items, ${layout.edges.length} needs. The table below says the same.`}
      >
        {layout.edges.map(({ from, to }) => (
          <path
            key={`${from.name} ${to.name}`}
            class={`edge ${near === undefined ? "" : near.has(from.name) && near.has(to.name) ? "edge-near" : "far"}`}
            d={curve(from, to)}
          />
        ))}
        {layout.nodes.map((node) => (
          <g
            key={node.name}
            class={`node ${near === undefined || near.has(node.name) ? "" : "far"}`}
            transform={`translate(${node.x} ${node.y})`}
            role="button"
            tabindex={0}
            aria-pressed={node.name === selected}
            aria-label={`${node.name} ${routeCount(node)}, ${KINDS[node.kind]}`}
            onClick={() => onSelect(node.name)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              onSelect(node.name);
            }}
          >
            <rect width={NODE.width} height={NODE.height} rx="9" />
            <circle class={`dot-${node.kind}`} cx="17" cy="18" r="4" />
            <text x="29" y="22" class="node-name">
              {node.name.length > 18 ? `${node.name.slice(0, 17)}…` : node.name}{" "}
            </text>
            <text x="29" y="37" class="node-about">
              {routeCount(node)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

function routeCount({ routes }: GraphNode): string {
  return `${routes.length} ${routes.length === 1 ? "route" : "routes"}`;
}

function curve(from: PlacedNode, to: PlacedNode): string {
  const [x1, y1, x2, y2] = [from.x + NODE.width, from.y + NODE.height / 2, to.x, to.y + NODE.height / 2];
  const bend = Math.max(32, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** What a node needs and what needs it, however far. */
function connected(name: string, { edges }: Layout): ReadonlySet<string> {
  const found = new Set([name]);
  const follow = (from: "from" | "to", to: "from" | "to"): void => {
    const open = [name];
    for (const at of open) {
      for (const edge of edges) {
        if (edge[from].name !== at || open.includes(edge[to].name)) continue;
        open.push(edge[to].name);
        found.add(edge[to].name);
      }
    }
  };
  follow("from", "to");
  follow("to", "from");
  return found;
}

function NodeTable({
  nodes,
  selected,
}: {
  readonly nodes: readonly GraphNode[];
  readonly selected: string | undefined;
}): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Table">
      <table class="nodes">
        <caption class="visually-hidden">Providers and middleware</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">Needs</th>
            <th scope="col">Used by</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.name} class={node.name === selected ? "picked" : ""}>
              <th scope="row">
                <code>{node.name}</code>
              </th>
              <td>
                <span class={`dot dot-${node.kind}`} /> {KINDS[node.kind]}
              </td>
              <td>{node.needs.length === 0 ? <span class="field-hint">nothing</span> : node.needs.join(", ")}</td>
              <td>
                <details open={node.name === selected}>
                  <summary>{routeCount(node)}</summary>
                  <ul>
                    {node.routes.map((key) => (
                      <li key={key}>
                        <a href={hrefOf(key)}>{key}</a>
                      </li>
                    ))}
                  </ul>
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
