/** Runs a target in a thread of its own, from which nothing can take the process along: no crash, no endless loop, no leak. */
import { Worker } from "node:worker_threads";
import type { Reach } from "./coverage.ts";

export interface RunOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Whether the short inputs that reach all are put into the checked-in corpus. */
  readonly keep?: boolean;
  /** Seconds that one input may take before the thread is ended. Default 10. */
  readonly hang?: number;
  /** The module that has the targets. Default: ours. */
  readonly targets?: URL;
}

export interface WorkerData {
  readonly target: string;
  readonly targets: string;
  readonly seed: number;
  readonly seconds: number;
  readonly keep: boolean;
  readonly board: SharedArrayBuffer;
}

export interface Summary {
  readonly runs: number;
  readonly seconds: number;
  readonly pool: number;
  readonly reach: readonly Reach[];
  /** Bytes in use after a collection, at the start and at the end. */
  readonly heap: readonly [before: number, after: number];
  readonly finding: { readonly input: Uint8Array; readonly error: string } | undefined;
}

/** Longest input that can be shown. */
const BOARD = 64 * 1024;
/** What a thread may use: more is a leak, or a bomb. */
const MEGABYTES = 512;

/** Where the thread shows what it is about to run: how many it has begun, the length, the bytes. */
export function createBoard(): SharedArrayBuffer {
  return new SharedArrayBuffer(8 + BOARD);
}

export function showInput(board: SharedArrayBuffer, input: Uint8Array): void {
  const [head, shown] = [new Int32Array(board, 0, 2), new Uint8Array(board, 8)];
  shown.set(input.subarray(0, BOARD));
  head[1] = Math.min(input.length, BOARD);
  Atomics.add(head, 0, 1);
}

function shownInput(board: SharedArrayBuffer): Uint8Array {
  return Uint8Array.from(new Uint8Array(board, 8, new Int32Array(board, 0, 2)[1]));
}

export async function supervise(
  target: string,
  { seed, seconds, keep = false, hang = 10, targets = new URL("./targets.ts", import.meta.url) }: RunOptions,
): Promise<Summary> {
  const board = createBoard();
  const head = new Int32Array(board, 0, 2);
  const started = performance.now();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { target, targets: targets.href, seed, seconds, keep, board } satisfies WorkerData,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  });
  const lost = (error: string): Summary => ({
    runs: Atomics.load(head, 0),
    seconds: (performance.now() - started) / 1000,
    pool: 0,
    reach: [],
    heap: [0, 0],
    finding: { input: shownInput(board), error },
  });
  return new Promise((resolve) => {
    let before = -1;
    const timer = setInterval(() => {
      const begun = Atomics.load(head, 0);
      if (begun > 0 && begun === before) end(lost(`No end after ${hang} seconds.`));
      before = begun;
    }, hang * 1000);
    // The first word counts: a thread that has said its own ends too.
    function end(summary: Summary): void {
      clearInterval(timer);
      resolve(summary);
      void worker.terminate();
    }
    worker.on("message", (summary: Summary) => end(summary));
    worker.on("error", (error) => end(lost(error instanceof Error ? (error.stack ?? error.message) : String(error))));
    worker.on("exit", (code) => end(lost(`The thread ended with ${code}.`)));
  });
}
