/** A multipart body as the parts that it is made of, each read in its turn. */
import { type Incoming, kernelError, type Limits, stream } from "@openspeed/core";
import { type Bytes, createParser, type PartEvent } from "./parser.ts";

export interface FieldPart {
  readonly kind: "field";
  readonly name: string;
  readonly value: string;
}

export interface FilePart {
  readonly kind: "file";
  /** The form's name for it. */
  readonly name: string;
  /** The client's name for it, without folders: a label, never a path. */
  readonly filename: string;
  /** The media type that the client says it has, in lower case and without parameters. */
  readonly type: string;
  /** Its bytes as they arrive; over when the next part is asked for. */
  readonly chunks: AsyncIterable<Bytes>;
}

export type Part = FieldPart | FilePart;

/**
 * Reads the parts of a body. A file that is not read is skipped; an input left empty in a form is no part.
 *
 * @throws the kernel problems `malformed` (400) and `tooLarge` (413), whenever they are found
 */
export async function* partsOf(incoming: Incoming, limits: Limits): AsyncGenerator<Part, void, undefined> {
  const parser = createParser(incoming.header("content-type") ?? "", limits.parts);
  const body = await stream().read?.(incoming, limits);
  if (!(body instanceof ReadableStream)) throw kernelError("malformed", "The request has no body.");
  const reader: ReadableStreamDefaultReader<Bytes> = body.getReader();
  const events: PartEvent[] = [];
  let ended = false;

  const next = async (): Promise<PartEvent | undefined> => {
    while (events.length === 0) {
      if (ended) return undefined;
      const { done, value } = await reader.read();
      ended = done;
      events.push(...parser.write(value));
    }
    return events.shift();
  };

  try {
    for (let event = await next(); event !== undefined; event = await next()) {
      if (event.kind === "field") yield event;
      if (event.kind !== "file") continue; // what is left of a file that nobody read
      const { name, filename = "" } = event.disposition;
      if (filename === "") continue;
      const turn = { open: true };
      yield { kind: "file", name, filename, type: event.type, chunks: chunksOf(next, turn) };
      while (turn.open && (await next())?.kind === "chunk");
      turn.open = false;
    }
  } finally {
    await reader.cancel().catch(() => {}); // the body is over or broken already; the first error is the one to tell
  }
}

async function* chunksOf(
  next: () => Promise<PartEvent | undefined>,
  turn: { open: boolean },
): AsyncGenerator<Bytes, void, undefined> {
  while (turn.open) {
    const event = await next();
    if (event?.kind === "chunk") yield event.chunk;
    else turn.open = false;
  }
}
