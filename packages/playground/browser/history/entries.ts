/** Requests that were sent, in this browser only. */
import type { Exchange } from "../answer/exchange.ts";
import type { Credential } from "../request/credentials.ts";
import type { Draft } from "../request/draft.ts";

export interface Entry {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly key: string;
  readonly method: string;
  readonly target: string;
  readonly draft: Draft;
  /** What proved who calls, without its value. */
  readonly credentials: readonly Omit<Credential, "value">[];
  /** Whether files were in it, which are not kept. */
  readonly files: boolean;
  readonly answer?: EntryAnswer | undefined;
}

export interface EntryAnswer {
  readonly status: number;
  readonly took: number;
  readonly type?: string | undefined;
  readonly problem?: string | undefined;
  /** JSON or a text, unless it is long. */
  readonly value?: unknown;
  readonly streamed?: true;
  readonly redirected?: true;
}

const KEPT = 100;
const LONG = 50_000;

const keyOf = (root: string): string => `openspeed-playground:history:${new URL(root).pathname}`;

export function readHistory(root: string): readonly Entry[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(keyOf(root)) ?? "[]");
    return Array.isArray(list) ? (list as readonly Entry[]) : [];
  } catch {
    return []; // what another version wrote
  }
}

export function keepHistory(root: string, entries: readonly Entry[]): readonly Entry[] {
  const kept = entries.slice(0, KEPT);
  try {
    localStorage.setItem(keyOf(root), JSON.stringify(kept));
  } catch {
    localStorage.removeItem(keyOf(root)); // full: this visit's are still shown
  }
  return kept;
}

export function entryOf(
  { id, at, key, method, target, ...exchange }: Exchange,
  draft: Draft,
  sent: readonly Credential[],
): Entry {
  const { body } = exchange;
  const value = body?.kind === "json" ? body.value : body?.kind === "text" ? body.text : undefined;
  const type = exchange.headers.find(([name]) => name === "content-type")?.[1];
  const answer: EntryAnswer | undefined =
    exchange.status === undefined
      ? undefined
      : {
          status: exchange.status,
          took: exchange.took ?? exchange.waited ?? 0,
          type,
          problem: exchange.problem?.name,
          ...(value !== undefined && JSON.stringify(value).length < LONG && { value }),
          ...(body?.kind === "stream" && { streamed: true }),
          ...(exchange.redirected !== undefined && { redirected: true }),
        };
  const credentials = sent.filter(({ value }) => value !== "").map(({ value: _secret, ...rest }) => rest);
  return {
    id,
    at,
    key,
    method,
    target: withoutSecrets(target, sent),
    credentials,
    draft: withoutFiles(draft),
    files: holdsFile(draft.body),
    answer,
  };
}

/** A key that stands in the query is no part of what is kept. */
function withoutSecrets(target: string, sent: readonly Credential[]): string {
  const names = new Set(sent.flatMap((each) => (each.in === "query" ? [each.name] : [])));
  const [path = "", query] = target.split("?", 2);
  if (query === undefined || names.size === 0) return target;
  const left = new URLSearchParams([...new URLSearchParams(query)].filter(([name]) => !names.has(name)));
  return left.size === 0 ? path : `${path}?${left.toString()}`;
}

function holdsFile(value: unknown): boolean {
  if (value instanceof Blob) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsFile);
}

function withoutFiles(draft: Draft): Draft {
  return JSON.parse(
    JSON.stringify(draft, (_key, value: unknown) => (value instanceof Blob ? undefined : value)),
  ) as Draft;
}
