import type { BodyKind, Issue, Schema, Validated } from "@openspeed/core";
import type { Bytes } from "./parser.ts";
import { partsOf } from "./parts.ts";
import { bounded, countIssues, type FileRules, refusal } from "./rules.ts";
import {
  accepts,
  addField,
  type FieldsOf,
  fieldsValidator,
  type FilesOf,
  framed,
  type Input,
  type MultipartShape,
  noBody,
  noFields,
  type RawFields,
} from "./shape.ts";

/** What a handler gets: validated fields, and files as the web's own `File`. */
export interface Multipart<F, R extends FileRules> {
  readonly fields: FieldsOf<F>;
  readonly files: FilesOf<R, File>;
}

/**
 * A `multipart/form-data` body (RFC 7578) whose files are small enough to hold: at most `maxSize` each and `limits.body`
 * together. For large ones take {@link uploads}.
 *
 * Answers 413 `tooLarge` past a limit, 400 `malformed` for what is no multipart body, 422 `invalid` with every wrong field
 * and file at once.
 *
 * @example
 * const POST = route({
 *   body: multipart({ fields: z.object({ title: z.string() }), files: { picture: { types: ["image/*"], maxSize: "5MiB" } } }),
 * }, ({ body }) => `${body.fields.title}: ${body.files.picture.size} bytes`);
 */
export function multipart<F extends Schema | undefined = undefined, const R extends FileRules = {}>(
  shape: MultipartShape<F, R> = {},
): BodyKind<Input<F, R>, Multipart<F, R>> {
  const rules: FileRules = shape.files ?? {};
  const validateFields = fieldsValidator(shape.fields);

  async function validate(value: unknown): Promise<Validated<Multipart<F, R>>> {
    if (!(value instanceof Received)) return noBody;
    const fields = await validateFields(value.fields);
    const counts = new Map([...value.files].map(([name, files]) => [name, files.length]));
    const issues = [...(fields.issues ?? []), ...value.issues, ...countIssues(rules, counts)];
    if (fields.issues !== undefined || issues.length > 0) return { issues };
    const files = Object.fromEntries(
      Object.entries(rules).map(([name, { many = false }]) => [
        name,
        many === false ? value.files.get(name)?.[0] : (value.files.get(name) ?? []),
      ]),
    );
    // The schema made the fields and the rules were kept, so both are what the types say.
    return { value: { fields: fields.value as FieldsOf<F>, files: files as FilesOf<R, File> } };
  }

  const schema = framed<Input<F, R>, Multipart<F, R>>(shape, validate);
  return {
    ...schema,
    schema,
    accepts,
    textual: false,
    read: async (incoming, limits) => {
      const received = new Received();
      for await (const part of partsOf(incoming, limits)) {
        if (part.kind === "field") {
          addField(received.fields, part.name, part.value);
          continue;
        }
        const files = received.files.get(part.name) ?? [];
        const refused = refusal(rules, part);
        if (refused !== undefined) received.issues.push({ message: refused, path: ["files", part.name] });
        const chunks: Bytes[] = [];
        if (refused === undefined) for await (const chunk of bounded(part, rules, limits.file)) chunks.push(chunk);
        received.files.set(part.name, [...files, new File(chunks, part.filename, { type: part.type })]);
      }
      return received;
    },
  };
}

/** What was read and not yet judged. */
class Received {
  readonly fields: RawFields = noFields();
  readonly files: Map<string, File[]> = new Map();
  readonly issues: Issue[] = [];
}
