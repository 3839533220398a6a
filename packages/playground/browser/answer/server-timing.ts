/** One step of a request, as the playground's plugin says it in `Server-Timing`. */
export interface Timing {
  readonly kind: string;
  readonly name: string;
  /** Milliseconds. */
  readonly took: number;
  readonly start: number;
  /** How many steps are around it. */
  readonly depth: number;
}

const METRIC = /([!#$%&'*+.^_`|~\w-]+)((?:\s*;\s*[\w-]+=(?:"(?:[^"\\]|\\.)*"|[^\s;,]*))*)/g;
const PARAM = /([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,]*))/g;

/** Those metrics that have a depth, which is to say ours. */
export function readServerTiming(header: string | null): readonly Timing[] {
  return [...(header ?? "").matchAll(METRIC)].flatMap(([, kind = "", text = ""]): Timing[] => {
    const params = new Map(
      [...text.matchAll(PARAM)].map(([, name = "", quoted, plain]) => [name, quoted ?? plain ?? ""]),
    );
    if (!params.has("depth")) return [];
    const number = (name: string): number => Number(params.get(name) ?? 0);
    return [
      {
        kind,
        name: decodeURIComponent(params.get("desc") ?? kind),
        took: number("dur"),
        start: number("start"),
        depth: number("depth"),
      },
    ];
  });
}
