import type { JsonSchema } from "@openspeed/core";
import type { JSX } from "preact";
import { Markdownish } from "../prose.tsx";
import { fieldId, useErrors } from "./errors.ts";
import type { FieldProps, InputProps } from "./field-props.ts";
import { FileInput } from "./file-input.tsx";
import { ListField } from "./list-field.tsx";
import { JsonInput } from "./json-input.tsx";
import { ObjectField } from "./object-field.tsx";
import { ChoiceInput, NumberInput, TextInput } from "./scalar-inputs.tsx";
import { Wrong } from "./wrong.tsx";
import { hintOf, initialOf, type Reading, readSchema } from "./schema.ts";
import { UnionField } from "./union-field.tsx";

/** One field: its name and what it may be, an input for it, and what was wrong with it. */
export function Field(props: FieldProps): JSX.Element {
  const { part, pointer, name, schema, root, required, value, onChange, onRemove } = props;
  const reading = readSchema(schema, root);
  const id = fieldId(part, pointer);
  const errors = useErrors(part, pointer);
  const { description } = reading.schema;
  const isNull = value === null && reading.nullable;
  const described = [description === undefined ? "" : `${id}-about`, errors.length === 0 ? "" : `${id}-wrong`].filter(
    Boolean,
  );
  const input: InputProps = {
    ...props,
    Field,
    reading,
    id,
    invalid: errors.length > 0,
    describedBy: described.length === 0 ? undefined : described.join(" "),
  };
  const compound = ["list", "object", "union"].includes(reading.kind) && !isNull;
  return (
    <div
      class={`field ${compound ? "field-compound" : ""} ${errors.length > 0 ? "field-wrong" : ""}`}
      data-pointer={`${part}${pointer}`}
    >
      <div class="field-head">
        {compound ? (
          <span class="field-name" id={`${id}-name`}>
            {name}
          </span>
        ) : (
          <label class="field-name" id={`${id}-name`} for={id}>
            {name}
          </label>
        )}
        {required && <span class="field-required">required</span>}
        <span class="field-hint">{hintOf(reading)}</span>
      </div>
      <div class="field-body">
        <div class="field-input">
          {isNull ? (
            <output class="null" id={id}>
              null
            </output>
          ) : (
            inputOf(input)
          )}
          {reading.nullable && (
            <button
              type="button"
              class="quiet"
              aria-pressed={isNull}
              aria-label={`${name} is null`}
              onClick={() => onChange(isNull ? initialOf({ ...schemaWithoutNull(reading) }, root, 1) : null)}
            >
              null
            </button>
          )}
          {onRemove !== undefined && (
            <button type="button" class="quiet icon" aria-label={`Remove ${name}`} onClick={onRemove}>
              ×
            </button>
          )}
        </div>
        {typeof description === "string" && (
          <p class="field-about" id={`${id}-about`}>
            <Markdownish text={description} />
          </p>
        )}
        <Wrong id={`${id}-wrong`}>{errors.map(({ detail }) => detail).join(" ")}</Wrong>
      </div>
    </div>
  );
}

/** What a nullable field begins with when it is no longer null. */
function schemaWithoutNull({ kind, schema, choices, variants }: Reading): JsonSchema {
  if (kind === "choice") return { enum: choices };
  if (kind === "union") return { anyOf: variants };
  const { default: _null, type, ...rest } = schema;
  const plain = Array.isArray(type) ? type.filter((each) => each !== "null") : type;
  return {
    ...rest,
    ...(plain !== undefined && { type: Array.isArray(plain) && plain.length === 1 ? plain[0] : plain }),
  };
}

function inputOf(input: InputProps): JSX.Element {
  switch (input.reading.kind) {
    case "boolean":
      return <ChoiceInput {...input} choices={[true, false]} />;
    case "choice":
      return <ChoiceInput {...input} choices={input.reading.choices} />;
    case "number":
      return <NumberInput {...input} />;
    case "text":
      return <TextInput {...input} />;
    case "file":
    case "files":
      return <FileInput {...input} />;
    case "list":
      return <ListField {...input} />;
    case "object":
      return <ObjectField {...input} />;
    case "union":
      return <UnionField {...input} />;
    case "json":
      return <JsonInput {...input} />;
  }
}
