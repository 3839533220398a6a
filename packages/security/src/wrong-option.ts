import { type Duration, parseDuration, parseSize, type Size } from "@openspeed/core";

/** What is thrown where an option is written that means nothing: an app with it does not start. */
export function wrongOption(code: `OS_${string}`, wrong: string, mend: string): TypeError {
  return new TypeError(`${code}: ${wrong} ${mend}`);
}

/** @throws TypeError `OS_INVALID_LIMIT` */
export function milliseconds(value: Duration, where: string): number {
  const amount = parseDuration(value);
  if (amount !== undefined) return amount;
  throw wrongOption("OS_INVALID_LIMIT", `${where} is ${JSON.stringify(value)}.`, 'Give a text such as "30s".');
}

/** @throws TypeError `OS_INVALID_LIMIT` */
export function bytes(value: Size, where: string): number {
  const amount = parseSize(value);
  if (amount !== undefined) return amount;
  throw wrongOption("OS_INVALID_LIMIT", `${where} is ${JSON.stringify(value)}.`, 'Give a text such as "64KiB".');
}

/** @throws TypeError `OS_INVALID_LIMIT` */
export function count(value: number, where: string): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw wrongOption("OS_INVALID_LIMIT", `${where} is ${JSON.stringify(value)}.`, "Give a whole number of at least 1.");
}
