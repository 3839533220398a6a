import type * as Decode from "../request/decode.ts";
import type * as Declared from "../request/declared.ts";
import type * as Honest from "../request/honest.ts";
import type { AnyShape } from "../route.ts";
import type * as Inspect from "./inspect.ts";
import type * as Matching from "./matching.ts";
import type { Uses } from "./uses.ts";

/** What only some apps need. Each is loaded with the first route that does, so that the others do not carry it. */
export interface Tools {
  decode?: typeof Decode;
  declared?: typeof Declared;
  inspect?: typeof Inspect;
  matching?: typeof Matching;
  uses?: Uses;
  /** Where undeclared answers are refused. */
  honest?: typeof Honest;
}

/** Loads what these shapes need. */
export async function loadTools(
  tools: Tools,
  shapes: readonly AnyShape[],
  strict: boolean,
  matchers: boolean,
): Promise<void> {
  await Promise.all([
    matchers && import("./matching.ts").then((module) => (tools.matching = module)),
    shapes.some(takes) && import("../request/decode.ts").then((module) => (tools.decode = module)),
    shapes.some(({ output }) => output) && import("../request/declared.ts").then((module) => (tools.declared = module)),
    (strict || shapes.some(({ params, limits }) => params ?? limits)) &&
      import("./inspect.ts").then((module) => (tools.inspect = module)),
    shapes.some(({ use, problems }) => use?.length || problems) &&
      import("./uses.ts").then(({ makeUses }) => (tools.uses ??= makeUses())),
  ]);
}

function takes({ params, query, headers, cookies, body }: AnyShape): unknown {
  return params ?? query ?? headers ?? cookies ?? body;
}
