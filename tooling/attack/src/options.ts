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

const HELP = `npm run attack -- [options]

  --class A|B|C|D     one class, or several: AC; default all
  --seed N            other cases; default 1
  --count N           how many cases; default 12000
  --only N            the one case of that number, with --class
  --paths N           reads N more paths in process, by guard, router and second reading
  --runtime NAME      the subjects on node, bun, bun-serve, deno or deno-serve
  --url URL           subjects that --serve started, or any other server
  --serve             starts the subjects, and says where
  --json FILE         writes what the report says, with every case that found something`;

/** @throws TypeError with what is wrong, for people */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      class: { type: "string" },
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "12000" },
      only: { type: "string" },
      paths: { type: "string", default: "0" },
      url: { type: "string" },
      runtime: { type: "string" },
      json: { type: "string" },
      serve: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
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
