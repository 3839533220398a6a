import { GenerateError } from "../fault.ts";
import { isRecord } from "../record.ts";
import { pathOf, type Source, valueAt } from "../source/read.ts";
import type { Note } from "./model.ts";

/** Where something stands: a file, and the members that lead to it. */
export interface At {
  readonly address: string;
  readonly path: readonly string[];
}

export interface Found {
  readonly value: unknown;
  readonly at: At;
}

/** A document while it is read: follows references, remembers what cannot be said. */
export interface Reading {
  readonly source: Source;
  readonly notes: Note[];
  /** What a reference means, through as many as there are. */
  follow(value: unknown, at: At): Found;
  /** One reference. */
  target(ref: string, at: At): Found;
  note(at: At, message: string): void;
  fault(at: At, message: string, mend: string): GenerateError;
}

export function below(at: At, ...keys: readonly (string | number)[]): At {
  return { address: at.address, path: [...at.path, ...keys.map(String)] };
}

export function pointerOf({ address, path }: At): string {
  return `${address}#/${path.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
}

export function makeReading(source: Source): Reading {
  const notes: Note[] = [];
  const fault = (at: At, message: string, mend: string): GenerateError =>
    new GenerateError({ code: "OS_SPEC_BROKEN", message, where: source.place(at.address, at.path), mend });

  function target(ref: string, at: At): Found {
    const hash = ref.indexOf("#");
    const file = hash < 0 ? ref : ref.slice(0, hash);
    const address = file === "" ? at.address : new URL(file, at.address).href;
    const path = hash < 0 ? [] : pathOf(ref.slice(hash));
    const value = valueAt(source.files.get(address), path);
    if (value !== undefined && (hash < 0 || /#(?:$|\/)/.test(ref))) return { value, at: { address, path } };
    throw fault(
      below(at, "$ref"),
      `"${ref}" refers to nothing.`,
      "Write a JSON Pointer to what is there, such as #/components/schemas/User.",
    );
  }

  function follow(value: unknown, at: At): Found {
    const seen = new Set<unknown>();
    let found: Found = { value, at };
    while (isRecord(found.value) && typeof found.value["$ref"] === "string") {
      if (seen.has(found.value)) throw fault(at, "It refers to itself.", "Let it refer to what is meant.");
      seen.add(found.value);
      found = target(found.value["$ref"], found.at);
    }
    return found;
  }

  return {
    source,
    notes,
    target,
    follow,
    fault,
    note: (at, message) => void notes.push({ where: at.path.join("/"), message }),
  };
}

/** The members of an object, each with its place; nothing where there is none. */
export function entriesOf(value: unknown, at: At): readonly (readonly [string, unknown, At])[] {
  return isRecord(value) ? Object.entries(value).map(([key, member]) => [key, member, below(at, key)] as const) : [];
}
