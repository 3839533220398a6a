import type { Field, Operation, Output } from "../model/model.ts";
import { ANY, type Type } from "../model/type.ts";

export interface Argument extends Field {
  readonly place: "params" | "query" | "headers" | "body";
  /** As the language writes it, unique within the operation. */
  readonly own: string;
}

/** What a function for an operation takes, what is needed first. */
export function argumentsOf(operation: Operation, own: (name: string) => string): readonly Argument[] {
  const taken = new Set<string>();
  const unique = (name: string): string => {
    let free = own(name);
    for (let number = 2; taken.has(free); number++) free = `${own(name)}${number}`;
    taken.add(free);
    return free;
  };
  const { params, query, headers, body } = operation;
  const from = (place: Argument["place"], fields: readonly Field[]): readonly Argument[] =>
    fields.map((field) => ({ ...field, place, own: unique(field.name) }));
  const all = [
    ...from("params", params),
    ...from("query", query),
    ...from("headers", headers),
    ...(body === undefined ? [] : from("body", [{ name: "body", required: body.required, type: body.type }])),
  ];
  return [...all.filter(({ required }) => required), ...all.filter(({ required }) => !required)];
}

export interface Result {
  readonly form: "json" | "text" | "bytes" | "none";
  readonly type: Type;
}

/** What a call gives: of several successes the one type that they share, or anything. */
export function resultOf({ outputs }: Operation): Result {
  const successes = outputs.filter(({ status }) => status < 300);
  const contents = successes.flatMap(({ content }: Output) => (content === undefined ? [] : [content]));
  const [first] = contents;
  if (first === undefined) return { form: "none", type: ANY };
  const form = first.form === "json" ? "json" : first.form === "bytes" || first.form === "multipart" ? "bytes" : "text";
  const same = contents.every((each) => JSON.stringify(each.type) === JSON.stringify(first.type));
  return { form, type: same && contents.length === successes.length ? first.type : same ? orNull(first.type) : ANY };
}

function orNull(type: Type): Type {
  return { kind: "union", of: [type, { kind: "null" }] };
}

export function lineOf(text: string | undefined): string {
  return (text ?? "").split(/\r?\n/)[0]?.trim() ?? "";
}
