import { PageError } from "./fault.ts";

/** Sources by directive: `{ "img-src": ["https://images.example"] }`. They are added to what is allowed by default. */
export type Csp = Readonly<Record<string, readonly string[]>>;

const DEFAULTS: Csp = {
  "default-src": ["'self'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "style-src-attr": ["'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "object-src": ["'none'"],
  "base-uri": ["'self'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
};

/** A number used once (CSP3 §2.3.1): 128 bits nobody can guess. */
export function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

const PLACE = "{nonce}";
const usual: string = writePolicy([]);

/** The policy of one page: the defaults, its nonce, and what was added. */
export function writeCsp(nonce: string, additions: readonly Csp[]): string {
  const added = additions.filter((each) => Object.keys(each).length > 0);
  return (added.length === 0 ? usual : writePolicy(added)).replaceAll(PLACE, nonce);
}

function writePolicy(additions: readonly Csp[]): string {
  const directives = new Map<string, string[]>();
  for (const [name, sources] of Object.entries(DEFAULTS)) directives.set(name, [...sources]);
  for (const name of ["script-src", "style-src"]) directives.get(name)?.push(`'nonce-${PLACE}'`);
  for (const addition of additions)
    for (const [name, sources] of Object.entries(addition)) directives.set(name, join(directives.get(name), sources));
  return [...directives].map(([name, sources]) => [name, ...sources].join(" ")).join("; ");
}

/** What allows nothing gives way to what is allowed. */
function join(before: readonly string[] | undefined, sources: readonly string[]): string[] {
  const kept = (before ?? []).filter((source) => source !== "'none'" || sources.length === 0);
  return [...new Set([...kept, ...sources])];
}

/** @throws PageError for what would end a directive and begin another one */
export function checkCsp(csp: Csp, where: string): void {
  for (const [name, sources] of Object.entries(csp)) {
    const wrong = [name, ...sources].find((text) => !/^[^\s;,]+$/.test(text));
    if (wrong !== undefined || !/^[a-z-]+$/.test(name))
      throw new PageError(
        "OS_CSP_INVALID",
        `${where}: ${JSON.stringify(wrong ?? name)} cannot stand in the policy. Give one source a text, such as { "img-src": ["https://images.example"] }.`,
      );
  }
}
