import { type BodyKind, kernelError, type Limits, type Schema, type Validated } from "@openspeed/core";
import type { Bytes } from "./parser.ts";
import { type FilePart, type Part, partsOf } from "./parts.ts";
import { bounded, countIssues, type FileRules, refusal } from "./rules.ts";
import {
  accepts,
  addField,
  type FieldsOf,
  fieldsValidator,
  framed,
  type Input,
  type MultipartShape,
  noBody,
  noFields,
  type RawFields,
} from "./shape.ts";

/** A file while it arrives. It is read once, in its turn: before the next one is asked for. */
export interface Upload<Field extends string = string> extends AsyncIterable<Bytes> {
  /** The form's name for it. */
  readonly field: Field;
  /** The client's name for it, without folders: a label, never a path. */
  readonly name: string;
  /** The media type that the client says it has. */
  readonly type: string;
  /** The same bytes as a web stream. */
  stream(): ReadableStream<Bytes>;
}

export interface Uploads<F, Field extends string> {
  readonly fields: FieldsOf<F>;
  /** The files as they arrive. A file that is not read is skipped; going on to the end checks that none is missing. */
  readonly files: AsyncIterable<Upload<Field>>;
}

/**
 * A `multipart/form-data` body (RFC 7578) whose files are streamed: one chunk of one file is in memory, however large it is.
 *
 * The fields that stand before the first file are validated before the handler runs; a field after a file answers 422.
 * What is wrong with a file (its size 413, its type 422, a broken body 400) is thrown where the handler reads it.
 *
 * @example
 * const POST = route({
 *   body: uploads({ fields: z.object({ to: z.string() }), files: { video: { types: ["video/*"], maxSize: "2GiB" } } }),
 *   limits: { body: "2GiB", handler: "1h" },
 * }, async ({ body }) => {
 *   for await (const file of body.files) await store(body.fields.to, file.stream());
 * });
 */
export function uploads<F extends Schema | undefined = undefined, const R extends FileRules = {}>(
  shape: MultipartShape<F, R> = {},
): BodyKind<Input<F, R>, Uploads<F, keyof R & string>> {
  const rules: FileRules = shape.files ?? {};
  const validateFields = fieldsValidator(shape.fields);
  const isField = (name: string): name is keyof R & string => Object.hasOwn(rules, name);

  async function validate(value: unknown): Promise<Validated<Uploads<F, keyof R & string>>> {
    if (!(value instanceof Arriving)) return noBody;
    const fields = await validateFields(value.fields);
    if (fields.issues !== undefined) {
      await value.parts.return();
      return fields;
    }
    // The schema made the fields, so they are what the types say.
    return { value: { fields: fields.value as FieldsOf<F>, files: filesOf(value, rules, isField) } };
  }

  const schema = framed<Input<F, R>, Uploads<F, keyof R & string>>(shape, validate);
  return {
    ...schema,
    schema,
    accepts,
    textual: false,
    read: async (incoming, limits) => {
      const parts = partsOf(incoming, limits);
      const fields = noFields();
      for (let result = await parts.next(); result.done !== true; result = await parts.next()) {
        if (result.value.kind === "file") return new Arriving(fields, parts, result.value, limits);
        addField(fields, result.value.name, result.value.value);
      }
      return new Arriving(fields, parts, undefined, limits);
    },
  };
}

/** What was read and not yet judged: the fields up to the first file. */
class Arriving {
  readonly fields: RawFields;
  readonly parts: AsyncGenerator<Part, void, undefined>;
  readonly first: FilePart | undefined;
  readonly limits: Limits;

  constructor(
    fields: RawFields,
    parts: AsyncGenerator<Part, void, undefined>,
    first: FilePart | undefined,
    limits: Limits,
  ) {
    this.fields = fields;
    this.parts = parts;
    this.first = first;
    this.limits = limits;
  }
}

async function* filesOf<Field extends string>(
  { parts, first, limits }: Arriving,
  rules: FileRules,
  isField: (name: string) => name is Field,
): AsyncGenerator<Upload<Field>, void, undefined> {
  const counts = new Map<string, number>();
  try {
    for (let part: Part | undefined = first; part !== undefined; part = (await parts.next()).value ?? undefined) {
      if (part.kind === "field") throw invalid(["fields", part.name], "Fields are sent before files.");
      const refused = refusal(rules, part);
      if (refused !== undefined || !isField(part.name))
        throw invalid(["files", part.name], refused ?? "No file is expected under this name.");
      counts.set(part.name, (counts.get(part.name) ?? 0) + 1);
      const most = rules[part.name]?.many ?? 1;
      if (typeof most === "number" && (counts.get(part.name) ?? 0) > most)
        throw invalid(["files", part.name], `At most ${most} may be sent.`);
      yield upload(part.name, part, bounded(part, rules, limits.file));
    }
    for (const { message, path = [] } of countIssues(rules, counts)) throw invalid(path.map(String), message);
  } finally {
    await parts.return();
  }
}

function upload<Field extends string>(
  field: Field,
  part: FilePart,
  chunks: AsyncGenerator<Bytes, void, undefined>,
): Upload<Field> {
  return {
    field,
    name: part.filename,
    type: part.type,
    [Symbol.asyncIterator]: () => chunks,
    stream: () =>
      new ReadableStream<Bytes>({
        async pull(controller) {
          const { done, value } = await chunks.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
        async cancel() {
          await chunks.return();
        },
      }),
  };
}

function invalid(path: readonly string[], detail: string): Error {
  const pointer = `#${path.map((key) => `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`;
  return kernelError("invalid", undefined, { errors: [{ in: "body", pointer, detail }] });
}
