import type { GraphRoute, JsonSchema } from "@openspeed/core";
import type { ComponentChildren, JSX } from "preact";
import type { Part } from "../form/errors.ts";
import { Field } from "../form/field.tsx";
import { Members } from "../form/object-field.tsx";
import { readSchema } from "../form/schema.ts";
import { BodyForm } from "./body-form.tsx";
import { CredentialForm } from "./credential-form.tsx";
import { bodyModeOf, type Draft, paramsSchema, type Values } from "./draft.ts";
import { Section } from "./section.tsx";

export interface RequestFormProps {
  readonly route: GraphRoute;
  readonly draft: Draft;
  readonly onChange: (draft: Draft, edited: { readonly in: Part }) => void;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const OPEN: JsonSchema = { type: "object", additionalProperties: { type: "string" } };

/** A form for each part of a request that its route declares. */
export function RequestForm({ route, draft, onChange }: RequestFormProps): JSX.Element {
  const params = paramsSchema(route);
  const parts = (name: Exclude<Part, "body">, schema: JsonSchema): JSX.Element => (
    <Members
      Field={Field}
      part={name}
      pointer="#"
      schema={readSchema(schema, schema).schema}
      root={schema}
      adds={name === "headers" ? "Add a header" : "Add a parameter"}
      value={draft[name]}
      onChange={(value) => onChange({ ...draft, [name]: value as Values }, { in: name })}
    />
  );
  const hasBody = bodyModeOf(route) !== "none" && draft.method !== "GET" && draft.method !== "HEAD";
  return (
    <div class="sections">
      {route.method === "*" && (
        <Section title="Method">
          <div class="segments" role="radiogroup" aria-label="Method">
            {METHODS.map((method) => (
              <label key={method} class="segment">
                <input
                  type="radio"
                  name="method"
                  checked={draft.method === method}
                  onChange={() => onChange({ ...draft, method }, { in: "params" })}
                />
                <span>{method}</span>
              </label>
            ))}
          </div>
        </Section>
      )}
      <CredentialForm route={route} />
      {params !== undefined && <Section title="Path">{parts("params", params)}</Section>}
      {route.query !== undefined && <Section title="Query">{parts("query", route.query.input)}</Section>}
      {route.headers !== undefined && (
        <Section title="Headers">
          {parts("headers", { ...route.headers.input, additionalProperties: { type: "string" } })}
        </Section>
      )}
      {route.cookies !== undefined && <Section title="Cookies">{parts("cookies", route.cookies.input)}</Section>}
      {hasBody && <BodyForm route={route} draft={draft} onChange={(next) => onChange(next, { in: "body" })} />}
      {route.query === undefined && (
        <More title="Add to the query" count={Object.keys(draft.query).length}>
          {parts("query", OPEN)}
        </More>
      )}
      {route.headers === undefined && (
        <More title="Add headers" count={Object.keys(draft.headers).length}>
          {parts("headers", OPEN)}
        </More>
      )}
    </div>
  );
}

/** What a route does not declare may be sent all the same; it is folded away until somebody wants it. */
function More({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <details class="more" open={count > 0}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
