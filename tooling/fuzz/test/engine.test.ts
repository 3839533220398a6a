import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unguided } from "../src/coverage.ts";
import { fuzz } from "../src/engine.ts";
import { minimise } from "../src/minimise.ts";
import { mutate } from "../src/mutate.ts";
import { createRandom } from "../src/random.ts";
import { supervise } from "../src/supervise.ts";
import { type Check, checkOf } from "../src/target.ts";

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, "latin1"));
const text = (input: Uint8Array | undefined): string | undefined => input && Buffer.from(input).toString("latin1");
const input = fc.uint8Array({ maxLength: 80 }).map((array) => Uint8Array.from(array));

function checkThat(holds: (text: string) => void | Promise<void>): Check {
  return checkOf({
    name: "test",
    about: "what a test says",
    sources: [],
    words: ["needle"],
    separators: [","],
    subject: holds,
    check: (holds, input) => holds(text(input) ?? ""),
  });
}

describe("random choices", () => {
  test("are below their limit, reach all of it, and are the same for a seed", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), (seed, limit) => {
        const draw = (): number[] => {
          const { below } = createRandom(seed);
          return Array.from({ length: 300 }, () => below(limit));
        };
        expect(new Set(draw())).toEqual(new Set(Array.from({ length: limit }, (_, i) => i)));
        expect(draw()).toEqual(draw());
      }),
    );
  });

  test("need something to choose from", () => {
    expect(() => createRandom(1).pick([])).toThrow(RangeError);
  });
});

test("mutations are the same for a seed, never too long, and leave their input alone", () => {
  fc.assert(
    fc.property(fc.nat(), input, input, fc.integer({ min: 1, max: 100 }), (seed, one, other, longest) => {
      const before = one.slice();
      const material = { words: [bytes("word")], separators: [",", "\n"], longest, other: () => other };
      const mutated = mutate(one, createRandom(seed), material);
      expect(mutated.length).toBeLessThanOrEqual(Math.max(longest, one.length));
      expect(mutate(one, createRandom(seed), material)).toEqual(mutated);
      expect(one).toEqual(before);
    }),
    { numRuns: 3_000 },
  );
});

describe("an input is made small", () => {
  test("as far as it still holds, and plain where it may be", async () => {
    await fc.assert(
      fc.asyncProperty(input, input, async (before, after) => {
        const whole = Uint8Array.of(...before, ...bytes("n33dle"), ...after);
        const smallest = await minimise(whole, async (smaller) => text(smaller)?.includes("3") === true);
        expect(text(smallest)).toBe("3");
      }),
    );
  });

  test("within the tries that it has", async () => {
    let tried = 0;
    await minimise(new Uint8Array(1_000), async () => ++tried < 0, 50);
    expect(tried).toBe(50);
  });
});

describe("a run", () => {
  const options = { seed: 1, iterations: 5_000, guide: unguided, corpus: [bytes("a,b")] };

  test("is the same for a seed, finding and all", async () => {
    const check = checkThat((text) => {
      if (/needle.*,needle/.test(text)) throw new Error("found");
    });
    const first = await fuzz(check, options);
    expect(text(first.finding?.input)).toBe("needle,needle");
    expect(first.finding?.error).toEqual(new Error("found"));
    expect(await fuzz(check, options)).toEqual(first);
    expect(await fuzz(check, { ...options, seed: 2 })).not.toEqual(first);
  });

  test("takes a rejection, a throw of nothing and a slow input for findings", async () => {
    const kinds: ((text: string) => void | Promise<void>)[] = [
      async (text) => (text.includes("needle") ? Promise.reject(new Error("later")) : undefined),
      (text) => {
        // oxlint-disable-next-line typescript/only-throw-error -- what anybody may do
        if (text.includes("needle")) throw undefined;
      },
      (text) => {
        if (text.includes("needle")) for (const until = performance.now() + 8; performance.now() < until;);
      },
    ];
    for (const holds of kinds) {
      const { finding } = await fuzz(checkThat(holds), { ...options, slow: 5 });
      expect(text(finding?.input)).toBe("needle");
    }
  });

  test("ends with its iterations or its time", async () => {
    const check = checkThat(() => {});
    expect(await fuzz(check, options)).toMatchObject({ runs: 5_001, finding: undefined });
    expect((await fuzz(check, { ...options, time: 0 })).runs).toBeLessThan(5_001);
  });
});

test("coverage leads out of a maze that blind mutation does not leave", async () => {
  const file = join(import.meta.dirname, "fixtures/guided.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=@openspeed/source", file]);
  const { guided, kept, blind, reach } = JSON.parse(stdout) as Record<string, unknown>;
  expect(guided).toBe("mAz3!");
  expect(kept).toBeGreaterThanOrEqual(4);
  expect(blind).toBe(undefined);
  const [maze] = reach as { file: string; reached: number; all: number }[];
  expect(maze?.file).toBe("tooling/fuzz/test/fixtures/maze.ts");
  expect(maze?.reached).toBeGreaterThan((maze?.all ?? 0) / 2);
});

describe("a thread that a target takes along leaves its input behind", () => {
  test.each([
    ["endless", "No end after 1 seconds."],
    ["waiting", "The thread ended with 13."],
    ["leaking", "memory limit"],
    ["later", "after the answer"],
    ["ending", "The thread ended with 0."],
  ])("%s", async (name, error) => {
    const targets = new URL("./fixtures/hostile.ts", import.meta.url);
    // What leaks is stopped by memory, however long the collector takes on this machine.
    const hang = name === "leaking" ? 60 : 1;
    const summary = await supervise(name, { seed: 1, seconds: 60, hang, targets });
    expect(summary.finding?.error).toContain(error);
    expect(summary.runs).toBeGreaterThan(0);
  });
});

test("the command tells what it does not know, and replays a file", async () => {
  const run = (...args: string[]): Promise<{ stdout: string; stderr: string; code?: number }> =>
    promisify(execFile)(process.execPath, [
      "--conditions=@openspeed/source",
      join(import.meta.dirname, "../src/main.ts"),
      ...args,
    ]).catch((error: { stdout: string; stderr: string; code: number }) => error);
  expect(await run("paths")).toMatchObject({ code: 2, stderr: expect.stringContaining("known: path, query") });
  expect(await run("path", "--seconds", "soon")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--seconds"),
  });
  expect(await run("path", "--replay", "tooling/fuzz/corpus/path/slashes")).toMatchObject({
    stdout: "path: tooling/fuzz/corpus/path/slashes holds\n",
  });
});
