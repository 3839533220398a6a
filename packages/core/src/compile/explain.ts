import { DEFAULTS } from "../limits.ts";
import type { Mount } from "../mount.ts";
import { CompileError, type Diagnostic } from "./compile-error.ts";
import type { Finding, FindingCode } from "./diagnose.ts";

type Words = readonly [message: string, mend: string];

/** What each finding says, and what to do about it. The facts come in the order in which they are reported. */
const WORDS: { readonly [code in FindingCode]: (...facts: string[]) => Words } = {
  OS_CONFLICTING_PATH: (key, here, there) => [
    `${key} is mounted twice: in ${here} and in ${there}.`,
    "Remove one of them, or give it another path.",
  ],
  OS_SHADOWED_PATH: (key, here, there, by) => [
    `${key} is never reached: ${by} takes the same paths (${here} and ${there}).`,
    "Remove one of them, or give it another path.",
  ],
  OS_MALFORMED_PATH: (path, why) =>
    MALFORMED[why ?? ""]?.(path ?? "") ?? [`The path ${path} is malformed.`, "Write it as in /users/:id."],
  OS_PARAMS_MISMATCH: (key, missing, unknown) => [
    [
      `${key}:`,
      missing === "" ? "" : `the schema wants ${missing}, which the path does not have;`,
      unknown === "" ? "" : `the path has ${unknown}, which the schema does not know;`,
    ]
      .filter((part) => part !== "")
      .join(" ")
      .replace(/;$/, "."),
    "Give both the same names.",
  ],
  OS_INVALID_LIMIT: (name, value, example, whose) => [
    example === ""
      ? `There is no limit named ${name}${whose ? ` for a ${whose}` : ""}.`
      : `limits.${name} is ${value}.`,
    example === ""
      ? `Known limits: ${whose ? "body, handler" : Object.keys(DEFAULTS).join(", ")}.`
      : `Give a positive number or a text such as ${example}.`,
  ],
  OS_UNPOLICED_ROUTE: (key) => [
    `${key} does not say who may call it.`,
    "Add publicAccess() or a guard to its `use`, or to that of its group or folder.",
  ],
  OS_UNUSABLE_ITEM: (who, item) => [
    `${who === "" ? "A `use` list" : `The \`use\` of ${who}`} has an item that nothing can use: ${item}.`,
    item?.startsWith("function ")
      ? "Call it, if it makes an item; a function of your own becomes one by middleware() or provide()."
      : "Look at the imports of the file, and of the _use files above it: one of them may be misspelt.",
  ],
  OS_CYCLE: (chain) => [`These need each other: ${chain}.`, "Take one of them out of another's `use`."],
  OS_UNBOUND_PORT: (name, chain) => [
    `The port ${name} is not bound (${chain}).`,
    `Add ${name}.to(provider) to createApp({ bind: […] }).`,
  ],
  OS_RESERVED_NAME: (what, name, who) => [
    `${who}: a ${what} is named ${name}, which is the kernel's own.`,
    "Give it another name.",
  ],
  OS_DUPLICATE_NAME: (name, chain) => [
    `Two different providers are named ${name} (${chain}).`,
    "Rename one, or use the same provider value in both places.",
  ],
  OS_PROBLEM_CLASH: (name, one, other, who) => [
    `Two problems are named ${name}: ${one} and ${other} (${who}).`,
    "Rename one of them.",
  ],
  OS_ROUTE_EXPORT: (key) => [
    `${key} loads lazily, but what it loads is no route.`,
    "Give it what route() makes, such as export const GET = route(…).",
  ],
  OS_SCOPE: (name, shorter, chain) => [
    `${name} lives as long as the app, but needs ${shorter}, which lives for one request (${chain}).`,
    `Give ${name} the scope "request", or ${shorter} the scope "app".`,
  ],
};

const MALFORMED: { readonly [why: string]: (path: string) => Words } = {
  method: (path) => [`${path} does not begin with a method.`, "Write it in capitals, such as GET, or * for all."],
  slash: (path) => [
    `The path ${JSON.stringify(path)} does not begin with a slash.`,
    `Write ${JSON.stringify(`/${path}`)}.`,
  ],
  param: (path) => [
    `A parameter in ${path} has no proper name.`,
    "Write :name, :name? or *name with a name of letters, digits, _ and -.",
  ],
  name: (path) => [`A parameter's name in ${path} cannot be used.`, "Give each parameter a name of its own."],
  rest: (path) => [`*name stands within ${path}.`, "The rest of a path can only be last."],
  matcher: (path) => [
    `A matcher is given for a parameter that ${path} does not have.`,
    "Name the matchers like the path's parameters.",
  ],
  schema: (param) => [
    `The matcher of ${param} is no Standard Schema.`,
    "Give it one, such as z.enum([…]); its file exports it by default.",
  ],
  throws: (param) => [
    `The matcher of ${param} throws for the text "0".`,
    "Any text may come: refuse by issues what it does not take, do not throw.",
  ],
  async: (param) => [
    `The matcher of ${param} answers with a promise.`,
    "A path is chosen at once: look things up in the route, and answer 404 there. A zod schema that throws gives a promise too.",
  ],
  optional: (path) => [
    `${path} has more than eight optional parameters, and twice as many paths with each.`,
    "Let a rest take them, as in /archive/*path, or mount the paths that are meant.",
  ],
  segment: (path) => [
    `${path} has a segment that no request can have.`,
    "Take out dots that stand alone, bad escapes, and an escaped : or * at the beginning.",
  ],
};

export function compileError(findings: readonly Finding[]): CompileError {
  return new CompileError(findings.map(explain));
}

function explain({ code, where, facts }: Finding): Diagnostic {
  const [message, mend] = WORDS[code](...facts.map(inWords));
  return { code, where: inWords(where), message, mend };
}

/** Where a mount was written, as exactly as is known. */
function inWords(fact: string | Mount): string {
  if (typeof fact !== "object") return fact; // what JSON cannot say is undefined here
  const line = fact.trace?.stack?.split("\n").find((text) => /^\s*at |@/.test(text));
  return fact.source ?? line?.trim().replace(/^at /, "") ?? `${fact.method} ${fact.path}`;
}
