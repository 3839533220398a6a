import type { JSX } from "preact";
import type { InputProps } from "./field-props.ts";

/** `true`, `"open"` … as a person reads them. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A few choices side by side, many in a list; one that is not required can be left out. */
export function ChoiceInput({
  id,
  name,
  choices,
  required,
  value,
  onChange,
  invalid,
  describedBy,
}: InputProps & { readonly choices: readonly unknown[] }): JSX.Element {
  const options = required && value !== undefined ? choices : [undefined, ...choices];
  const short = choices.length <= 4 && choices.every((each) => textOf(each).length <= 12);
  if (short)
    return (
      <div
        class="segments"
        role="radiogroup"
        aria-labelledby={`${id}-name`}
        aria-invalid={invalid}
        aria-describedby={describedBy}
      >
        {options.map((option, i) => (
          <label key={i} class="segment">
            <input
              type="radio"
              id={i === 0 ? id : undefined}
              name={id}
              checked={value === option}
              onChange={() => onChange(option)}
            />
            <span>{option === undefined ? "not sent" : textOf(option)}</span>
          </label>
        ))}
      </div>
    );
  return (
    <select
      id={id}
      name={name}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      value={String(options.indexOf(value))}
      onChange={(event) => onChange(options[Number(event.currentTarget.value)])}
    >
      {options.map((option, i) => (
        <option key={i} value={String(i)}>
          {option === undefined ? "not sent" : textOf(option)}
        </option>
      ))}
    </select>
  );
}

/** What is no number goes out as the text that it is: the server judges. */
export function NumberInput({
  id,
  name,
  value,
  onChange,
  reading,
  required,
  invalid,
  describedBy,
}: InputProps): JSX.Element {
  return (
    <input
      id={id}
      name={name}
      type="text"
      inputMode={reading.schema["type"] === "integer" ? "numeric" : "decimal"}
      autoComplete="off"
      class="short"
      value={value === undefined ? "" : String(value)}
      placeholder={placeholderOf(reading.schema, required)}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onInput={({ currentTarget: { value: text } }) => {
        const number = Number(text);
        const exact = text.trim() !== "" && String(number) === text.trim();
        onChange(text === "" ? undefined : exact ? number : text);
      }}
      onBlur={() => {
        if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) onChange(Number(value));
      }}
    />
  );
}

export function TextInput({
  id,
  name,
  value,
  onChange,
  reading,
  required,
  part,
  invalid,
  describedBy,
}: InputProps): JSX.Element {
  const { schema } = reading;
  const shown = value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
  const shared = {
    id,
    name,
    value: shown,
    placeholder: placeholderOf(schema, required),
    autoComplete: "off",
    spellcheck: false,
    "aria-invalid": invalid,
    "aria-describedby": describedBy,
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void => {
      const text = currentTarget.value;
      onChange(text === "" && !(required && part === "body") ? undefined : text);
    },
  };
  const long =
    typeof schema["maxLength"] === "number"
      ? schema["maxLength"] > 200
      : /body|text|description|content|message/i.test(name);
  if (long && part === "body")
    return <textarea rows={Math.min(10, Math.max(2, shown.split("\n").length))} {...shared} />;
  return (
    <>
      {schema["format"] === "date" ? (
        <input type="date" {...shared} />
      ) : schema["format"] === "time" ? (
        <input type="time" step="1" {...shared} />
      ) : schema["format"] === "password" ? (
        <input type="password" {...shared} />
      ) : (
        <input type="text" {...shared} />
      )}
      {schema["format"] === "uuid" && part === "body" && (
        <button type="button" class="quiet" onClick={() => onChange(crypto.randomUUID())}>
          random
        </button>
      )}
      {schema["format"] === "date-time" && (
        <button type="button" class="quiet" onClick={() => onChange(new Date().toISOString())}>
          now
        </button>
      )}
    </>
  );
}

function placeholderOf(schema: InputProps["schema"], required: boolean): string {
  const examples = schema["examples"];
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  if (schema["default"] !== undefined) return `${textOf(schema["default"])} (default)`;
  return example === undefined ? (required ? "" : "not sent") : textOf(example);
}
