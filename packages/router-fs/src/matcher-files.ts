/** Which files of the matchers' folder are matchers, and how they are called. */
import type { Diagnostic } from "@openspeed/core";
import { byCodePoint } from "./order.ts";

export interface MatcherNames {
  /** Name → file, relative to the matchers' folder. */
  readonly names: ReadonlyMap<string, string>;
  readonly faults: readonly Diagnostic[];
}

/** `hex.ts` is the matcher `hex`. One of yours goes before the built-in one of its name. */
export function matcherNames(files: readonly string[]): MatcherNames {
  const names = new Map<string, string>();
  const faults: Diagnostic[] = [];
  for (const file of [...files].sort(byCodePoint)) {
    if (!MODULE.test(file) || BESIDE.test(file) || /^[_.]/.test(file) || file.includes("/")) continue;
    const name = file.replace(MODULE, "");
    const twin = names.get(name);
    if (!/^[A-Za-z_]\w*$/.test(name))
      faults.push({
        code: "OS_MATCHER_NAME",
        message: `No param can ask for a matcher named "${name}".`,
        where: file,
        mend: "Name it by letters, digits and _, or begin the file's name with _ if it is none.",
      });
    else if (twin === undefined) names.set(name, file);
    else
      faults.push({
        code: "OS_MATCHER_NAME",
        message: `${twin} has this name already.`,
        where: file,
        mend: "Keep one of the two.",
      });
  }
  return { names, faults };
}

const MODULE = /\.(?:[jt]sx?|m[jt]s)$/;
const BESIDE = /\.(?:test|spec|test-d|d)\.(?:[jt]sx?|m[jt]s)$/;
