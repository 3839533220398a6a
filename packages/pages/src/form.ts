import {
  type BodyKind,
  type Incoming,
  kernelError,
  type Problem,
  type Reply,
  type RequestError,
  type Route,
  type Schema,
} from "@openspeed/core";
import { PageError } from "./fault.ts";

type TypesOf<A> = [A] extends [Route<infer T>] ? NonNullable<T> : never;
type BodyOf<A> =
  TypesOf<A> extends { readonly body: infer B }
    ? B extends { readonly "~standard": { readonly types?: infer T } }
      ? NonNullable<T> extends { readonly input: infer I }
        ? I
        : never
      : never
    : never;
type Keys<T> = T extends unknown ? keyof T & string : never;
/** The names of a form's fields; a multipart body's fields and files alike. */
export type FieldsOf<A> = [BodyOf<A>] extends [never]
  ? string
  : BodyOf<A> extends { readonly fields: infer F; readonly files?: infer G }
    ? Keys<F> | Keys<G>
    : Keys<BodyOf<A>>;

type Done<R> = R extends Response | Reply<number, undefined> ? never : R extends Reply<number, infer V> ? V : R;
export type ActionValue<A> = TypesOf<A> extends { readonly result: infer R } ? Done<R> : undefined;

type Named<E> = E extends unknown
  ? {
      [K in keyof E]: E[K] extends Problem<infer S, infer D>
        ? {
            readonly name: K;
            readonly status: S;
            readonly title: string;
            readonly detail: string | undefined;
            readonly data: D;
          }
        : never;
    }[keyof E]
  : never;
/** A problem that the action declares, as its page gets it. */
export type FormProblem<A> = TypesOf<A> extends { readonly problems: infer E } ? Named<E> : never;

/** What became of a page's form. */
export interface FormState<A = undefined> {
  /** Whether this page answers a form. */
  readonly sent: boolean;
  /** Whether the action took it. */
  readonly ok: boolean;
  /** What was sent, the first value of each field, to be shown again. Files are left out. */
  readonly values: { readonly [K in FieldsOf<A>]?: string };
  /** The same with all values of each field. */
  readonly lists: { readonly [K in FieldsOf<A>]?: readonly string[] };
  /** What is wrong with a field. */
  readonly errors: { readonly [K in FieldsOf<A>]?: string };
  /** What is wrong with the form as a whole. */
  readonly message: string | undefined;
  /** Which of its problems the action answered with. */
  readonly problem: FormProblem<A> | undefined;
  /** What the action returned. */
  readonly value: ActionValue<A> | undefined;
}

/** The same, before anybody knows which action. */
export interface AnyFormState {
  readonly sent: boolean;
  readonly ok: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly message: string | undefined;
  readonly problem: unknown;
  readonly value: unknown;
}

export const NOTHING_SENT: AnyFormState = {
  sent: false,
  ok: false,
  values: {},
  lists: {},
  errors: {},
  message: undefined,
  problem: undefined,
  value: undefined,
};

/**
 * Refuses a form for what only the action can know; the page is shown again with the words beside the fields.
 *
 * @example
 * if (await taken(body.email)) refuseForm({ email: "Somebody has this address." });
 */
export function refuseForm(errors: Readonly<Record<string, string>>): never {
  throw kernelError("invalid", undefined, {
    errors: Object.entries(errors).map(([name, detail]) => ({
      in: "body",
      pointer: `#/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
      detail,
    })),
  });
}

/** What is wrong, by field. */
export function readErrors(errors: readonly RequestError[]): Pick<AnyFormState, "errors" | "message"> {
  const byField: Record<string, string> = Object.create(null);
  let message: string | undefined;
  for (const { pointer, detail } of errors) {
    const field = fieldOf(pointer);
    if (field === undefined) message ??= detail;
    else byField[field] ??= detail;
  }
  return { errors: byField, message };
}

/** A multipart body keeps its fields and files apart; a form does not. */
function fieldOf(pointer: string): string | undefined {
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => unescapeKey(key));
  const [first, second] = keys;
  return second !== undefined && (first === "fields" || first === "files") ? second : first;
}

function unescapeKey(key: string): string {
  return decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
}

const ACCEPTED = ["application/x-www-form-urlencoded", "multipart/form-data"];

/** What forms sent, kept beside what their schemas make of it, so that a refused one can be shown again. */
export class SentForms {
  readonly #raw = new WeakMap<Incoming, Pick<AnyFormState, "values" | "lists">>();

  /** The same body, remembered as it was sent. */
  remember(schema: Schema, source: string): BodyKind {
    const kind: Partial<BodyKind> = schema;
    const { read, accepts, textual } = kind;
    if (
      read === undefined ||
      accepts === undefined ||
      textual === undefined ||
      !ACCEPTED.some((type) => accepts.includes(type))
    )
      throw new PageError(
        "OS_ACTION_BODY",
        `${source}: the action's body is none that a form can send. Write body: form(schema), or multipart({ … }).`,
      );
    return {
      "~standard": schema["~standard"],
      accepts,
      textual,
      schema: kind.schema ?? schema,
      read: async (incoming, limits) => {
        const value = await read(incoming, limits);
        this.#raw.set(incoming, sentBy(value));
        return value;
      },
    };
  }

  of(incoming: Incoming): Pick<AnyFormState, "values" | "lists"> {
    return this.#raw.get(incoming) ?? { values: {}, lists: {} };
  }
}

/** The texts of a form: schemas change what they get, so these are copies. */
function sentBy(raw: unknown): Pick<AnyFormState, "values" | "lists"> {
  const values: Record<string, string> = Object.create(null);
  const lists: Record<string, readonly string[]> = Object.create(null);
  for (const [name, value] of Object.entries(fieldsIn(raw))) {
    const list = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
    const [first] = list;
    if (first === undefined) continue;
    values[name] = first;
    lists[name] = list;
  }
  return { values, lists };
}

function fieldsIn(raw: unknown): object {
  if (typeof raw !== "object" || raw === null) return {};
  // What multipart bodies are before they are judged: an object of a class, with fields beside files.
  if (
    "fields" in raw &&
    "files" in raw &&
    typeof raw.fields === "object" &&
    raw.fields !== null &&
    !Array.isArray(raw.fields)
  )
    return raw.fields;
  return raw;
}
