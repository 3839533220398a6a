import { listOf, shown, wrongOption } from "./wrong-option.ts";

type Keyword =
  | "'self'"
  | "'unsafe-inline'"
  | "'unsafe-eval'"
  | "'wasm-unsafe-eval'"
  | "'unsafe-hashes'"
  | "'strict-dynamic'"
  | "'report-sample'";
type Scheme = "https:" | "wss:" | "data:" | "blob:" | "http:" | "ws:" | "mediastream:" | "filesystem:";
type Hash = `'sha256-${string}'` | `'sha384-${string}'` | `'sha512-${string}'`;
type Place = `${"https" | "http" | "wss" | "ws"}://${string}`;

/** Where something may come from. `'nonce'` is this request's own, as `cspNonce` gives it. */
export type CspSource = "'none'" | "*" | "'nonce'" | `'nonce-${string}'` | Keyword | Scheme | Hash | Place;
type Ancestor = "'none'" | "'self'" | "*" | Scheme | Place;

type FetchDirective =
  | "default-src"
  | "child-src"
  | "connect-src"
  | "fenced-frame-src"
  | "font-src"
  | "frame-src"
  | "img-src"
  | "manifest-src"
  | "media-src"
  | "object-src"
  | "script-src"
  | "script-src-attr"
  | "script-src-elem"
  | "style-src"
  | "style-src-attr"
  | "style-src-elem"
  | "worker-src";

/** Directives of a Content Security Policy (CSP3 §6): `{ "img-src": ["'self'", "https://images.example"] }`. */
export type CspDirectives = { readonly [name in FetchDirective]?: readonly CspSource[] } & {
  readonly "base-uri"?: readonly CspSource[];
  readonly "form-action"?: readonly CspSource[];
  readonly "frame-ancestors"?: readonly Ancestor[];
  readonly sandbox?: readonly `allow-${string}`[];
  readonly "report-to"?: readonly [group: string];
  readonly "report-uri"?: readonly string[];
  readonly "require-trusted-types-for"?: readonly ["'script'"];
  readonly "trusted-types"?: readonly string[];
  readonly "upgrade-insecure-requests"?: readonly [];
};

/** What the compiler says of a policy that would not do what it reads like: the type of a directive becomes the complaint. */
export type CheckedCsp<C> = {
  readonly [N in keyof C]: N extends keyof CspDirectives
    ? C[N] extends readonly (infer S)[]
      ? CheckedSources<S, C[N]>
      : C[N]
    : `There is no directive ${N & string}`;
};
type CheckedSources<S, All> = [Extract<S, `${string}${";" | "," | " "}${string}`>] extends [never]
  ? "'none'" extends S
    ? All extends readonly [unknown]
      ? All
      : "'none'' stands alone"
    : "'unsafe-inline'" extends S
      ? [Extract<S, "'nonce'" | `'nonce-${string}'` | Hash | "'strict-dynamic'">] extends [never]
        ? All
        : "browsers ignore 'unsafe-inline' beside a nonce or hash"
      : All
  : "one source a text: no ; , or blanks";

/** A policy that was checked, as text with a place for the nonce. */
export interface Csp {
  /** The header's value. Without a nonce, the sources `'nonce'` are left out. */
  text(nonce?: string): string;
}

/**
 * A Content Security Policy that was checked when it was written: directives and sources that browsers know, nothing that would end a
 * directive and begin another one, nothing that browsers would ignore.
 *
 * @throws TypeError `OS_CSP_INVALID`
 * @example
 * const policy = csp({ "default-src": ["'self'"], "img-src": ["'self'", "https://images.example"] });
 * reply(200, html, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy.text() });
 */
export function csp<const C extends CspDirectives>(directives: C & CheckedCsp<C>): Csp {
  return makeCsp(directives);
}

