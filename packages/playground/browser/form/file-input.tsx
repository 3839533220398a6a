import type { JSX } from "preact";
import type { InputProps } from "./field-props.ts";
import { isObject } from "./schema.ts";

/** A file, or several. */
export function FileInput({ id, name, value, onChange, reading, invalid, describedBy }: InputProps): JSX.Element {
  const many = reading.kind === "files";
  const schema = many && isObject(reading.schema["items"]) ? reading.schema["items"] : reading.schema;
  const types = String(schema["contentMediaType"] ?? "");
  const files = (Array.isArray(value) ? value : [value]).filter((each) => each instanceof File);
  return (
    <div class="file">
      <input
        id={id}
        name={name}
        type="file"
        multiple={many}
        accept={types === "application/octet-stream" ? undefined : types}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={({ currentTarget }) => {
          const chosen = [...(currentTarget.files ?? [])];
          onChange(chosen.length === 0 ? undefined : many ? chosen : chosen[0]);
        }}
      />
      {files.length > 0 && <span class="field-hint">{files.map(({ size }) => `${size} bytes`).join(", ")}</span>}
    </div>
  );
}
