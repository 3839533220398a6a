import { type Awaitable, isPromise } from "../boundary.ts";
import { makeSerialize } from "../compile/serialize.ts";
import type { AnyShape, Outputs } from "../route.ts";
import type { Schema, Validated } from "../schema.ts";
import { DishonestResponse } from "./honest.ts";
import { toErrors } from "./issues.ts";

/** Serialises a declared output; `null` for a status without a body. */
export type Write = ((value: unknown) => Awaitable<string | undefined>) | null;

/** A route's declared outputs, each with its way to JSON, by status. */
export type Writers = ReadonlyMap<number, Write>;

/** @param honest whether every answer is validated: in development and test */
export function makeWriters(output: AnyShape["output"], honest: boolean): Writers {
  return new Map(
    Object.entries(outputsOf(output) ?? {}).map(([status, schema]) => [
      Number(status),
      schema && makeWrite(schema, honest),
    ]),
  );
}

/** A route's outputs by status. */
export function outputsOf(output: AnyShape["output"]): Outputs | undefined {
  if (output === undefined) return undefined;
  return isSchema(output) ? { 200: output } : output;
}

function isSchema(output: Schema | Outputs): output is Schema {
  return "~standard" in output;
}

function makeWrite(schema: Schema, honest: boolean): Exclude<Write, null> {
  const serialize = honest ? undefined : makeSerialize(schema);
  if (serialize !== undefined) return serialize;
  const { validate } = schema["~standard"];
  return (value) => {
    const result = validate(value);
    return isPromise(result) ? result.then(validText) : validText(result);
  };
}

function validText(result: Validated<unknown>): string | undefined {
  if (result.issues === undefined) return JSON.stringify(result.value);
  const errors = toErrors("body", result.issues).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  throw new DishonestResponse(`The answer does not fit the declared output (${errors.join("; ")}).`);
}