/** The same for directives that were put together. */
export function makeCsp(directives: CspDirectives): Csp {
  checkPolicy(directives);
  for (const [name, sources] of Object.entries(directives)) checkDirective(name, sources);
  const write = (nonce: string | undefined): string =>
    Object.entries(directives)
      .map(([name, sources]) => [name, ...sources.flatMap((source) => withNonce(source, nonce))].join(" "))
      .join("; ");
  const bare = write(undefined);
  const parts = write(PLACE).split(PLACE);
  return {
    text(nonce) {
      if (nonce === undefined || parts.length === 1) return bare;
      if (!/^[\w+/-]+={0,2}$/.test(nonce)) throw invalid(`${JSON.stringify(nonce)} is no nonce.`, "Use cspNonce.");
      return parts.join(nonce);
    },
  };
}

/** @throws TypeError `OS_CSP_INVALID` for what holds no directives, such as a policy that is written already */
export function checkPolicy(policy: CspDirectives): void {
  if (typeof policy !== "object" || policy === null)
    throw invalid(`a policy is ${shown(policy)}.`, `Write its directives: { "img-src": ["'self'"] }.`);
}

/** No nonce has it. */
const PLACE = "{nonce}";

function withNonce(source: string, nonce: string | undefined): string[] {
  if (source !== "'nonce'") return [source];
  return nonce === undefined ? [] : [`'nonce-${nonce}'`];
}

const SOURCES = new Set(
  "default-src child-src connect-src fenced-frame-src font-src frame-src img-src manifest-src media-src object-src script-src script-src-attr script-src-elem style-src style-src-attr style-src-elem worker-src base-uri form-action frame-ancestors".split(
    " ",
  ),
);
const OTHERS: { readonly [directive: string]: RegExp } = {
  sandbox: /^allow-[a-z-]+$/,
  "report-to": /^[\w-]+$/,
  "report-uri": /^[!#-+.-:<-~]+$/,
  "require-trusted-types-for": /^'script'$/,
  "trusted-types": /^(?:[\w#=@/.%-]+|\*|'allow-duplicates'|'none')$/,
  "upgrade-insecure-requests": /^(?!)/,
};
const SOURCE =
  /^(?:\*|[a-z][\d+.a-z-]*:|(?:https?|wss?):\/\/(?:\*|(?:\*\.)?[\da-z_-]+(?:\.[\da-z_-]+)*|\[[\da-f:]+\])(?::(?:\d+|\*))?(?:\/[!#-+.-:<-~]*)?|'(?:none|self|unsafe-inline|unsafe-eval|wasm-unsafe-eval|unsafe-hashes|strict-dynamic|report-sample|nonce|nonce-[\w+/-]+={0,2}|sha(?:256|384|512)-[\w+/-]+={0,2})')$/i;
const STRICTER = /^'(?:nonce|sha|strict)/;

function checkDirective(name: string, sources: readonly string[]): void {
  const grammar = SOURCES.has(name) ? SOURCE : Object.hasOwn(OTHERS, name) ? OTHERS[name] : undefined;
  if (grammar === undefined) throw invalid(`there is no directive ${JSON.stringify(name)}.`, "Look at its spelling.");
  listOf(sources, "OS_CSP_INVALID", `csp: ${name}`, `["'self'"]`);
  const wrong = sources.find((source) => !grammar.test(source));
  if (wrong !== undefined) throw invalid(`${name}: ${JSON.stringify(wrong)} cannot stand in it.`, mendOf(wrong));
  if (sources.includes("'none'") && sources.length > 1)
    throw invalid(`${name}: 'none' allows nothing, and others stand beside it.`, "Take it or the others out.");
  const strict = sources.find((source) => STRICTER.test(source));
  if (strict !== undefined && sources.includes("'unsafe-inline'"))
    throw invalid(`${name}: browsers ignore 'unsafe-inline' beside ${strict}.`, "Take one of them out.");
}

function mendOf(source: string): string {
  const quoted = `'${source.replaceAll("'", "")}'`;
  if (!source.includes(" ") && SOURCE.test(quoted)) return `Write "${quoted}", with the quotes in it.`;
  const place = `https://${source}`;
  if (/^[\w*.-]+\.[a-z]+$/i.test(source) && SOURCE.test(place)) return `Write "${place}".`;
  return 'Give one source a text, such as "https://images.example".';
}

function invalid(wrong: string, mend: string): TypeError {
  return wrongOption("OS_CSP_INVALID", `csp: ${wrong}`, mend);
}
