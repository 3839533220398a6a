/** What ran: kept by the handlers themselves, apart from everything that is attacked. */
import type { Context } from "@openspeed/core";
import type { Access, TableRoute } from "./oracle.ts";
import { keyOf } from "./oracle.ts";

/** In every answer of a handler that not everyone may reach: who reads it without being entitled was let through. */
export const SECRET = "the-crown-jewels";
/** In files that nobody may have, whoever asks. */
export const NEVER = "never-to-be-served";
/** Whom guards let in; anybody else is nobody. */
export const CALLERS: readonly string[] = ["7", "ada"];

export interface Entry {
  readonly subject: string;
  readonly key: string;
  /** The case's, as the request's `x-attack` says. */
  readonly id: string;
  /** Whether this request may get here, by the handler's own judgement. */
  readonly entitled: boolean;
  /** What a handler must never be given, and was. */
  readonly faults: readonly string[];
}

export interface Ledger {
  readonly note: (entry: Entry) => void;
  /** All entries since it was asked last. */
  readonly take: () => readonly Entry[];
}

export function makeLedger(): Ledger {
  let entries: Entry[] = [];
  return {
    note: (entry) => void entries.push(entry),
    take() {
      const taken = entries;
      entries = [];
      return taken;
    },
  };
}

/** Whom a request is from: the one check that subjects' guards and their handlers share, so that it cannot be what is wrong. */
export function callerOf(header: (name: string) => string | null): string | undefined {
  const given = /^Bearer (\S+)$/.exec(header("authorization") ?? "")?.[1];
  return given !== undefined && CALLERS.includes(given) ? given : undefined;
}

export function isEntitled(access: Access, caller: string | undefined, id: unknown): boolean {
  if (access === "public") return true;
  if (access === "self") return caller !== undefined && String(id) === caller;
  return access === "caller" && caller !== undefined;
}

/** What a handler sees of its request, as far as witnesses look. */
type Seen = Pick<Context, "header"> & { readonly params?: unknown };

/** A handler that tells the ledger of each run. */
export type Witness = (
  route: Pick<TableRoute, "method" | "path" | "access">,
  faultsOf?: (ctx: never) => readonly string[],
) => (ctx: Seen) => { readonly key: string; readonly secret?: string };

export function makeWitness(ledger: Ledger, subject: string): Witness {
  return (route, faultsOf = () => []) => {
    const key = keyOf(route);
    return (ctx) => {
      const { id } = (ctx.params ?? {}) as { readonly id?: unknown };
      ledger.note({
        subject,
        key,
        id: ctx.header("x-attack") ?? "",
        entitled: isEntitled(route.access, callerOf(ctx.header), id),
        faults: faultsOf(ctx as never),
      });
      return route.access === "public" ? { key } : { key, secret: SECRET };
    };
  };
}
