import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** A part of a request that has fields. */
export type Part = "params" | "query" | "headers" | "cookies" | "body";

export interface FieldError {
  readonly in: string;
  /** A JSON Pointer as URI fragment: `#/items/0/name`. */
  readonly pointer: string;
  readonly detail: string;
}

/** What the server found wrong with what was sent last. */
export const Errors = createContext<readonly FieldError[]>([]);

export function useErrors(part: Part, pointer: string): readonly FieldError[] {
  return useContext(Errors).filter((error) => error.in === part && error.pointer === pointer);
}

export function memberPointer(pointer: string, key: string | number): string {
  return `${pointer}/${encodeURIComponent(String(key).replaceAll("~", "~0").replaceAll("/", "~1"))}`;
}

export function fieldId(part: string, pointer: string): string {
  return `${part}-${pointer.slice(1).replace(/[^\w-]/g, "_")}`;
}
