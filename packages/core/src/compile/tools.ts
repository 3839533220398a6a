import type { Limits } from "../limits.ts";
import type { Decoder } from "../request/decode.ts";
import type { Writers } from "../request/declared.ts";
import type { AnyShape } from "../route.ts";

/** What only some routes need. It is loaded with the first of them, so that the others do not carry it. */
export interface Tools {
  decoder(shape: AnyShape, limits: Limits): Partial<Decoder>;
  writers(shape: AnyShape, honest: boolean): Writers | undefined;
}

export interface Toolbox extends Tools {
  /** Loads what these shapes need. */
  load(shapes: readonly AnyShape[]): Promise<void>;
}

export function makeToolbox(): Toolbox {
  let decode: typeof import("../request/decode.ts") | undefined;
  let declared: typeof import("../request/declared.ts") | undefined;
  return {
    async load(shapes) {
      if (shapes.some(takes)) decode ??= await import("../request/decode.ts");
      if (shapes.some(({ output }) => output !== undefined)) declared ??= await import("../request/declared.ts");
    },
    decoder: (shape, limits) => decode?.makeDecoder(shape, limits) ?? {},
    writers: ({ output }, honest) => (output === undefined ? undefined : declared?.makeWriters(output, honest)),
  };
}

function takes({ params, query, headers, cookies, body }: AnyShape): boolean {
  return (params ?? query ?? headers ?? cookies ?? body) !== undefined;
}
