import pc from "picocolors";

/** Where a command writes and asks; passed in, so that nothing else looks at the process. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colours for what goes to `out`, and for what goes to `err`: none without a TTY, or where NO_COLOR is set. */
  readonly style: Style;
  readonly errStyle: Style;
  /** Characters in a line of `out`. Without a TTY nothing is shortened. */
  readonly width: number;
  /** Whether somebody is there to be asked. */
  readonly interactive: boolean;
}

export type Style = ReturnType<typeof pc.createColors>;

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    style: pc.createColors(hasColour(stdout.isTTY)),
    errStyle: pc.createColors(hasColour(stderr.isTTY)),
    width: stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY,
    interactive: stdin.isTTY && stdout.isTTY && !env["CI"],
  };
}

/** https://no-color.org: set and not empty. FORCE_COLOR is what Node itself reads. */
function hasColour(isTerminal: boolean | undefined): boolean {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = process.env;
  if (no !== undefined && no !== "") return false;
  if (force !== undefined && force !== "") return force !== "0";
  // A pipe has no `isTTY`, and for `undefined` picocolors would decide by itself, with colours wherever CI is set.
  return isTerminal === true && term !== "dumb";
}
