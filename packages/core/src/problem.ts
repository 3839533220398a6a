import type { Schema } from "./schema.ts";

/** A declared error: what a route, provider or middleware may answer with instead of its value (RFC 9457). */
export interface Problem<Status extends number = number, Data = unknown> {
  readonly kind: "problem";
  readonly status: Status;
  readonly title: string;
  readonly data: Schema<unknown, Data> | undefined;
}

export type Problems = { readonly [name: string]: Problem };

/** One function a declared problem; calling it throws, so `value ?? fail.notFound()` has the value's type. */
export type Fail<E> = {
  readonly [K in keyof E]: E[K] extends Problem<number, infer D>
    ? [D] extends [undefined] ? (detail?: string) => never : (data: D, detail?: string) => never
    : never;
};

export function problem<const Status extends number>(status: Status, title: string): Problem<Status, undefined>;
export function problem<const Status extends number, D>(status: Status, title: string, data: Schema<unknown, D>): Problem<Status, D>;
export function problem(status: number, title: string, data?: Schema): Problem {
  return { kind: "problem", status, title, data };
}
