import { isPromise } from "./boundary.ts";
import type { End } from "./compile/values.ts";

/** The end of an app, step by step: each step is tried, whatever went wrong before, and all have one time limit together. */
export interface Closing {
  readonly end: End;
  /** @throws what went wrong, after all was tried; several errors as an `AggregateError` */
  over(): void;
}

/**
 * @param grace milliseconds for all steps together; what has not ended by then is told of and not waited for
 * @param report told of what did not end
 */
export function makeClosing(grace: number, report: (error: Error) => void): Closing {
  const errors: unknown[] = [];
  const late = Symbol();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<unknown>((resolve) => (timer = setTimeout(resolve, grace, late)));
  return {
    async end(name, run) {
      try {
        const ended = run();
        if (isPromise(ended) && (await Promise.race([ended, deadline])) === late)
          report(new Error(`${name} did not end within ${grace} ms of closing.`));
      } catch (error) {
        errors.push(error);
      }
    },
    over() {
      clearTimeout(timer);
      if (errors.length > 0) throw errors.length > 1 ? new AggregateError(errors, "Closing failed.") : errors[0];
    },
  };
}
