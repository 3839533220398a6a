import { median, quantile } from "./statistics.ts";

/** One figure of one subject in one case: what `--json` writes, and what the tables show. */
export interface Row {
  readonly suite: string;
  readonly case: string;
  readonly subject: string;
  /** What was measured and its unit, as `CPU µs/request`. */
  readonly metric: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** First and third quartile. */
  readonly q1: number;
  readonly q3: number;
  /** How many samples the figures stand on. */
  readonly samples: number;
  /** The median of the pairwise ratios to the reference subject, `null` where there is nothing to compare with. */
  readonly ratio: number | null;
  /** First and third quartile of those ratios. */
  readonly ratioQ1: number | null;
  readonly ratioQ3: number | null;
}

export interface Figure {
  readonly suite: string;
  readonly case: string;
  readonly metric: string;
}

/**
 * Rows for all subjects of one case. A sample is compared only with the reference's sample of the same round, so what
 * slows the whole machine for a while slows both and leaves their ratio alone.
 *
 * @param samples by subject, in the order of the rounds
 * @param reference the subject whose ratio is 1
 */
export function rowsOf(figure: Figure, samples: ReadonlyMap<string, readonly number[]>, reference: string): Row[] {
  const base = samples.get(reference) ?? [];
  return [...samples].map(([subject, values]) => rowOf(figure, subject, values, pairwise(values, base)));
}

export function rowOf(figure: Figure, subject: string, values: readonly number[], ratios: readonly number[]): Row {
  const compared = ratios.length > 0;
  return {
    suite: figure.suite,
    case: figure.case,
    subject,
    metric: figure.metric,
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    q1: quantile(values, 0.25),
    q3: quantile(values, 0.75),
    samples: values.length,
    ratio: compared ? median(ratios) : null,
    ratioQ1: compared ? quantile(ratios, 0.25) : null,
    ratioQ3: compared ? quantile(ratios, 0.75) : null,
  };
}

function pairwise(values: readonly number[], base: readonly number[]): number[] {
  return values.flatMap((value, round) => {
    const other = base[round];
    return other === undefined || other === 0 ? [] : [value / other];
  });
}
