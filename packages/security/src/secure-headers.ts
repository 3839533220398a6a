import {
  after,
  type Declared,
  headerOf,
  type ItemContext,
  meta,
  type MetaKey,
  type Middleware,
  type Outcome,
} from "@openspeed/core";
import { type CheckedCsp, checkPolicy, type Csp, type CspDirectives, makeCsp } from "./csp.ts";
import { nonceOf } from "./csp-nonce.ts";
import { type Hsts, isEncrypted, strictTransport } from "./hsts.ts";
import { type Media, mediaOf } from "./media.ts";
import { writePermissions, type Permissions } from "./permissions.ts";
import { listOf, shown, wrongOption } from "./wrong-option.ts";

export type ReferrerPolicy =
  | "no-referrer"
  | "no-referrer-when-downgrade"
  | "origin"
  | "origin-when-cross-origin"
  | "same-origin"
  | "strict-origin"
  | "strict-origin-when-cross-origin"
  | "unsafe-url";

export interface CrossOrigin {
  /** `Cross-Origin-Opener-Policy` of pages. Default `"same-origin"`; a page that opens a sign-in in a window wants `"same-origin-allow-popups"`. */
  readonly opener?: "same-origin" | "same-origin-allow-popups" | "noopener-allow-popups" | "unsafe-none" | false;
  /** `Cross-Origin-Resource-Policy`: which pages may load an answer without CORS. Default `"same-origin"`; for a public picture `"cross-origin"`. */
  readonly resource?: "same-origin" | "same-site" | "cross-origin" | false;
  /** `Cross-Origin-Embedder-Policy` of pages. Default `false`. */
  readonly embedder?: "require-corp" | "credentialless" | "unsafe-none" | false;
}

export interface SecureHeadersOptions<C extends CspDirectives = CspDirectives> {
  /** Directives that take the place of the default's for pages; `false`: no policy but for `frame`. */
  readonly csp?: (C & CheckedCsp<C>) | false;
  /** A policy that pages only report on, to try it out. It wants a `report-to` or `report-uri`. Default: none. */
  readonly cspReportOnly?: CspDirectives;
  /** `Strict-Transport-Security`, sent over encrypted connections. Default `{ maxAge: "365d" }`. */
  readonly hsts?: Hsts | false;
  /** Which pages may show an answer in a frame: none, the app's own, or those of these origins. Default `"none"`. */
  readonly frame?: "none" | "self" | readonly `https://${string}`[] | false;
  /** `Referrer-Policy` of pages. Default `"strict-origin-when-cross-origin"`. */
  readonly referrer?: ReferrerPolicy | false;
  /** `Permissions-Policy` of pages: `{ camera: [], geolocation: ["self"] }`. Default: none. */
  readonly permissions?: Permissions;
  readonly crossOrigin?: CrossOrigin;
}

/** What the graph tells of a route's headers: what was said where it differs from the defaults. */
export const secureHeadersOptions: MetaKey<object> = /* @__PURE__ */ meta("secureHeaders");

/**
 * Sends the headers that keep browsers careful, on every answer of the routes it is on, problems included; listed by the app, on 404s
 * too. A header that a handler or a page has set stays. Of several on one route the innermost counts: a folder or route
 * loosens by an item of its own.
 *
 * @throws TypeError `OS_CSP_INVALID`, `OS_SECURE_HEADERS_INVALID`
 * @example
 * createApp({ use: [secureHeaders({ csp: { "img-src": ["'self'", "https://images.example"] } })] });
 */
export function secureHeaders<const C extends CspDirectives = {}>(
  options: SecureHeadersOptions<C> = {},
): Middleware<Declared<{}, []>> {
  const { hsts } = options;
  const headers = headersFor(options);
  const strict = strictTransport(hsts);
  const always = typeof hsts === "object" && hsts.always === true;
  const plain = makeAdd(headers);
  const encrypted = strict === undefined ? plain : makeAdd(headers, strict);
  const item = after("secureHeaders", { meta: [secureHeadersOptions(options)] }, (outcome, ctx) =>
    (always || (strict !== undefined && isEncrypted(ctx.incoming)) ? encrypted : plain)(outcome, ctx),
  );
  return { ...item, slot: "secureHeaders" };
}

/** What pages may do, where nobody says otherwise. What is `'none'` or the app's own needs no more words. */
const PAGES: CspDirectives = {
  "default-src": ["'self'"],
  "script-src": ["'self'", "'nonce'"],
  "style-src": ["'self'", "'nonce'"],
  "img-src": ["'self'", "data:"],
  "object-src": ["'none'"],
  "base-uri": ["'self'"],
  "form-action": ["'self'"],
};

/** Constant headers by what a browser makes of the answer, and the policies that a nonce may go into. */
interface Headers extends Readonly<Record<Media, readonly string[]>> {
  readonly csp: Csp | undefined;
  readonly reported: Csp | undefined;
}

