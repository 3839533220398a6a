import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pinned } from "./cores.ts";

/** A process of ours that says it is ready and then answers questions (see `answer.ts`). */
export interface Child<Ready, Question, Answer> {
  readonly name: string;
  /** Milliseconds from the spawn until it said it was ready. */
  readonly startedIn: number;
  readonly ready: Ready;
  ask(question: Question): Promise<Answer>;
  /** Asks it to end, and settles with its exit code when it has; `null` if a signal ended it. */
  terminate(): Promise<number | null>;
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** How messages call it. */
  readonly name: string;
  readonly args?: readonly string[];
  /** Flags of Node in place of the harness's own. */
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The core to keep it on, where the platform can. */
  readonly core?: number | undefined;
}

const running = new Set<ChildProcess>();

/** Starts a module in its own process; rejects with what it printed if it ends before it is ready. */
export async function startChild<Ready, Question, Answer>(
  file: URL,
  options: ChildOptions,
): Promise<Child<Ready, Question, Answer>> {
  const [command, args] = pinned(options.core, process.execPath, [
    ...(options.execArgv ?? process.execArgv),
    fileURLToPath(file),
    ...(options.args ?? []),
  ]);
  const begun = performance.now();
  const child = spawn(command, args, {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { ...process.env, NODE_ENV: "production", ...options.env },
  });
  running.add(child);
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  void exit.then(() => running.delete(child));

  const messages = mailbox(child, options.name);
  const ready = await messages.next();
  const startedIn = performance.now() - begun;
  return {
    name: options.name,
    startedIn,
    // Both ends of the channel are ours: the child's call of `answer` names the same types.
    ready: ready as Ready,
    async ask(question) {
      child.send(question as object);
      const message = (await messages.next()) as { answer: Answer } | { error: string };
      if ("error" in message) throw new Error(`${options.name}: ${message.error}`);
      return message.answer;
    },
    terminate() {
      child.kill("SIGTERM");
      return exit;
    },
    async stop() {
      // Not SIGTERM, which some servers take as a wish to end slowly.
      child.kill("SIGKILL");
      await exit;
    },
  };
}

/** Ends every child that is still there. */
export function stopChildren(): void {
  for (const child of running) child.kill("SIGKILL");
}

interface Mailbox {
  /** The next message, or a rejection if the child ends instead. */
  next(): Promise<unknown>;
}

function mailbox(child: ChildProcess, name: string): Mailbox {
  const arrived: unknown[] = [];
  let printed = "";
  let ended: Error | undefined;
  let waiting: PromiseWithResolvers<unknown> | undefined;
  child.stderr?.on("data", (chunk: Buffer) => (printed = `${printed}${chunk.toString()}`.slice(-4000)));
  child.on("message", (message) => {
    if (waiting === undefined) arrived.push(message);
    else waiting.resolve(message);
    waiting = undefined;
  });
  const end = (why: string): void => {
    ended = new Error(`${name} ${why}${printed === "" ? "" : `:\n${printed}`}`);
    waiting?.reject(ended);
  };
  child.on("error", (error) => end(`did not start (${error.message})`));
  child.on("close", (code, signal) => end(`ended with ${signal ?? `code ${code}`}`));
  return {
    next() {
      if (arrived.length > 0) return Promise.resolve(arrived.shift());
      if (ended !== undefined) return Promise.reject(ended);
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
  };
}
