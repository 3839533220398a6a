import type { RequestError } from "../problem.ts";
import type { Issue } from "../schema.ts";

/** Standard Schema's issues as RFC 9457 shows them. */
export function toErrors(part: RequestError["in"], issues: readonly Issue[]): RequestError[] {
  return issues.map(({ message, path }) => ({ in: part, pointer: pointerOf(path ?? []), detail: message }));
}

function pointerOf(path: NonNullable<Issue["path"]>): string {
  const keys = path.map((segment) => String(typeof segment === "object" ? segment.key : segment));
  return `#${keys.map((key) => `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`;
}
