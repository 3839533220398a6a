import { isRecord, textOf } from "../record.ts";
import type { Content, DeclaredProblem, Form, Output } from "./model.ts";
import { camel, phraseOf, problemName } from "./names.ts";
import { type At, below, entriesOf, type Reading } from "./reading.ts";
import type { Schemas } from "./schemas.ts";
import { ANY, type ObjectType, type Type } from "./type.ts";

export interface Answers {
  readonly outputs: readonly Output[];
  readonly problems: readonly DeclaredProblem[];
}

/** What an operation answers, apart by whether it succeeds. */
export function answersOf(responses: unknown, at: At, reading: Reading, schemas: Schemas): Answers {
  const outputs: Output[] = [];
  const problems: DeclaredProblem[] = [];
  for (const [code, given, place] of entriesOf(responses, at)) {
    if (code.startsWith("x-")) continue;
    const found = reading.follow(given, place);
    if (!isRecord(found.value)) continue;
    const status = statusOf(code);
    if (status === undefined && code !== "default" && !/^[45]XX$/i.test(code))
      throw reading.fault(
        place,
        `"${code}" is no status.`,
        'Write a status such as "200", a range such as "4XX", or "default".',
      );
    const said = textOf(found.value["description"]);
    const content = contentOf(found.value["content"], below(found.at, "content"), reading, schemas);
    if (status === undefined || status >= 400) {
      const own = content === undefined ? [] : ownProblems(content, schemas);
      problems.push(...own);
      if (own.length > 0) continue;
      const name = status === undefined ? unexpected(code) : problemName(status);
      const title = status === undefined ? "Unexpected" : phraseOf(status);
      problems.push({ name, title, ...(status !== undefined && { status }), ...(content && { content }) });
    } else if (!outputs.some((output) => output.status === status)) {
      outputs.push({ status, ...(said !== undefined && { description: said }), ...(content && { content }) });
    }
  }
  return {
    outputs: outputs.sort((a, b) => a.status - b.status),
    problems: problems.sort((a, b) => (a.status ?? 1000) - (b.status ?? 1000) || (a.name < b.name ? -1 : 1)),
  };
}

function statusOf(code: string): number | undefined {
  if (/^[23]XX$/i.test(code)) return Number(`${code.charAt(0)}00`);
  const status = /^[1-5]\d\d$/.test(code) ? Number(code) : undefined;
  return status;
}

function unexpected(code: string): string {
  return { "4": "refused", "5": "failed" }[code.charAt(0)] ?? "unexpected";
}

/** The one of several media types that is best to read: JSON, then text, then bytes. */
export function contentOf(content: unknown, at: At, reading: Reading, schemas: Schemas): Content | undefined {
  const entries = entriesOf(content, at);
  const best = [...entries].sort(([a], [b]) => rank(a) - rank(b))[0];
  if (best === undefined) return undefined;
  const [media, value, place] = best;
  const found = reading.follow(value, place);
  const { schema, itemSchema } = isRecord(found.value) ? found.value : { schema: undefined, itemSchema: undefined };
  const form = formOf(media);
  const streamed = form === "events" || form === "lines";
  const type: Type =
    streamed && itemSchema === undefined
      ? ANY
      : schemas.typeOf(itemSchema ?? schema, below(found.at, itemSchema === undefined ? "schema" : "itemSchema"));
  return { form: media.includes("*") && isBinary(type) ? "bytes" : form, media, type };
}

const RANKS = [
  /^application\/json\b/,
  /^application\/problem\+json\b/,
  /[/+]json\b/,
  /^\*\/\*$/,
  /x-www-form-urlencoded/,
  /^multipart\//,
  /^text\/event-stream/,
  /ndjson|jsonl/,
  /^text\//,
];

function rank(media: string): number {
  const found = RANKS.findIndex((pattern) => pattern.test(media));
  return found < 0 ? RANKS.length : found;
}

function formOf(media: string): Form {
  if (/[/+]json\b/.test(media) || media === "*/*") return "json";
  if (media.startsWith("application/x-www-form-urlencoded")) return "form";
  if (media.startsWith("multipart/")) return "multipart";
  if (media.startsWith("text/event-stream")) return "events";
  if (/ndjson|jsonl/.test(media)) return "lines";
  return /^text\/|[/+]xml\b/.test(media) ? "text" : "bytes";
}

function isBinary(type: Type): boolean {
  return type.kind === "text" && type.format === "binary";
}

/** Problems as an OpenSpeed app's own document writes them (RFC 9457 with a constant `name`), read back as declared. */
function ownProblems(content: Content, schemas: Schemas): readonly DeclaredProblem[] {
  if (content.media !== "application/problem+json") return [];
  const whole = schemas.resolve(content.type);
  const variants = whole.kind === "union" ? whole.of : [whole];
  return variants.flatMap((each) => {
    const variant = schemas.resolve(each);
    const parts = variant.kind === "intersection" ? variant.of : [variant];
    const written = parts.map((part) => schemas.resolve(part)).filter((part) => part.kind === "object");
    const name = constant(written, "name");
    const status = constant(written, "status");
    if (typeof name !== "string" || typeof status !== "number") return [];
    const title = constant(written, "title");
    const data = parts
      .filter((part) => part.kind === "object")
      .flatMap((part) => part.members)
      .find((member) => member.name === "data");
    return [
      {
        name: /^[A-Za-z]\w*$/.test(name) ? name : camel(name),
        status,
        title: typeof title === "string" ? title : phraseOf(status),
        ...(data && { content: { form: "json" as const, media: "application/json", type: data.type } }),
      },
    ];
  });
}

function constant(objects: readonly ObjectType[], name: string): unknown {
  const members = objects.flatMap((each) => each.members).filter((member) => member.name === name);
  for (const { type } of members) if (type.kind === "literal" && type.values.length === 1) return type.values[0];
  return undefined;
}
