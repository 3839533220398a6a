import type { Header } from "../case.ts";
import type { Random } from "../random.ts";
import { INPUTS } from "../subjects/inputs.ts";
import { type Family, REFUSED, SAFE, sent } from "./family.ts";

const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain",
  "application/problem+json",
  "text/html",
  "application/octet-stream",
] as const;
/** Routes by the media type that they take; the body is one that only a reader of another type would take. */
const TAKEN = [
  [INPUTS.json, /^(?:application\/json|[!#$%&'*.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+\+json)$/i],
  [INPUTS.anything, /^(?:application\/json|[!#$%&'*.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+\+json)$/i],
  [INPUTS.form, /^application\/x-www-form-urlencoded$/i],
  [INPUTS.multipart, /^multipart\/form-data$/i],
  [INPUTS.uploads, /^multipart\/form-data$/i],
] as const;

const BODIES = [
  '{"name":1,"age":"x","tags":null}',
  '{"name":"Ada","age":36,"tags":[]}',
  "name=Ada&age=36&tags=a",
  "name=&age=x",
  '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nAda\r\n--x--\r\n',
  "",
];

function fuzzed(type: string, random: Random): readonly Header[] {
  const [first = "", second = ""] = type.split("/");
  const blank = random.pick([" ", "\t", "  ", "\u00a0", "\v", "\f"]);
  const changed = random.pick([
    () => type,
    () => type.toUpperCase(),
    () => [...type].map((char) => (random.chance(0.5) ? char.toUpperCase() : char)).join(""),
    () => blank + type,
    () => type + blank,
    () => `${first}${blank}/${blank}${second}`,
    () => `${type};`,
    () => `${type};;`,
    () => `${type}; charset=utf-8`,
    () => `${type};charset=utf-7`,
    () => `${type}; charset="utf-16"`,
    () => `${type}${blank}garbage`,
    () => `${type}, ${random.pick(TYPES)}`,
    () => `${random.pick(TYPES)}, ${type}`,
    () => `${random.pick(TYPES)}; a=${type}`,
    () => `${random.pick(TYPES)};${type}`,
    () => `${first}/x+${second}`,
    () => `${first}/${second}+json`,
    () => `${random.pick(["text/plain", "x", ""])}${random.pick([",", " ", "/", ""])}a/b+json`,
    () => `+json${blank}`,
    () => `/${second}`,
    () => `${first}/`,
    () => "*/*",
    () => `"${type}"`,
    () => `\\${type}`,
    () => type.replace("/", "\\"),
    () => `${type}\0`,
    () => "",
    () => "a".repeat(random.pick([100, 8000])) + type,
    () => `${type}${"; a=b".repeat(500)}`,
  ])();
  const header: Header = [random.pick(["content-type", "Content-Type", "CONTENT-TYPE"]), changed];
  if (random.chance(0.85)) return changed === "" && random.chance(0.5) ? [] : [header];
  // Two fields: whichever a reader takes, the other one says something else.
  return random.chance(0.5)
    ? [header, ["content-type", random.pick(TYPES)]]
    : [["content-type", random.pick(TYPES)], header];
}

/** Before the first semicolon, without the blanks that HTTP knows (RFC 9110 §5.6.3, §8.3.1). */
function essence(headers: readonly Header[]): string {
  const joined = headers.map(([, value]) => value).join(", ");
  return (joined.split(";")[0] ?? "").replace(/^[\t ]+|[\t ]+$/g, "");
}

export const contentTypes: Family = {
  name: "content type",
  answersTo: "CVE-2025-32442",
  subject: "inputs",
  make: (random) => {
    const [input, takes] = random.pick(TAKEN);
    const headers = fuzzed(random.pick(TYPES), random);
    const body = random.pick(BODIES);
    return {
      attack: sent("POST", input.path, headers, body),
      // Without a body and a type, it is for the schema to refuse.
      expect: takes.test(essence(headers))
        ? SAFE
        : input === INPUTS.anything && body === "" && headers.length === 0
          ? SAFE
          : REFUSED,
    };
  },
};
