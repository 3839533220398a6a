import type { GraphRoute } from "@openspeed/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type CredentialField, credentialFields, keepCredential, readCredential } from "./credentials.ts";
import { Section } from "./section.tsx";

/** How a caller gets past the route's guards. */
export function CredentialForm({ route }: { readonly route: GraphRoute }): JSX.Element | null {
  const fields = credentialFields(route);
  if (fields.length === 0) return null;
  return (
    <Section title="Credentials">
      {fields.map((field) => (
        <CredentialInput key={field.scheme} field={field} />
      ))}
    </Section>
  );
}

function CredentialInput({ field }: { readonly field: CredentialField }): JSX.Element {
  const [text, setText] = useState(() => readCredential(field));
  const id = `credential-${field.scheme}`;
  return (
    <div class="field">
      <div class="field-head">
        <label class="field-name" for={id}>
          {field.scheme}
        </label>
        <span class="field-hint">{field.label}</span>
      </div>
      <div class="field-body">
        <div class="field-input">
          <input
            id={id}
            type="password"
            autoComplete="off"
            placeholder="not sent"
            value={text}
            onInput={({ currentTarget: { value } }) => {
              setText(value);
              keepCredential(field, value);
            }}
          />
        </div>
        <p class="field-about">Kept until this tab closes; in no history and no file.</p>
      </div>
    </div>
  );
}
