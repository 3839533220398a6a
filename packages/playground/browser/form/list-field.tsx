import type { JSX } from "preact";
import { memberPointer } from "./errors.ts";
import type { InputProps } from "./field-props.ts";
import { initialOf, isObject } from "./schema.ts";

/** Items one below the other. A list that is not required is left out while nobody added an item. */
export function ListField({
  Field,
  reading,
  root,
  part,
  pointer,
  name,
  value,
  required,
  onChange,
  id,
}: InputProps): JSX.Element {
  const { items: itemSchema, prefixItems } = reading.schema;
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const schemaAt = (i: number): Readonly<Record<string, unknown>> => {
    const fixed: unknown = Array.isArray(prefixItems) ? prefixItems[i] : undefined;
    return isObject(fixed) ? fixed : isObject(itemSchema) ? itemSchema : {};
  };
  return (
    <div class="nested" role="group" aria-labelledby={`${id}-name`}>
      {items.map((item, i) => (
        <Field
          key={i}
          part={part}
          pointer={memberPointer(pointer, i)}
          name={`${i}`}
          schema={schemaAt(i)}
          root={root}
          required
          value={item}
          onChange={(next) => onChange(items.with(i, next ?? ""))}
          onRemove={() => {
            const left = items.toSpliced(i, 1);
            onChange(left.length === 0 && !required ? undefined : left);
          }}
        />
      ))}
      <div class="segments-row">
        <button
          type="button"
          id={id}
          onClick={() => onChange([...items, initialOf(schemaAt(items.length), root, 1) ?? ""])}
        >
          Add an item<span class="visually-hidden"> to {name}</span>
        </button>
        {items.length === 0 && <span class="field-hint">{value === undefined ? "not sent" : "empty"}</span>}
      </div>
    </div>
  );
}
