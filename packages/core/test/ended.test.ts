import { expect, test } from "vitest";
import { whenEnded } from "../src/authoring.ts";

/** A source of chunks whose methods a test chooses. */
const source = (methods: Partial<AsyncIterator<string>>): AsyncIterable<string> => ({
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: "x" }), ...methods }),
});

test.each<[string, Partial<AsyncIterator<string>>, string]>([
  ["the last chunk", { next: async () => ({ done: true, value: undefined }) }, "next"],
  ["a failure", { next: () => Promise.reject(new Error("It broke.")) }, "next"],
  ["a reader that leaves", {}, "return"],
  [
    "a reader that leaves a source which fails to close",
    { return: () => Promise.reject(new Error("It broke.")) },
    "return",
  ],
])("%s ends a body, once", async (_what, methods, call) => {
  let ended = 0;
  const body = whenEnded(source(methods), () => {
    ended++;
  })[Symbol.asyncIterator]();
  const step = () => (call === "next" ? body.next() : body.return?.());
  await step()?.catch(() => {});
  await step()?.catch(() => {});
  expect(ended).toBe(1);
});
