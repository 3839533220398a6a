/** How much a request matters when not all can be served, as a place in a {@link ByRank}: the higher, the later it is refused. */
export type Rank = 0 | 1 | 2;
export type ByRank = readonly [low: number, normal: number, critical: number];

export const LOW = 0;
export const NORMAL = 1;
export const CRITICAL = 2;
