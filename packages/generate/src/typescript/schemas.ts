import type { NamedSchema } from "../model/model.ts";
import { comment } from "./comment.ts";
import { objectText, typeText } from "./type-text.ts";

const writing = { refer: (name: string): string => name, indent: "" };

/** A named schema as an interface, or as a type where it is no plain object. */
export function declaration({ name, type }: NamedSchema): string {
  const said = comment(type, "");
  if (type.kind === "object" && type.members.length > 0)
    return `${said}export interface ${name} ${objectText(type, writing)}\n`;
  return `${said}export type ${name} = ${typeText(type, writing)};\n`;
}
