import type { JsonSchema } from "@openspeed/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { InputProps } from "./field-props.ts";
import { Members } from "./object-field.tsx";
import { initialOf, labelOf, readSchema, variantOf } from "./schema.ts";

/** One of several: first which, then its fields. */
export function UnionField({
  Field,
  reading,
  root,
  part,
  pointer,
  value,
  required,
  onChange,
  id,
  name,
}: InputProps): JSX.Element {
  const { variants } = reading;
  const [picked, pick] = useState<number | undefined>(undefined);
  const absent = value === undefined && picked === undefined && !required;
  const index = picked ?? variantOf(value, variants, root);
  const variant = variants[index];
  const select = (i: number): void => {
    pick(i < 0 ? undefined : i);
    const next = variants[i];
    onChange(next === undefined ? undefined : initialOf(next, root, 1));
  };
  /** The fields of an object, without its name once more. */
  const shown = (variant: JsonSchema): JSX.Element => {
    const own = readSchema(variant, root);
    const shared = { part, pointer, root, value, onChange };
    if (own.kind === "object" && !own.nullable)
      return <Members key={index} {...shared} Field={Field} schema={own.schema} adds={`Add to ${name}`} />;
    return <Field key={index} {...shared} name={labelOf(variant, root, index)} schema={variant} required />;
  };
  return (
    <div class="nested" role="group" aria-labelledby={`${id}-name`}>
      <div class="segments" role="radiogroup" aria-label={`Which ${name}`}>
        {!required && <Choice id={id} label="not sent" checked={absent} onPick={() => select(-1)} />}
        {variants.map((each, i) => (
          <Choice
            key={i}
            id={id}
            label={labelOf(each, root, i)}
            checked={!absent && i === index}
            onPick={() => select(i)}
          />
        ))}
      </div>
      {variant !== undefined && !absent && shown(variant)}
    </div>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onPick: () => void;
}

function Choice({ id, label, checked, onPick }: ChoiceProps): JSX.Element {
  return (
    <label class="segment">
      <input type="radio" name={`${id}-variant`} checked={checked} onChange={onPick} />
      <span>{label}</span>
    </label>
  );
}
