import type { GraphRoute } from "@openspeed/core";
import { policyInWords } from "./policy-in-words.ts";
import { sameJson } from "./same-json.ts";
import { schemaChange } from "./schema-changes.ts";
import { without } from "./without.ts";

/** What of a route is compared. */
export type Facet =
  | "path"
  | "params"
  | "query"
  | "headers"
  | "cookies"
  | "body"
  | "outputs"
  | "offers"
  | "problems"
  | "uses"
  | "policies"
  | "meta"
  | "limits"
  | "deprecated";

export interface Change {
  readonly what: Facet;
  /** In words: `+ taken (409)`. */
  readonly how: string;
}

type Compare = (before: GraphRoute, after: GraphRoute) => string | undefined;

/** How a difference is said, or `undefined` if there is none. */
const FACETS: readonly (readonly [Facet, Compare])[] = [
  ["path", ({ key: a }, { key: b }) => (a === b ? undefined : `${a} → ${b}`)],
  ["params", (a, b) => schemaChange(a.params, b.params, "input")],
  ["query", (a, b) => schemaChange(a.query, b.query, "input")],
  ["headers", (a, b) => schemaChange(a.headers, b.headers, "input")],
  ["cookies", (a, b) => schemaChange(a.cookies, b.cookies, "input")],
  ["body", (a, b) => schemaChange(a.body, b.body, "input")],
  ["outputs", (a, b) => byName(a.outputs, b.outputs, (old, now) => schemaChange(old, now, "output"))],
  ["offers", (a, b) => listChange(a.offers ?? [], b.offers ?? [])],
  ["problems", (a, b) => byName(labelled(a), labelled(b), dataChange)],
  ["uses", (a, b) => listChange(a.uses, b.uses)],
  ["policies", (a, b) => listChange(a.policies.map(policyInWords), b.policies.map(policyInWords))],
  ["meta", (a, b) => byName(a.meta, b.meta, (old, now) => (sameJson(old, now) ? undefined : "changed"))],
  ["limits", (a, b) => (sameJson(a.limits, b.limits) ? undefined : `${limits(a)} → ${limits(b)}`)],
  ["deprecated", (a, b) => (a.deprecated === b.deprecated ? undefined : b.deprecated ? "now" : "no more")],
];

/** Pure: what callers and reviewers of a route see that is not as it was. Words for people, and its file, do not count. */
export function changesOf(before: GraphRoute, after: GraphRoute): readonly Change[] {
  return FACETS.flatMap(([what, compare]) => {
    const how = compare(before, after);
    return how === undefined ? [] : [{ what, how }];
  });
}

function dataChange(before: GraphRoute["problems"][string], after: GraphRoute["problems"][string]): string | undefined {
  const how = schemaChange(before.data, after.data, "output");
  return how && `data ${how}`;
}

function labelled({ problems }: GraphRoute): GraphRoute["problems"] {
  return Object.fromEntries(Object.entries(problems).map(([name, each]) => [`${name} (${each.status})`, each]));
}

function byName<T>(
  before: { readonly [name: string]: T },
  after: { readonly [name: string]: T },
  compare: (old: T, now: T) => string | undefined,
): string | undefined {
  const parts: string[] = [];
  for (const [name, now] of Object.entries(after)) {
    const old = before[name];
    const how = old === undefined ? undefined : compare(old, now);
    if (!Object.hasOwn(before, name)) parts.push(`+ ${name}`);
    else if (how !== undefined) parts.push(`~ ${name}: ${how}`);
  }
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) parts.push(`- ${name}`);
  return parts.length === 0 ? undefined : parts.join(", ");
}

function listChange(before: readonly string[], after: readonly string[]): string | undefined {
  const parts = [
    ...without(after, before).map((each) => `+ ${each}`),
    ...without(before, after).map((each) => `- ${each}`),
  ];
  if (parts.length > 0) return parts.join(", ");
  return sameJson(before, after) ? undefined : `now in the order ${after.join(", ")}`;
}

function limits({ limits: own }: GraphRoute): string {
  return own === undefined
    ? "the app's"
    : Object.entries(own)
        .map(([name, value]) => `${name} ${value}`)
        .join(", ");
}
