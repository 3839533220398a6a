import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InputProps } from "./field-props.ts";
import { RawJson } from "./raw-json.tsx";

/** Where a schema does not say what a value is, it is written as JSON. */
export function JsonInput({ id, name, value, onChange, invalid, describedBy }: InputProps): JSX.Element {
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value, null, 2)));
  // Somebody else changed it: a replay, say.
  useEffect(() => {
    if (parsed(text) !== undefined && JSON.stringify(parsed(text)?.value) === JSON.stringify(value)) return;
    if (value !== undefined) setText(JSON.stringify(value, null, 2));
  }, [value]);
  return (
    <RawJson
      id={id}
      label={name}
      text={text}
      invalid={invalid}
      describedBy={describedBy}
      onInput={(next) => {
        setText(next);
        const result = parsed(next);
        if (next === "") onChange(undefined);
        else if (result !== undefined) onChange(result.value);
      }}
    />
  );
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
