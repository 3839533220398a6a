import { getHeapStatistics } from "node:v8";

/** Looks in a row in which memory must be short. Garbage waits to be collected, so only the lowest of them counts. */
const LOOKS = 5;

/** Whether memory has been short for a while, of what is in use: a part of what there is, told at each look. */
export function createShortage(limit: number): (used: number) => boolean {
  const looks: number[] = [];
  return (used) => {
    looks.push(used);
    if (looks.length > LOOKS) looks.shift();
    return looks.length === LOOKS && Math.min(...looks) > limit;
  };
}

/**
 * The part of the memory that this process has in use: of the heap's limit, or of what the container allows it and as many
 * others of its kind, whichever is more.
 */
export function memoryInUse(processes: number): number {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  const allowed = containerLimit();
  const contained = allowed === undefined ? 0 : (process.memoryUsage.rss() * processes) / allowed;
  return Math.max(limit > 0 ? used / limit : 0, contained);
}

/** `undefined` where there is none: Node says 0 then, or more than any machine has. Bun does not tell; Deno does, if it may. */
function containerLimit(): number | undefined {
  try {
    const allowed = process.constrainedMemory();
    return allowed > 0 && allowed <= Number.MAX_SAFE_INTEGER ? allowed : undefined;
  } catch {
    return undefined;
  }
}
