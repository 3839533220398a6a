/** The thread of one target. */
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { corpusFolder, foundFolder, readCorpus, replaceFound, root, writeInput } from "./corpus.ts";
import { startCoverage } from "./coverage.ts";
import { distil, fuzz } from "./engine.ts";
import { showInput, type Summary, type WorkerData } from "./supervise.ts";
import type { Check } from "./target.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapUsed(): number {
  collect();
  return getHeapStatistics().used_heap_size;
}

async function main({ target: name, targets, seed, seconds, keep, board }: WorkerData): Promise<Summary> {
  const coverageOf = startCoverage(root);
  const { loadCheck } = (await import(targets)) as { readonly loadCheck: (name: string) => Promise<Check> };
  const loaded = await loadCheck(name);
  const { target } = loaded;
  const check: Check = {
    ...loaded,
    run(input) {
      showInput(board, input);
      return loaded.run(input);
    },
  };
  const corpus = [corpusFolder(name), foundFolder(name)].flatMap(readCorpus).map(({ input }) => input);
  const coverage = coverageOf(target.sources);
  const before = heapUsed();
  const started = performance.now();
  const { runs, pool, finding } = await fuzz(check, {
    seed,
    iterations: Number.POSITIVE_INFINITY,
    time: seconds * 1000,
    slow: 200,
    guide: coverage,
    corpus,
    onKept: (input) => writeInput(foundFolder(name), input),
  });
  const taken = (performance.now() - started) / 1000;
  if (keep && finding === undefined) {
    // A second look begins with what the named inputs reach.
    const fresh = coverageOf(target.sources);
    const named = readCorpus(corpusFolder(name)).filter((entry) => !entry.found);
    for (const { input } of named) await check.run(input);
    fresh.look();
    fresh.keep();
    replaceFound(corpusFolder(name), await distil(check, pool, fresh));
  }
  const after = heapUsed();
  await check.close();
  return {
    runs,
    seconds: taken,
    pool: pool.length,
    reach: coverage.reach(),
    heap: [before, after],
    finding: finding && { input: finding.input, error: textOf(finding.error) },
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const summary = await main(workerData as WorkerData);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(summary);
