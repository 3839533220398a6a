import { parseArgs } from "node:util";
import { type AttackClass, CLASSES } from "./case.ts";

export interface Options {
  readonly classes: readonly AttackClass[];
  readonly seed: number;
  readonly count: number;
  /** The number of one case. */
  readonly only: number | undefined;
  /** How many paths are read by guard and router in process. */
  readonly paths: number;
  /** A control port of subjects that run elsewhere. */
  readonly url: string | undefined;
  /** A runtime to start the subjects on. */
  readonly runtime: string | undefined;
  readonly json: string | undefined;
  readonly serve: boolean;
}

/** @throws TypeError with what is wrong, for people */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      class: { type: "string" },
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "6000" },
      only: { type: "string" },
      paths: { type: "string", default: "0" },
      url: { type: "string" },
      runtime: { type: "string" },
      json: { type: "string" },
      serve: { type: "boolean", default: false },
    },
  });
  const asked =
    values.class === undefined ? CLASSES : CLASSES.filter((each) => values.class?.toUpperCase().includes(each));
  if (asked.length === 0) throw new TypeError(`--class is one of ${CLASSES.join(", ")}, or several: --class AC.`);
  if (values.only !== undefined && asked.length !== 1)
    throw new TypeError("--only needs the --class that its number is of.");
  return {
    classes: asked,
    seed: numberOf("seed", values.seed),
    count: numberOf("count", values.count),
    only: values.only === undefined ? undefined : numberOf("only", values.only),
    paths: numberOf("paths", values.paths),
    url: values.url,
    runtime: values.runtime,
    json: values.json,
    serve: values.serve,
  };
}

function numberOf(name: string, text: string): number {
  const value = Number(text.replaceAll(/[_,]/g, ""));
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`--${name} takes a whole number, not "${text}".`);
  return value;
}