function headersFor({
  csp,
  cspReportOnly,
  frame = "none",
  referrer = "strict-origin-when-cross-origin",
  permissions,
  crossOrigin = {},
}: SecureHeadersOptions): Headers {
  const { opener = "same-origin", resource = "same-origin", embedder = false } = crossOrigin;
  const framed: CspDirectives = frame === false ? {} : { "frame-ancestors": ancestorsOf(frame) };
  const part = list({ "x-content-type-options": "nosniff", "cross-origin-resource-policy": checked(resource) });
  const none = makeCsp({ "default-src": ["'none'"], ...framed });
  const styled = makeCsp({
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    ...framed,
  });
  if (csp !== undefined && csp !== false) checkPolicy(csp);
  const pages = csp === false ? framed : { ...PAGES, ...framed, ...csp };
  return {
    part,
    data: [...list({ "content-security-policy": none.text() }), ...part],
    drawing: [...list({ "content-security-policy": styled.text() }), ...part],
    document: [
      ...part,
      ...list({
        "referrer-policy": checked(referrer),
        "cross-origin-opener-policy": checked(opener),
        "cross-origin-embedder-policy": checked(embedder),
        "origin-agent-cluster": "?1",
        "permissions-policy": permissions === undefined ? false : writePermissions(permissions),
      }),
    ],
    csp: Object.keys(pages).length === 0 ? undefined : makeCsp(pages),
    reported: cspReportOnly && makeCsp(cspReportOnly),
  };
}

type Add = (outcome: Outcome, ctx: ItemContext) => Outcome;

function makeAdd(headers: Headers, more: readonly string[] = []): Add {
  // The kernel's own lists are constants, so what they become is one too, and an adapter renders it once.
  const known = new WeakMap<readonly string[], readonly string[]>();
  const constant = {
    document: [...headers.document, ...more],
    data: [...headers.data, ...more],
    drawing: [...headers.drawing, ...more],
    part: [...headers.part, ...more],
  };

  function joined(outcome: Outcome, ctx: ItemContext): readonly string[] {
    const media = mediaOf(headerOf(outcome, "content-type"));
    const missing = [...(media === "document" ? policies(headers, nonceOf(ctx)) : []), ...constant[media]];
    return joinMissing(outcome.headers, missing);
  }

  return (outcome, ctx) => {
    // Caches take what it says into the answer that they hold (RFC 9111 §3.2), and it does not say what that is: a page or data.
    if (outcome.status === 304) return outcome;
    let list = known.get(outcome.headers);
    if (list === undefined) {
      list = joined(outcome, ctx);
      if (Object.isFrozen(outcome.headers) && !isDocument(outcome)) known.set(outcome.headers, Object.freeze(list));
    }
    return { status: outcome.status, headers: list, body: outcome.body };
  };
}

function isDocument(outcome: Outcome): boolean {
  return mediaOf(headerOf(outcome, "content-type")) === "document"; // it has a nonce of its own
}

function policies({ csp, reported }: Headers, nonce: string | undefined): string[] {
  return list({
    "content-security-policy": csp?.text(nonce) ?? false,
    "content-security-policy-report-only": reported?.text(nonce) ?? false,
  });
}

/** What was set stays. */
function joinMissing(set: readonly string[], missing: readonly string[]): readonly string[] {
  const headers = [...set];
  for (let i = 0; i < missing.length; i += 2) {
    const [name = "", value = ""] = [missing[i], missing[i + 1]];
    if (headerOf({ headers: set }, name) === undefined) headers.push(name, value);
  }
  return headers;
}

function ancestorsOf(
  frame: "none" | "self" | readonly `https://${string}`[],
): NonNullable<CspDirectives["frame-ancestors"]> {
  if (typeof frame !== "string")
    return [
      "'self'",
      ...listOf(frame, "OS_SECURE_HEADERS_INVALID", "secureHeaders({ frame })", '["https://partner.example"]'),
    ];
  if (frame === "self") return ["'self'"];
  if (frame === "none") return ["'none'"];
  throw invalid(`frame is ${shown(frame)}`, 'Give "none", "self", a list of origins, or false.');
}

/** A word, as these headers have them: types say which, and JavaScript may say anything. */
function checked(word: string | false): string | false {
  if (word === false || /^[a-z-]+$/.test(word)) return word;
  throw invalid(`${JSON.stringify(word)} is no word that such a header has`, "Take one that the option's type lists.");
}

function list(headers: Readonly<Record<string, string | false>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => (value === false || value === "" ? [] : [name, value]));
}

function invalid(wrong: string, mend: string): TypeError {
  return wrongOption("OS_SECURE_HEADERS_INVALID", `secureHeaders: ${wrong}.`, mend);
}
