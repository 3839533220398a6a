/** Fields of forms: a label, perhaps a hint, what is wrong, and the words that tie them together for those who listen. */
import type { ComponentChildren, VNode } from "preact";
import { Alert } from "./icons.tsx";

/** What became of a form, by field. */
export interface Sent {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly errors: Readonly<Record<string, string | undefined>>;
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly sent: Sent;
  /** Shown until something was sent. */
  readonly initial?: string | undefined;
  readonly required?: boolean;
}

interface InputProps extends FieldProps {
  readonly type?: "text" | "email";
  readonly autocomplete?: string;
  readonly placeholder?: string;
}

export function Input({ type = "text", autocomplete = "off", placeholder, ...field }: InputProps): VNode {
  const own = { ...tied(field), value: valueOf(field), autocomplete, placeholder };
  return (
    <Field {...field}>{type === "email" ? <input type="email" {...own} /> : <input type="text" {...own} />}</Field>
  );
}

export function TextArea({
  rows = 5,
  placeholder,
  ...field
}: FieldProps & { rows?: number; placeholder?: string }): VNode {
  return (
    <Field {...field}>
      <textarea {...tied(field)} rows={rows} placeholder={placeholder}>
        {valueOf(field)}
      </textarea>
    </Field>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function Select({ choices, ...field }: FieldProps & { readonly choices: readonly Choice[] }): VNode {
  const chosen = valueOf(field);
  return (
    <Field {...field}>
      <select {...tied(field)}>
        {choices.map(({ value, label }) => (
          <option key={value} value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function Checkbox({
  name,
  label,
  hint,
  checked,
}: {
  name: string;
  label: string;
  hint: string;
  checked: boolean;
}): VNode {
  return (
    <div class="choice">
      <input type="checkbox" id={name} name={name} checked={checked} aria-describedby={`${name}-hint`} />
      <label for={name}>{label}</label>
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
    </div>
  );
}

function Field({ name, label, hint, sent, children }: FieldProps & { readonly children: ComponentChildren }): VNode {
  const wrong = sent.errors[name];
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint === undefined ? null : (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {children}
      {wrong === undefined ? null : (
        <span class="wrong" id={`${name}-wrong`}>
          <Alert />
          {wrong}
        </span>
      )}
    </div>
  );
}

function valueOf({ name, sent, initial = "" }: FieldProps): string {
  return sent.values[name] ?? initial;
}

function tied({ name, hint, sent, required = false }: FieldProps) {
  const wrong = sent.errors[name] !== undefined;
  const described = [hint === undefined ? [] : `${name}-hint`, wrong ? `${name}-wrong` : []].flat().join(" ");
  return {
    id: name,
    name,
    // Not `required`: the server's words are better than the browser's, and the same everywhere.
    "aria-required": required ? ("true" as const) : undefined,
    "aria-invalid": wrong ? ("true" as const) : undefined,
    "aria-describedby": described === "" ? undefined : described,
  };
}

/** What is wrong with a form, first of all, with a way to each field. */
export function Refused({
  sent,
  labels,
  message,
}: {
  sent: Sent;
  labels: Readonly<Record<string, string>>;
  message?: string | undefined;
}): VNode | null {
  const wrong = Object.entries(sent.errors).filter(([, words]) => words !== undefined);
  if (wrong.length === 0 && message === undefined) return null;
  return (
    <div class="notice bad" role="alert" tabIndex={-1} autoFocus>
      <Alert />
      <div>
        <h2>{message ?? "That cannot be saved yet"}</h2>
        {wrong.length === 0 ? null : (
          <ul>
            {wrong.map(([name, words]) => (
              <li key={name}>
                <a href={`#${name}`}>{labels[name] ?? name}</a>: {words}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
