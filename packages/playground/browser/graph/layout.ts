/** Where providers and middleware stand: what needs nothing on the left, what needs it to the right of it. */
import type { Graph } from "@openspeed/core";

export interface GraphNode {
  readonly name: string;
  readonly kind: "app" | "request" | "middleware";
  readonly needs: readonly string[];
  /** Keys of routes that use it. */
  readonly routes: readonly string[];
}

export interface PlacedNode extends GraphNode {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly { readonly from: PlacedNode; readonly to: PlacedNode }[];
  readonly width: number;
  readonly height: number;
}

export const NODE: { readonly width: number; readonly height: number } = { width: 176, height: 46 };
const GAP = { x: 88, y: 18 } as const;
const MARGIN = 16;

export function nodesOf({ providers, middleware, routes }: Graph): readonly GraphNode[] {
  const users = (name: string): readonly string[] =>
    routes.filter(({ uses }) => uses.includes(name)).map(({ key }) => key);
  const known = new Set([...providers, ...middleware].map(({ name }) => name));
  return [
    ...providers.map(({ name, scope, needs }) => ({ name, kind: scope, needs, routes: users(name) })),
    ...middleware.map(({ name, needs }) => ({ name, kind: "middleware" as const, needs, routes: users(name) })),
  ].map((node) => ({ ...node, needs: node.needs.filter((need) => known.has(need)) }));
}

export function layOut(nodes: readonly GraphNode[]): Layout {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const depths = new Map<string, number>();
  // The graph of an app that compiles has no cycle.
  const depthOf = (node: GraphNode): number => {
    const known = depths.get(node.name);
    if (known !== undefined) return known;
    depths.set(node.name, 0);
    const below = node.needs.map((need) => byName.get(need)).filter((need) => need !== undefined);
    const depth = below.length === 0 ? 0 : 1 + Math.max(...below.map(depthOf));
    depths.set(node.name, depth);
    return depth;
  };
  const columns: GraphNode[][] = [];
  for (const node of nodes) (columns[depthOf(node)] ??= []).push(node);

  // Each column in the order of what its nodes need, so that lines seldom cross.
  const rows = new Map<string, number>();
  for (const column of columns) {
    const wish = (node: GraphNode): number => {
      const known = node.needs.map((need) => rows.get(need)).filter((row) => row !== undefined);
      return known.length === 0 ? Number.MAX_SAFE_INTEGER : known.reduce((sum, row) => sum + row, 0) / known.length;
    };
    column.sort((a, b) => wish(a) - wish(b) || b.routes.length - a.routes.length || a.name.localeCompare(b.name));
    column.forEach((node, row) => rows.set(node.name, row));
  }
  const tallest = Math.max(0, ...columns.map((column) => column.length));
  const step = NODE.height + GAP.y;
  const placed = columns.flatMap((column, c) =>
    column.map((node, row) => ({
      ...node,
      x: MARGIN + c * (NODE.width + GAP.x),
      y: MARGIN + row * step + ((tallest - column.length) * step) / 2,
    })),
  );
  const at = new Map(placed.map((node) => [node.name, node]));
  return {
    nodes: placed,
    edges: placed.flatMap((to) =>
      direct(to, byName).flatMap((need) => {
        const from = at.get(need);
        return from === undefined ? [] : [{ from, to }];
      }),
    ),
    width: 2 * MARGIN + columns.length * NODE.width + Math.max(0, columns.length - 1) * GAP.x,
    height: 2 * MARGIN + tallest * step - GAP.y,
  };
}

/** What a node needs beside what its other needs need already: lines that say nothing new would only cross others. */
function direct(node: GraphNode, byName: ReadonlyMap<string, GraphNode>): readonly string[] {
  const implied = new Set<string>();
  const open = node.needs.flatMap((need) => byName.get(need)?.needs ?? []);
  for (const name of open) {
    if (implied.has(name)) continue;
    implied.add(name);
    open.push(...(byName.get(name)?.needs ?? []));
  }
  return node.needs.filter((need) => !implied.has(need));
}
