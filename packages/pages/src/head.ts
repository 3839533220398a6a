import { escapeHtml, escapeJson } from "./escape.ts";
import { PageError } from "./fault.ts";

/** Attributes by the names that HTML gives them; `false` and `undefined` leave one out, `true` writes the name alone. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A script of the head. Inline ones get the page's nonce. */
export interface HeadScript {
  readonly attributes?: Attributes;
  readonly src?: string;
  /** Code. */
  readonly text?: string;
  /** Data, such as JSON-LD: give `type` its media type. */
  readonly json?: unknown;
  readonly type?: string;
}

/** What a page or layout says about its document. The inner one's word counts. */
export interface Head {
  readonly title?: string | undefined;
  /** Around titles of what lies inside: `"%s · Desk"`. */
  readonly titleTemplate?: string | undefined;
  /** Default `en`. */
  readonly lang?: string | undefined;
  readonly dir?: "ltr" | "rtl" | "auto" | undefined;
  /** One with the same `name`, `property` or `http-equiv` replaces an outer one. */
  readonly meta?: readonly Attributes[] | undefined;
  readonly link?: readonly Attributes[] | undefined;
  readonly script?: readonly HeadScript[] | undefined;
  /** More attributes of `<html>`. */
  readonly html?: Attributes | undefined;
  /** Attributes of `<body>`. */
  readonly body?: Attributes | undefined;
}

/** A document's head with everything said. */
export interface MergedHead {
  readonly title: string | undefined;
  readonly html: Attributes;
  readonly body: Attributes;
  readonly meta: readonly Attributes[];
  readonly link: readonly Attributes[];
  readonly script: readonly HeadScript[];
}

/** Outermost first. */
export function mergeHeads(heads: readonly Head[]): MergedHead {
  let title: string | undefined;
  let template = "%s";
  const meta = new Map<string, Attributes>();
  const link = new Map<string, Attributes>();
  const script = new Map<string, HeadScript>();
  let html: Attributes = { lang: "en" };
  let body: Attributes = {};
  for (const head of heads) {
    if (head.title !== undefined) title = template.replaceAll("%s", () => head.title ?? "");
    if (head.titleTemplate !== undefined) template = head.titleTemplate;
    html = { ...html, ...head.html };
    if (head.lang !== undefined) html = { ...html, lang: head.lang };
    if (head.dir !== undefined) html = { ...html, dir: head.dir };
    body = { ...body, ...head.body };
    for (const each of head.meta ?? []) meta.set(metaKey(each), each);
    for (const each of head.link ?? []) link.set(linkKey(each), each);
    for (const each of head.script ?? []) script.set(JSON.stringify(each), each);
  }
  return {
    title,
    html,
    body,
    meta: [...meta.values()],
    link: [...link.values()],
    script: [...script.values()],
  };
}

function metaKey(attributes: Attributes): string {
  for (const name of ["charset", "name", "property", "http-equiv"]) {
    if (attributes[name] !== undefined)
      return name === "charset" ? name : `${name}=${attributes[name]}/${attributes["media"]}`;
  }
  return JSON.stringify(attributes);
}

/** There is one canonical address; of everything else there may be several. */
function linkKey(attributes: Attributes): string {
  return attributes["rel"] === "canonical" ? "canonical" : JSON.stringify(attributes);
}

/** The elements of a head. */
export function writeHead({ title, meta, link, script }: MergedHead, nonce: string): string {
  const tags: string[] = [];
  if (title !== undefined) tags.push(`<title>${escapeHtml(title)}</title>`);
  for (const each of meta) tags.push(`<meta${writeAttributes(each)}>`);
  for (const each of link) tags.push(writeLink(each, nonce));
  for (const each of script) tags.push(writeScript(each, nonce));
  return tags.join("");
}

/** Stylesheets once more: a shadow root sees none of its document's. */
export function writeStylesheets({ link }: MergedHead, nonce: string): string {
  return link
    .filter(({ rel }) => rel === "stylesheet")
    .map((each) => writeLink(each, nonce))
    .join("");
}

function writeLink(attributes: Attributes, nonce: string): string {
  const loads = /stylesheet|preload/.test(String(attributes["rel"]));
  return `<link${writeAttributes(loads ? { nonce, ...attributes } : attributes)}>`;
}

function writeScript({ attributes, src, text, json, type }: HeadScript, nonce: string): string {
  const content = json === undefined ? (text ?? "") : escapeJson(json);
  if (/<\/script|<!--/i.test(content))
    throw new PageError(
      "OS_HEAD_SCRIPT",
      "A script of a head holds `</script` or `<!--`, which would end it. Give data as `json`, or load the code by `src`.",
    );
  return `<script${writeAttributes({ nonce, src, type, ...attributes })}>${content}</script>`;
}

const NAME = /^[a-z][a-z0-9:_-]*$/i;
/** Attributes that name a place; a place is no code. */
const PLACES = new Set(["href", "src"]);

/** Browsers drop blanks and control characters before they look for a scheme (WHATWG URL §4.4). */
function isCode(place: string): boolean {
  return /^(?:javascript|vbscript):/i.test(place.replaceAll(/[^!-~]/g, ""));
}

/** @throws PageError for names that HTML does not have, for event handlers, and for places that are code */
export function writeAttributes(attributes: Attributes): string {
  let text = "";
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (!NAME.test(name) || /^on/i.test(name))
      throw new PageError(
        "OS_HEAD_ATTRIBUTE",
        `A head has the attribute ${JSON.stringify(name)}. Write it as HTML does, and put code into scripts, not into handlers.`,
      );
    if (PLACES.has(name.toLowerCase()) && isCode(String(value)))
      throw new PageError(
        "OS_HEAD_URL",
        `A head's ${name} is code (${JSON.stringify(value)}). Give a URL with http, https or none.`,
      );
    text += value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`;
  }
  return text;
}
