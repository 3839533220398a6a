import type { JsonSchema } from "@openspeed/core";
import type { ComponentType } from "preact";
import type { Part } from "./errors.ts";
import type { Reading } from "./schema.ts";

export interface FieldProps {
  readonly part: Part;
  readonly pointer: string;
  readonly name: string;
  readonly schema: JsonSchema;
  /** What references in the schema refer to. */
  readonly root: JsonSchema;
  readonly required: boolean;
  /** `undefined`: not sent. */
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Takes the field away, where it was added. */
  readonly onRemove?: (() => void) | undefined;
}

/** A field of any kind; handed down, because a field may hold others. */
export type AnyField = ComponentType<FieldProps>;

export interface InputProps extends FieldProps {
  readonly Field: AnyField;
  readonly reading: Reading;
  readonly id: string;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
}
