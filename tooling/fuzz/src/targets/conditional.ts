import { ok, strictEqual } from "node:assert/strict";
import type { Outcome } from "@openspeed/core";
import { applyConditions } from "../../../../packages/core/src/request/conditional.ts";
import { incomingOf } from "../incoming.ts";
import { latin1, type Target } from "../target.ts";

/** Lines `name: value`, of a request's conditions and of an answer's validators. */
export const conditional: Target<{ readonly applyConditions: typeof applyConditions }> = {
  name: "conditional",
  about: "preconditions are judged in the order and by the comparisons of RFC 9110 §13",
  sources: ["packages/core/src/request/conditional.ts"],
  words: [
    "if-match: ",
    "if-none-match: ",
    "if-modified-since: ",
    "if-unmodified-since: ",
    "etag: ",
    "last-modified: ",
    '"a"',
    'W/"a"',
    "*",
    ", ",
    "\n",
    "Sun, 01 Mar 2026 00:00:00 GMT",
    "Mon, 02 Mar 2026 00:00:00 GMT",
    "2026",
  ],
  separators: ["\n", ",", '"', " "],
  longest: 512,
  subject: { applyConditions },
  check({ applyConditions }, input) {
    const lines = new Map(
      latin1(input)
        .split("\n")
        .map((line) => /^([a-z-]+): (.*)$/.exec(line)?.slice(1, 3) ?? ["", ""]) as [string, string][],
    );
    const validators = ["etag", "last-modified"].flatMap((name) =>
      lines.has(name) ? [name, lines.get(name) ?? ""] : [],
    );
    // What the app itself says is well-formed.
    if (!/^(?:W\/)?"[!#-~]*"$/.test(lines.get("etag") ?? '""') || !isDate(lines.get("last-modified") ?? EPOCH)) return;
    const outcome: Outcome = { status: 200, headers: ["content-type", "text/plain", ...validators], body: "content" };
    const { status, body } = applyConditions(incomingOf({ method: "GET", target: "/", headers: lines }), outcome);
    ok(status === 200 ? body === "content" : status === 412 || (status === 304 && body === null));
    const expected = expectedStatus(lines);
    if (expected !== undefined) strictEqual(status, expected);
  },
};

const EPOCH = "Thu, 01 Jan 1970 00:00:00 GMT";

/** RFC 9110 §13.2.2, step by step; `undefined` for a list of tags that its grammar does not know. */
function expectedStatus(lines: ReadonlyMap<string, string>): number | undefined {
  const [etag, modified] = [lines.get("etag"), lines.get("last-modified")];
  if (etag === undefined && modified === undefined) return 200;
  const ifMatch = lines.get("if-match");
  const unmodifiedSince = lines.get("if-unmodified-since");
  if (ifMatch !== undefined) {
    const tags = tagsOf(ifMatch);
    if (tags === undefined) return undefined;
    // Strong comparison (§8.8.3.2): neither of both is weak.
    if (tags !== "*" && !(etag?.startsWith('"') === true && tags.includes(etag))) return 412;
  } else if (modified !== undefined && unmodifiedSince !== undefined) {
    if (isDate(unmodifiedSince)) {
      if (Date.parse(modified) > Date.parse(unmodifiedSince)) return 412;
    } else if (isLikeDate(unmodifiedSince)) return undefined;
  }
  const ifNoneMatch = lines.get("if-none-match");
  const modifiedSince = lines.get("if-modified-since");
  if (ifNoneMatch !== undefined) {
    const tags = tagsOf(ifNoneMatch);
    if (tags === undefined) return undefined;
    const opaque = etag?.replace("W/", "");
    return tags === "*" || tags.some((tag) => tag.replace("W/", "") === opaque) ? 304 : 200;
  }
  if (modified === undefined || modifiedSince === undefined) return 200;
  if (isDate(modifiedSince)) return Date.parse(modified) > Date.parse(modifiedSince) ? 200 : 304;
  return isLikeDate(modifiedSince) ? undefined : 200;
}

function tagsOf(list: string): "*" | readonly string[] | undefined {
  if (list === "*") return "*";
  const tags = list.match(/(?:W\/)?"[!#-~\x80-\xff]*"/g) ?? [];
  const rest = tags.reduce((text, tag) => text.replace(tag, "T"), list);
  return /^T(?:[ \t]*,[ \t]*T)*$/.test(rest) ? tags : undefined;
}

/** An obsolete form, or a day that the calendar has not: not judged. What has no colon is no date, and must be ignored. */
function isLikeDate(text: string): boolean {
  return /^[A-Z][a-z]{2,8},? .*\d\d:\d\d:\d\d/.test(text);
}

/** An IMF-fixdate (RFC 9110 §5.6.7) that the calendar has. */
function isDate(text: string): boolean {
  return text.length === EPOCH.length && !Number.isNaN(Date.parse(text)) && new Date(text).toUTCString() === text;
}
