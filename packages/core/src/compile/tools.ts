import type * as Decode from "../request/decode.ts";
import type * as Declared from "../request/declared.ts";
import type * as Honest from "../request/honest.ts";
import type { AnyShape } from "../route.ts";
import type { Limits } from "../limits.ts";
import type * as Inspect from "./inspect.ts";
import type { Lazies } from "./lazies.ts";
import type * as Matching from "./matching.ts";
import type { Uses } from "./uses.ts";

/** What only some apps need. Each is loaded with the first route that does, so that the others do not carry it. */
export interface Tools {
  decode?: typeof Decode;
  declared?: typeof Declared;
  inspect?: typeof Inspect;
  lazies?: Lazies;
  matching?: typeof Matching;
  uses?: Uses;
  /** Where undeclared answers are refused. */
  honest?: typeof Honest;
}

export interface Needs {
  readonly shapes: readonly AnyShape[];
  readonly strict: boolean;
  readonly limits: Limits;
  /** Whether some path has matchers. */
  readonly matchers?: boolean;
  /** Whether some route is lazy. */
  readonly lazy?: boolean;
}

/** Loads what these shapes need. */
export async function loadTools(tools: Tools, { shapes, strict, limits, matchers, lazy }: Needs): Promise<void> {
  await Promise.all([
    matchers && import("./matching.ts").then((module) => (tools.matching = module)),
    lazy && import("./lazies.ts").then(({ makeLazies }) => (tools.lazies ??= makeLazies())),
    shapes.some(takes) && import("../request/decode.ts").then((module) => (tools.decode = module)),
    shapes.some(({ output }) => output) && import("../request/declared.ts").then((module) => (tools.declared = module)),
    (strict || shapes.some((shape) => shape.params ?? shape.limits)) &&
      import("./inspect.ts").then((module) => (tools.inspect = module)),
    shapes.some(({ use, problems }) => use?.length || problems) &&
      import("./uses.ts").then(({ makeUses }) => (tools.uses ??= makeUses(limits.start))),
  ]);
}

function takes({ params, query, headers, cookies, body }: AnyShape): unknown {
  return params ?? query ?? headers ?? cookies ?? body;
}
