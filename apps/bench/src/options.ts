import { parseArgs } from "node:util";

export interface Options {
  /** Fewer and shorter rounds: to see that it runs, not to compare. */
  readonly quick: boolean;
  /** Only these cases, and beside the reference only these subjects; all unless given. */
  readonly cases: readonly string[] | undefined;
  readonly subjects: readonly string[] | undefined;
  readonly rounds: number | undefined;
  /** In `dev`: many reloads in a row instead of a comparison. */
  readonly soak: boolean;
  /** Milliseconds of load in one slice of `http`. */
  readonly slice: number | undefined;
}

export interface Command {
  readonly suite: string | undefined;
  /** Where the rows go as JSON. */
  readonly json: string | undefined;
  readonly options: Options;
}

export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "string" },
      quick: { type: "boolean", default: false },
      soak: { type: "boolean", default: false },
      cases: { type: "string" },
      subjects: { type: "string" },
      rounds: { type: "string" },
      slice: { type: "string" },
    },
  });
  if (positionals.length > 1) throw new Error(`One suite at a time, not ${positionals.join(" and ")}`);
  return {
    suite: positionals[0],
    json: values.json,
    options: {
      quick: values.quick,
      soak: values.soak,
      cases: list(values.cases),
      subjects: list(values.subjects),
      rounds: count("--rounds", values.rounds),
      slice: count("--slice", values.slice),
    },
  };
}

function list(text: string | undefined): string[] | undefined {
  return text?.split(",").map((name) => name.trim());
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} takes a whole number from 1, not "${text}"`);
  return value;
}
