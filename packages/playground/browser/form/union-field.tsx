import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { InputProps } from "./field-props.ts";
import { initialOf, labelOf, variantOf } from "./schema.ts";

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
      {variant !== undefined && !absent && (
        <Field
          key={index}
          part={part}
          pointer={pointer}
          name={labelOf(variant, root, index)}
          schema={variant}
          root={root}
          required
          value={value}
          onChange={onChange}
        />
      )}
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
