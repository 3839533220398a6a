/** What a route allows each of its files to be. */
import { type Issue, kernelError, parseSize, type ProblemError, type Size } from "@openspeed/core";
import type { Bytes } from "./parser.ts";
import type { FilePart } from "./parts.ts";

export interface FileRule {
  /** Media types that the client may say the file has: `"text/csv"`, `"image/*"`. Default: any. */
  readonly types?: readonly string[];
  /** Default: the app's `limits.file`. */
  readonly maxSize?: Size;
  /** The form may leave it out. */
  readonly optional?: boolean;
  /** The form may send several under this name; a number says how many at most. */
  readonly many?: boolean | number;
}

export type FileRules = { readonly [name: string]: FileRule };

/** A sentence about a file that breaks its rule, `undefined` if it keeps it. */
export function refusal(rules: FileRules, part: FilePart): string | undefined {
  const rule = ruleOf(rules, part.name);
  if (rule === undefined) return "No file is expected under this name.";
  const { types } = rule;
  return types === undefined || types.some((type) => isOfType(part.type, type.toLowerCase()))
    ? undefined
    : `A file of type ${types.join(", ")} is expected, not ${part.type}.`;
}

/** The counts that break the rules, once all files are known. */
export function countIssues(rules: FileRules, counts: ReadonlyMap<string, number>): Issue[] {
  return Object.entries(rules).flatMap(([name, { many = false, optional = false }]) => {
    const most = many === true ? Infinity : many === false ? 1 : many;
    const count = counts.get(name) ?? 0;
    if (count === 0 && !optional) return [{ message: "A file is required.", path: ["files", name] }];
    return count > most ? [{ message: `At most ${most} may be sent, not ${count}.`, path: ["files", name] }] : [];
  });
}

/** A file's bytes; reading past the size it may have fails with `tooLarge`. */
export async function* bounded(
  part: FilePart,
  rules: FileRules,
  limit: number,
): AsyncGenerator<Bytes, void, undefined> {
  const most = sizeOf(ruleOf(rules, part.name)) ?? limit;
  let size = 0;
  for await (const chunk of part.chunks) {
    size += chunk.length;
    if (size > most) throw tooLarge(part.name, most);
    yield chunk;
  }
}

/** @throws TypeError for a rule that says nothing sensible: a route with it must not start */
export function checkRules(rules: FileRules): void {
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.maxSize !== undefined && sizeOf(rule) === undefined) {
      throw new TypeError(
        `OS_INVALID_LIMIT: files.${name}.maxSize is ${JSON.stringify(rule.maxSize)}. Give bytes, or a text such as "10MiB".`,
      );
    }
    if (typeof rule.many === "number" && !(Number.isInteger(rule.many) && rule.many > 0)) {
      throw new TypeError(`OS_INVALID_LIMIT: files.${name}.many is ${rule.many}. Give true, or how many at most.`);
    }
    for (const type of rule.types ?? []) {
      if (!/^[^\s/;*]+\/(?:\*|[^\s/;*]+)$/.test(type)) {
        throw new TypeError(
          `OS_INVALID_TYPE: files.${name}.types has ${JSON.stringify(type)}. Give a media type such as "text/csv" or "image/*".`,
        );
      }
    }
  }
}

function ruleOf(rules: FileRules, name: string): FileRule | undefined {
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}

function sizeOf(rule: FileRule | undefined): number | undefined {
  return rule?.maxSize === undefined ? undefined : parseSize(rule.maxSize);
}

function isOfType(type: string, allowed: string): boolean {
  return allowed.endsWith("/*") ? type.startsWith(allowed.slice(0, -1)) : type === allowed;
}

function tooLarge(name: string, most: number): ProblemError {
  return kernelError("tooLarge", `The file ${name} may have ${most} bytes.`);
}
