/** Which text of our sources has run, by V8's precise block coverage: nothing is instrumented, so what runs is what ships. */
import { type Profiler, Session } from "node:inspector";
import { pathToFileURL } from "node:url";

/** Tells whether an input reached something that none before it did. */
export interface Guide {
  /** Whether anything ran since the last look that is not known yet. */
  look(): boolean;
  /** What the last look saw is known from now on. */
  keep(): void;
}

/** How much of a source's functions has run, in chars. */
export interface Reach {
  readonly file: string;
  readonly reached: number;
  readonly all: number;
}

export interface Coverage extends Guide {
  reach(): readonly Reach[];
}

/** Follows nothing: mutations alone. */
export const unguided: Guide = { look: () => false, keep: () => {} };

interface Script {
  /** 1 for each char that stands in a function. */
  readonly inside: Uint8Array;
  /** 1 for each char that ran. */
  readonly known: Uint8Array;
  readonly seen: Uint8Array;
}

/**
 * Begins to count in this thread. Blocks are counted only in what is loaded after it, so the code under test is imported
 * later.
 *
 * @returns what looks at some files and folders (ending with `/`), given from `root`
 */
export function startCoverage(root: string): (sources: readonly string[]) => Coverage {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return (sources) => coverageOf(session, `${pathToFileURL(root).href}/`, sources);
}

function coverageOf(session: Session, folder: string, sources: readonly string[]): Coverage {
  const scripts = new Map<string, Script>();

  function take(): readonly Profiler.ScriptCoverage[] {
    let result: readonly Profiler.ScriptCoverage[] = [];
    session.post("Profiler.takePreciseCoverage", (error, taken) => {
      if (error !== null) throw error;
      result = taken.result;
    });
    return result.filter(({ url }) => sources.some((source) => isOf(url, folder + source)));
  }

  function look(): boolean {
    let grew = false;
    for (const script of scripts.values()) script.seen.fill(0);
    for (const { url, functions } of take()) {
      const script = scripts.get(url) ?? emptyScript(functions);
      scripts.set(url, script);
      paint(script.seen, functions);
      grew ||= isMore(script);
    }
    return grew;
  }

  function keep(): void {
    for (const { known, seen } of scripts.values()) {
      for (let at = 0; at < seen.length; at++) if (seen[at] === 1) known[at] = 1;
    }
  }

  function reach(): readonly Reach[] {
    return [...scripts].map(([url, { inside, known }]) => ({
      file: decodeURI(url.slice(folder.length)),
      reached: known.reduce((sum, ran, at) => sum + (ran & (inside[at] ?? 0)), 0),
      all: inside.reduce((sum, one) => sum + one, 0),
    }));
  }

  return { look, keep, reach };
}

function isMore({ seen, known }: Script): boolean {
  for (let at = 0; at < seen.length; at++) if (seen[at] === 1 && known[at] === 0) return true;
  return false;
}

function isOf(url: string, source: string): boolean {
  return source.endsWith("/") ? url.startsWith(source) : url === source;
}

/** The first time that a script is told of, all of its functions are, whether they ran or not. The module is one of them. */
function emptyScript(functions: readonly Profiler.FunctionCoverage[]): Script {
  const length = Math.max(...functions.flatMap(({ ranges }) => ranges.map(({ endOffset }) => endOffset)));
  const inside = new Uint8Array(length);
  for (const { functionName, ranges } of functions) {
    const [whole] = ranges;
    const isModule = functionName === "" && whole?.startOffset === 0 && whole.endOffset === length;
    if (whole !== undefined && !isModule) inside.fill(1, whole.startOffset, whole.endOffset);
  }
  return { inside, known: new Uint8Array(length), seen: new Uint8Array(length) };
}

/** Functions and their blocks come from the outer to the inner, so the innermost has the last word. */
function paint(seen: Uint8Array, functions: readonly Profiler.FunctionCoverage[]): void {
  for (const { ranges } of functions)
    for (const { startOffset, endOffset, count } of ranges) seen.fill(count > 0 ? 1 : 0, startOffset, endOffset);
}
