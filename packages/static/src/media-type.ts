import mime from "mime";

const UNKNOWN = "application/octet-stream";

/** The media type of a file by the end of its name; what is text is UTF-8. Anything unknown is bytes. */
export function mediaTypeOf(name: string): string {
  const type = mime.getType(name) ?? UNKNOWN;
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}

const PAGES = /^(?:text\/html|application\/xhtml\+xml)\b/;
const DOCUMENTS = /^[^;]*[/+]xml\b/;
// A page's scripts are files beside it, and nobody gives its styles a nonce.
const PAGE =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; style-src-attr 'unsafe-inline'; " +
  "img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
// A picture that is opened by itself is a document too, and could run scripts on the app's origin.
const PICTURE = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox";

/** The content security policy of a type that browsers may run scripts of; `undefined` for the others. */
export function policyOf(type: string, own: string | false | undefined): string | undefined {
  const usual = PAGES.test(type) ? PAGE : DOCUMENTS.test(type) ? PICTURE : undefined;
  return usual === undefined || own === false ? undefined : (own ?? usual);
}
