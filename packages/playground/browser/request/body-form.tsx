import type { GraphRoute } from "@openspeed/core";
import type { JSX } from "preact";
import { useErrors } from "../form/errors.ts";
import { Field } from "../form/field.tsx";
import { Wrong } from "../form/wrong.tsx";
import { Members } from "../form/object-field.tsx";
import { RawJson } from "../form/raw-json.tsx";
import { isObject, propertiesOf, readSchema } from "../form/schema.ts";
import { bodyModeOf, type Draft } from "./draft.ts";
import { Section } from "./section.tsx";

export interface BodyFormProps {
  readonly route: GraphRoute;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** A body as fields, or as JSON. */
export function BodyForm({ route, draft, onChange }: BodyFormProps): JSX.Element {
  const mode = bodyModeOf(route);
  const whole = useErrors("body", "#");
  const raw = draft.raw;
  const schema = route.body?.input ?? {};
  const asFields = (): void => {
    try {
      onChange({
        ...draft,
        body: raw === undefined || raw.trim() === "" ? undefined : JSON.parse(raw),
        raw: undefined,
      });
    } catch {
      onChange({ ...draft, raw: undefined }); // what does not parse has no fields: those of before are shown
    }
  };
  const toggle = mode === "json" && (
    <div class="segments" role="radiogroup" aria-label="Write the body as">
      <label class="segment">
        <input type="radio" name="body-as" checked={raw === undefined} onChange={asFields} />
        <span>Form</span>
      </label>
      <label class="segment">
        <input
          type="radio"
          name="body-as"
          checked={raw !== undefined}
          onChange={() =>
            onChange({ ...draft, raw: draft.body === undefined ? "" : JSON.stringify(draft.body, null, 2) })
          }
        />
        <span>JSON</span>
      </label>
    </div>
  );
  return (
    <Section
      title="Body"
      aside={
        <>
          <span class="field-hint">{route.body?.types.filter((type) => !type.includes("*")).join(", ")}</span>
          {toggle}
        </>
      }
    >
      {raw === undefined && readSchema(schema, schema).kind !== "object" ? null : (
        <Wrong>{whole.map(({ detail }) => detail).join(" ")}</Wrong>
      )}
      {raw !== undefined ? (
        <RawJson id="body-raw" label="Body as JSON" text={raw} onInput={(text) => onChange({ ...draft, raw: text })} />
      ) : mode === "text" ? (
        <TextBody draft={draft} types={route.body?.types ?? []} onChange={onChange} />
      ) : (
        <BodyFields route={route} draft={draft} onChange={onChange} />
      )}
    </Section>
  );
}

function BodyFields({ route, draft, onChange }: BodyFormProps): JSX.Element {
  const root = route.body?.input ?? {};
  const reading = readSchema(root, root);
  const { body } = draft;
  const set = (value: unknown): void => onChange({ ...draft, body: value });
  if (bodyModeOf(route) === "multipart") {
    const parts = new Map(propertiesOf(reading.schema));
    const object = isObject(body) ? body : {};
    return (
      <>
        {["fields", "files"].map((name) => (
          <Members
            key={name}
            Field={Field}
            part="body"
            pointer={`#/${name}`}
            schema={readSchema(parts.get(name) ?? {}, root).schema}
            root={root}
            value={object[name]}
            onChange={(value) => set({ ...object, [name]: value })}
          />
        ))}
      </>
    );
  }
  if (reading.kind === "object" && !reading.nullable)
    return (
      <Members Field={Field} part="body" pointer="#" schema={reading.schema} root={root} value={body} onChange={set} />
    );
  return <Field part="body" pointer="#" name="body" schema={root} root={root} required value={body} onChange={set} />;
}

/** A text, or a file, under a media type of one's choice. */
function TextBody({
  draft,
  types,
  onChange,
}: Pick<BodyFormProps, "draft" | "onChange"> & { readonly types: readonly string[] }): JSX.Element {
  const file = draft.body instanceof File ? draft.body : undefined;
  return (
    <div class="text-body">
      <label class="field-name" for="body-type">
        Content type
      </label>
      <input
        id="body-type"
        type="text"
        list="body-types"
        value={draft.contentType ?? ""}
        onInput={({ currentTarget }) => onChange({ ...draft, contentType: currentTarget.value })}
      />
      <datalist id="body-types">
        {types.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      {file === undefined ? (
        <textarea
          class="code"
          rows={6}
          aria-label="Body"
          value={String(draft.body ?? "")}
          onInput={({ currentTarget }) => onChange({ ...draft, body: currentTarget.value })}
        />
      ) : (
        <p>
          {file.name} <span class="field-hint">{file.size} bytes</span>{" "}
          <button type="button" class="quiet" onClick={() => onChange({ ...draft, body: "" })}>
            Write a text
          </button>
        </p>
      )}
      <input
        type="file"
        aria-label="A file as the body"
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.files?.[0];
          if (chosen !== undefined) onChange({ ...draft, body: chosen, contentType: chosen.type || draft.contentType });
        }}
      />
    </div>
  );
}
