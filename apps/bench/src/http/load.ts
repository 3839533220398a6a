// The client's process: keeps a bounded number of connections busy and counts the complete, checked answers.
import { answer } from "../process/answer.ts";
import { caseNamed } from "./cases.ts";
import { openConnection, type Connection } from "./connection.ts";

export type LoadQuestion =
  | { readonly do: "open"; readonly port: number; readonly case: string }
  | { readonly do: "run"; readonly milliseconds: number }
  | { readonly do: "close" };

/** How many requests were answered. After `run` none is under way. */
export type LoadAnswer = number;

let connections: Connection[] = [];
let failure: Error | undefined;
let stopRun: ((error: Error) => void) | undefined;

answer<null, LoadQuestion, LoadAnswer>(null, (question) => {
  if (question.do === "open") return open(question.port, question.case);
  if (question.do === "run") return run(question.milliseconds);
  return close();
});

async function open(port: number, name: string): Promise<number> {
  const work = caseNamed(name);
  failure = undefined;
  const failed = (error: Error): void => {
    failure ??= error;
    stopRun?.(error);
  };
  connections = await Promise.all(
    // Each begins elsewhere in the requests, so that they differ at any moment.
    Array.from({ length: work.connections }, (_, i) => openConnection(port, work, i * 19, failed)),
  );
  return 0;
}

async function run(milliseconds: number): Promise<number> {
  if (failure !== undefined) throw failure;
  const end = performance.now() + milliseconds;
  let answered = 0;
  let busy = connections.length;
  const finished = Promise.withResolvers<void>();
  stopRun = finished.reject;
  for (const connection of connections) {
    const next = (): void => {
      answered++;
      if (performance.now() < end) connection.send(next);
      else if (--busy === 0) finished.resolve();
    };
    connection.send(next);
  }
  await finished.promise;
  stopRun = undefined;
  return answered;
}

function close(): number {
  for (const connection of connections) connection.close();
  connections = [];
  return 0;
}
