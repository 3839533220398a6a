// What every subject does, so that only who is let in differs.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** What a request costs: time of the CPU, or a place in a pool. */
export const kinds = ["cpu", "pool"] as const;
export type Kind = (typeof kinds)[number];

const POOL = 10;
const HELD_MS = 20;
const text = "overload".repeat(512);

/** About 1.5 ms of CPU, the same whoever runs it and however busy the machine is. */
export function burn(): string {
  let digest = text;
  for (let i = 0; i < 300; i++) digest = createHash("sha256").update(digest).update(text).digest("hex");
  return digest;
}

let free = POOL;
const waiting: (() => void)[] = [];

/** A place in a pool of ten, for 20 ms, such as a connection to a database: 500 a second and no more. */
export async function hold(): Promise<string> {
  if (free === 0) await new Promise<void>((resolve) => void waiting.push(resolve));
  else free--;
  await sleep(HELD_MS);
  const next = waiting.shift();
  if (next === undefined) free++;
  else next();
  return "held";
}

/** By path: what a request is worth, where the subject knows. */
export const PATHS = { normal: "/work", critical: "/critical", low: "/low", health: "/healthz" } as const;
