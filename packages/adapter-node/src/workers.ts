import cluster, { type Worker } from "node:cluster";
import { availableParallelism } from "node:os";
import type { Address } from "./listen.ts";
import { ListenError, shown } from "./listen-error.ts";
import type { Servable, Server } from "./serve.ts";
import type { Shutdown } from "./shutdown.ts";
import { closeOnSignals, exitAfter, SIGINT_QUIET_MS } from "./signals.ts";
import { closeOnUncaught } from "./uncaught.ts";

/** What primary and workers tell each other, under a name that other messages do not have. */
type News =
  | { readonly kind: "listening"; readonly url: string; readonly port: number }
  | { readonly kind: "failed"; readonly code: string; readonly message: string }
  | { readonly kind: "deaf" };
type Order = { readonly kind: "close"; readonly quiet?: number | undefined } | { readonly kind: "answer" };
interface Message<T> {
  readonly openspeed: T;
}

const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 10_000;
/** A worker that lived this long was healthy, and the next delay is short again. */
const HEALTHY_MS = 10_000;
/** How long a worker that no longer listens waits for the others. */
const DEAF_MS = 1_000;

export function workerCount(workers: number | "auto" = 1): number {
  const count = workers === "auto" ? availableParallelism() : workers;
  if (Number.isInteger(count) && count >= 1) return count;
  throw new ListenError(
    "OS_WORKERS_INVALID",
    `workers is ${shown(workers)}; give "auto" or a whole number of at least 1.`,
  );
}

/** Forks this program's entry `count` times, replaces workers that die, and resolves when all of them listen. */
export function servePrimary(count: number, { signals, grace }: { signals: boolean; grace: number }): Promise<Server> {
  const workers = new Set<Worker>();
  const listening = new Set<Worker>();
  const deaf = new Set<Worker>();
  const replaced = new WeakSet<Worker>();
  let delay = FIRST_DELAY_MS;
  let closed: Promise<void> | undefined;

  function force(): void {
    for (const worker of workers) worker.process.kill("SIGKILL");
  }

  async function closeAll(quiet: number | undefined): Promise<void> {
    const gone = [...workers].map(
      (worker) => new Promise<void>((resolve) => void worker.once("exit", () => resolve())),
    );
    // By message, as a terminal sends its signal to the workers as well and a second signal would not wait.
    for (const worker of workers) order(worker, { kind: "close", quiet });
    // Workers keep to the grace themselves; this is for one that cannot.
    const timer = setTimeout(force, grace + 1000);
    await Promise.all(gone);
    clearTimeout(timer);
  }

  /**
   * The primary accepts for all of them, until the last no longer listens. Answering before that would bring clients back
   * whose new connections it then drops.
   */
  function answerWhenDeaf(worker: Worker): void {
    deaf.add(worker);
    if (closed === undefined) order(worker, { kind: "answer" });
    else if (deaf.size >= workers.size) for (const each of deaf) order(each, { kind: "answer" });
  }

  const shutdown = { close: (quiet?: number): Promise<void> => (closed ??= closeAll(quiet)), force };

  return new Promise((resolve, reject) => {
    let settled = false;
    function settle(failure: ListenError | undefined, address?: Address): void {
      if (settled) return;
      settled = true;
      if (address === undefined) {
        void shutdown.close().then(() => reject(failure));
        return;
      }
      if (signals) closeOnSignals(shutdown);
      resolve({ ...address, close: () => shutdown.close() });
    }

    function fork(): void {
      if (closed !== undefined) return;
      const worker = cluster.fork();
      const born = performance.now();
      workers.add(worker);
      worker.on("message", (message: Partial<Message<News>> | undefined) => {
        const news = message?.openspeed;
        if (news?.kind === "failed") settle(new ListenError(news.code, news.message));
        if (news?.kind === "deaf") {
          answerWhenDeaf(worker);
          replace(worker, born); // it leaves of its own accord, and may take its time to answer what it has
        }
        if (news?.kind !== "listening") return;
        listening.add(worker);
        if (listening.size === count) settle(undefined, { url: news.url, port: news.port });
      });
      worker.once("exit", (code, signal) => {
        workers.delete(worker);
        listening.delete(worker);
        deaf.delete(worker);
        if (closed !== undefined) return;
        if (!settled) {
          settle(
            new ListenError(
              "OS_WORKER_FAILED",
              `a worker ended (${signal ?? `exit code ${code}`}) before it listened; its own error is above.`,
            ),
          );
          return;
        }
        replace(worker, born);
      });
    }

    /** Forks another one, once; later and later if they do not live long. */
    function replace(worker: Worker, born: number): void {
      if (closed !== undefined || replaced.has(worker)) return;
      replaced.add(worker);
      if (performance.now() - born > HEALTHY_MS) delay = FIRST_DELAY_MS;
      setTimeout(fork, delay);
      delay = Math.min(delay * 2, LAST_DELAY_MS);
    }

    for (let i = 0; i < count; i++) fork();
  });
}

/** In a worker: tells the primary how the start went, and closes when the primary says so. */
export async function serveWorker(
  app: Pick<Servable, "report">,
  signals: boolean,
  start: (deaf: () => Promise<void>) => Promise<{ address: Address; shutdown: Shutdown }>,
): Promise<Server> {
  let started: Awaited<ReturnType<typeof start>>;
  try {
    started = await start(deafToPrimary);
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    await tell({ kind: "failed", code: error.code, message: error.message.slice(error.code.length + 2) });
    process.exit(1);
  }
  const { address, shutdown } = started;
  process.on("message", (message: Partial<Message<Order>> | undefined) => {
    if (message?.openspeed?.kind === "close") exitAfter(shutdown.close(message.openspeed.quiet));
  });
  if (signals) {
    process.on("SIGTERM", () => exitAfter(shutdown.close()));
    process.on("SIGINT", () => exitAfter(shutdown.close(SIGINT_QUIET_MS)));
    closeOnUncaught(app, shutdown);
  }
  await tell({ kind: "listening", ...address });
  return { ...address, close: () => shutdown.close() };
}

/** Settles when no worker listens any more; a primary that does not say so is not waited for. */
function deafToPrimary(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      process.off("message", onMessage);
      resolve();
    };
    const onMessage = (message: Partial<Message<Order>> | undefined): void => {
      if (message?.openspeed?.kind === "answer") done();
    };
    const timer = setTimeout(done, DEAF_MS);
    process.on("message", onMessage);
    void tell({ kind: "deaf" });
  });
}

function order(worker: Worker, openspeed: Order): void {
  if (worker.isConnected()) worker.send({ openspeed } satisfies Message<Order>);
}

function tell(news: News): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send({ openspeed: news } satisfies Message<News>, undefined, {}, () => resolve());
  });
}
