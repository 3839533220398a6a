import type { JsonSchema } from "@openspeed/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { memberPointer, type Part } from "./errors.ts";
import type { AnyField, InputProps } from "./field-props.ts";
import { initialOf, isObject, propertiesOf, readSchema, requiredOf } from "./schema.ts";

export function ObjectField(props: InputProps): JSX.Element {
  const { reading, value, required, onChange, name } = props;
  if (!isObject(value) && !required)
    return (
      <div class="segments-row">
        <button
          type="button"
          onClick={() => onChange(initialOf({ ...reading.schema, default: undefined }, props.root, 1) ?? {})}
        >
          Add {name}
        </button>
        <span class="field-hint">not sent</span>
      </div>
    );
  return (
    <fieldset class="nested" aria-labelledby={`${props.id}-name`}>
      <Members {...props} schema={reading.schema} value={value} adds={`Add to ${name}`} />
      {!required && (
        <button type="button" class="quiet" onClick={() => onChange(undefined)}>
          Leave out {name}
        </button>
      )}
    </fieldset>
  );
}

interface MembersProps {
  readonly Field: AnyField;
  readonly part: Part;
  readonly pointer: string;
  /** An object's, without references at its top. */
  readonly schema: JsonSchema;
  readonly root: JsonSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** What adds a member that the schema does not name. */
  readonly adds?: string;
}

/** The fields of an object, and those that it may have beside the ones it names. */
export function Members({
  Field,
  part,
  pointer,
  schema,
  root,
  value,
  onChange,
  adds = "Add a field",
}: MembersProps): JSX.Element {
  const object = isObject(value) ? value : {};
  const known = propertiesOf(schema);
  const names = new Set(known.map(([name]) => name));
  const required = requiredOf(schema);
  const more = Object.keys(object).filter((name) => !names.has(name));
  const { additionalProperties } = schema;
  const open =
    additionalProperties === true || (isObject(additionalProperties) && Object.keys(additionalProperties).length >= 0);
  const set = (name: string, member: unknown): void => {
    const { [name]: _before, ...rest } = object;
    // In its place, so that nothing moves while one types.
    if (member === undefined) onChange(rest);
    else onChange(name in object ? { ...object, [name]: member } : { ...rest, [name]: member });
  };
  const moreSchema = isObject(additionalProperties) ? additionalProperties : {};
  return (
    <>
      {known.map(([name, member]) => (
        <Field
          key={name}
          part={part}
          pointer={memberPointer(pointer, name)}
          name={name}
          schema={member}
          root={root}
          required={required.includes(name)}
          value={object[name]}
          onChange={(next) => set(name, next)}
        />
      ))}
      {more.map((name) => (
        <Field
          key={name}
          part={part}
          pointer={memberPointer(pointer, name)}
          name={name}
          schema={moreSchema}
          root={root}
          required
          value={object[name]}
          onChange={(next) => set(name, next ?? "")}
          onRemove={() => set(name, undefined)}
        />
      ))}
      {open && (
        <AddMember
          label={adds}
          taken={(name) => name in object || names.has(name)}
          onAdd={(name) =>
            set(name, initialOf(moreSchema, root, 1) ?? (readSchema(moreSchema, root).kind === "number" ? 0 : ""))
          }
        />
      )}
    </>
  );
}

export function AddMember({
  taken,
  onAdd,
  label,
}: {
  readonly taken: (name: string) => boolean;
  readonly onAdd: (name: string) => void;
  readonly label: string;
}): JSX.Element {
  const [name, setName] = useState("");
  const add = (): void => {
    if (name === "" || taken(name)) return;
    onAdd(name);
    setName("");
  };
  return (
    <div class="add-member">
      <input
        type="text"
        placeholder="name"
        aria-label={`${label}: its name`}
        autoComplete="off"
        spellcheck={false}
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          add();
        }}
      />
      <button type="button" onClick={add} disabled={name === "" || taken(name)}>
        {label}
      </button>
    </div>
  );
}
