import { answer } from "../process/answer.ts";
import type { Listening } from "../http/subject.ts";

/** Bytes that the process holds of the machine's memory, after its garbage was collected. */
export type MemoryQuestion = "rss";

/** Called by each subject when it listens on 127.0.0.1. Needs `--expose-gc`. */
export function listening(port: number): void {
  answer<Listening, MemoryQuestion, number>({ port }, () => {
    gc?.();
    return process.memoryUsage.rss();
  });
}
