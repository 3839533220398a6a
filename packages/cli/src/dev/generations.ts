import { type App, type Awaitable, createApp, type Incoming, type Outcome, type OutcomeBody } from "@openspeed/core";

/** One version of the app and the requests that it is answering. */
interface Generation {
  readonly app: App;
  inFlight: number;
  idle: (() => void) | undefined;
}

/** Versions of an app, one after another: the newest answers, each one before it lives until its last answer has been sent. */
export interface Generations {
  readonly current: App | undefined;
  /** Limits of the transport: those of the app that served first. */
  readonly limits: App["limits"];
  /** Sends requests to an app that has succeeded the current one, and closes that one when nothing of it is under way. */
  swap(next: App): void;
  handle(incoming: Incoming): Awaitable<Outcome>;
  /** Closes every app that is left, without waiting for streams. */
  close(): Promise<void>;
}

export function createGenerations(onError: (error: unknown) => void): Generations {
  const live = new Set<Generation>();
  let current: Generation | undefined;
  // One after another: a value that a later version took over must not be disposed while an earlier one streams from it.
  let retiring: Promise<void> = Promise.resolve();

  async function retire(generation: Generation): Promise<void> {
    if (generation.inFlight > 0) await new Promise<void>((resolve) => (generation.idle = resolve));
    if (!live.delete(generation)) return;
    await generation.app.close().catch(onError);
  }

  function end(generation: Generation): void {
    generation.inFlight--;
    if (generation.inFlight === 0) generation.idle?.();
  }

  return {
    get current() {
      return current?.app;
    },
    get limits() {
      return (current?.app ?? createApp()).limits;
    },
    swap(next) {
      const before = current;
      current = { app: next, inFlight: 0, idle: undefined };
      live.add(current);
      if (before !== undefined) retiring = retiring.then(() => retire(before));
    },
    handle(incoming) {
      const generation = current;
      if (generation === undefined) throw new Error("No version of the app has started.");
      generation.inFlight++;
      const done = (): void => end(generation);
      const outcome = generation.app.handle(incoming);
      if ("then" in outcome) return outcome.then((settled) => counted(settled, done));
      return counted(outcome, done);
    },
    async close() {
      for (const generation of [...live].toReversed()) {
        live.delete(generation);
        await generation.app.close().catch(onError);
      }
    },
  };
}

/** Calls `done` when the outcome has been written: at once, or when its stream ends or is given up. */
function counted(outcome: Outcome, done: () => void): Outcome {
  const { body } = outcome;
  if (!isStream(body)) {
    done();
    return outcome;
  }
  return { ...outcome, body: watched(body, done) };
}

type Stream = Exclude<OutcomeBody, string | Uint8Array | null>;

function isStream(body: OutcomeBody): body is Stream {
  return typeof body === "object" && body !== null && !(body instanceof Uint8Array);
}

/** By hand, because a generator that was never begun does not run its `finally`. */
function watched(body: Stream, done: () => void): AsyncIterable<Uint8Array<ArrayBuffer> | string> {
  const source = body instanceof ReadableStream ? reading(body) : body[Symbol.asyncIterator]();
  let ended = false;
  const end = (): void => {
    if (!ended) done();
    ended = true;
  };
  const iterator: AsyncIterator<Uint8Array<ArrayBuffer> | string> = {
    async next() {
      try {
        const result = await source.next();
        if (result.done === true) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      try {
        await source.return?.();
      } finally {
        end();
      }
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

function reading(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncIterator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done ? { done: true, value: undefined } : { done: false, value };
    },
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}
