import { type Duration, parseDuration, parseSize, type Size } from "@openspeed/core";

/** What is thrown where an option is written that means nothing: an app with it does not start. */
export function wrongOption(code: `OS_${string}`, wrong: string, mend: string): TypeError {
  return new TypeError(`${code}: ${wrong} ${mend}`);
}

/** A list, where types ask for one: JavaScript may give a text, whose letters would be taken for what it holds. */
export function listOf<T>(value: readonly T[], code: `OS_${string}`, where: string, example: string): readonly T[] {
  if (Array.isArray(value)) return value;
  throw wrongOption(code, `${where} is ${shown(value)}, and no list.`, `Write ${example}.`);
}

/** As it would be written; JSON has no word for some numbers. */
export function shown(value: unknown): string {
  if (typeof value === "function") return "a function";
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
}

/** @throws TypeError `OS_INVALID_LIMIT` */
export function milliseconds(value: Duration, where: string): number {
  const amount = parseDuration(value);
  if (amount !== undefined) return amount;
  throw wrongOption("OS_INVALID_LIMIT", `${where} is ${shown(value)}.`, 'Give a text such as "30s".');
}

/** @throws TypeError `OS_INVALID_LIMIT` */
export function bytes(value: Size, where: string): number {
  const amount = parseSize(value);
  if (amount !== undefined) return amount;
  throw wrongOption("OS_INVALID_LIMIT", `${where} is ${shown(value)}.`, 'Give a text such as "64KiB".');
}

/** @throws TypeError `OS_INVALID_LIMIT` */
export function count(value: number, where: string): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw wrongOption("OS_INVALID_LIMIT", `${where} is ${shown(value)}.`, "Give a whole number of at least 1.");
}
