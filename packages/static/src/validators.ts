import type { Stats } from "node:fs";

/** What tells one state of a file from another (RFC 9110 §8.8). */
export interface Validators {
  readonly etag: string;
  /** `undefined` for what has a tag of its content, and for a time that is still to come (RFC 9110 §8.8.2.1). */
  readonly lastModified: string | undefined;
  /** Whether equal validators mean equal bytes, so that a part of it may be joined to one that was got before. */
  readonly strong: boolean;
}

// Archives and reproducible builds give all that they write one time long ago, which then tells nothing.
const EARLIEST = Date.UTC(2000, 0, 1);
const SECOND = 1000;

/**
 * The validators of a file, by a tag of its content if there is one; else by its size and its time of modification, and
 * `undefined` where that time tells nothing. In a coding it is another representation, with a tag of its own (§8.8.3.3).
 *
 * Those by time are strong once that time is a second ago: a file that is written twice within what the disk's clock can tell
 * apart keeps both (§8.8.1, §8.8.2.2). Before, they are weak, and no part of such a file is joined to another one.
 */
export function validatorsOf(
  { size, mtimeMs, mtime }: Stats,
  now: number,
  tag: string | undefined,
  coding: string | undefined,
): Validators | undefined {
  const quoted = (text: string): string => (coding === undefined ? `"${text}"` : `"${text}-${coding}"`);
  if (tag !== undefined) return { etag: quoted(tag), lastModified: undefined, strong: true };
  if (!(mtimeMs >= EARLIEST)) return undefined;
  const strong = now - mtimeMs >= SECOND;
  const etag = quoted(`${size.toString(16)}-${Math.round(mtimeMs * 1000).toString(16)}`);
  return {
    etag: strong ? etag : `W/${etag}`,
    lastModified: mtimeMs > now ? undefined : mtime.toUTCString(),
    strong,
  };
}

/** Whether an `If-Range` names exactly this state, by a strong validator, so that a part of it may be sent (RFC 9110 §13.1.5). */
export function isSameState(ifRange: string | null, validators: Validators | undefined): boolean {
  if (ifRange === null) return true;
  if (validators?.strong !== true) return false;
  return ifRange === validators.etag || ifRange === validators.lastModified;
}
