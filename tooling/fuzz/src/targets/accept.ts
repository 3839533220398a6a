import { ok, strictEqual } from "node:assert/strict";
import { preferred } from "../../../../packages/core/src/request/negotiate.ts";
import { latin1, type Target } from "../target.ts";

const OFFERED = ["application/json", "text/csv", "text/html", "image/png"];
const TOKEN = "[\\w!#$&'*+.^`|~%-]+";
/** One range with at most a weight (RFC 9110 §12.5.1, §12.4.2). */
const RANGE = new RegExp(
  `^[ \\t]*(${TOKEN}/${TOKEN})[ \\t]*(?:;[ \\t]*q=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?[ \\t]*$`,
  "i",
);

export const accept: Target<{ readonly preferred: typeof preferred }> = {
  name: "accept",
  about: "of what is offered, an Accept header gets the first of those that it weighs highest",
  sources: ["packages/core/src/request/negotiate.ts"],
  words: [
    "*/*",
    "text/*",
    "text/csv",
    "text/html",
    "application/json",
    "image/png",
    ";q=",
    "0",
    "0.5",
    "1.000",
    ", ",
    ";level=1",
    '"',
  ],
  separators: [",", ";", "/"],
  subject: { preferred },
  check({ preferred }, input) {
    const header = latin1(input);
    const chosen = preferred(header, OFFERED);
    ok(chosen === undefined || OFFERED.includes(chosen), "nothing but what is offered");
    const weights = weightsOf(header);
    if (weights !== undefined) strictEqual(chosen, heaviest(weights));
  },
};

/** `undefined` for what the grammar does not know, and for a range that is weighed twice. */
function weightsOf(header: string): ReadonlyMap<string, number> | undefined {
  const ranges = header.split(",");
  const weights = new Map<string, number>();
  for (const range of ranges) {
    const [, type, weight = "1"] = RANGE.exec(range) ?? [];
    if (type === undefined || weights.has(type.toLowerCase())) return undefined;
    weights.set(type.toLowerCase(), Number(weight));
  }
  return ranges.length > 64 ? undefined : weights;
}

function heaviest(weights: ReadonlyMap<string, number>): string | undefined {
  const weigh = (type: string): number =>
    weights.get(type) ?? weights.get(`${type.split("/")[0]}/*`) ?? weights.get("*/*") ?? 0;
  const most = Math.max(...OFFERED.map(weigh));
  return most === 0 ? undefined : OFFERED.find((type) => weigh(type) === most);
}
