/**
 * What a change means for callers that were written against the document before: `breaking` may make a call fail or an answer
 * be misread, `additive` cannot, `documentation` changes words alone.
 */
export type Effect = "breaking" | "additive" | "documentation";

export interface Change {
  readonly effect: Effect;
  /** `GET /tickets/{id}` */
  readonly operation: string;
  /** What of it: `query limit`, `body #/title`, `200 #/items/0/name`. */
  readonly place: string;
  readonly message: string;
}

/** Which way a value goes: to the API or from it. */
export type Direction = "request" | "response";
