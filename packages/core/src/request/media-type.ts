/** Type and subtype, each a token (RFC 9110 §8.3.1 and §5.6.2). */
const MEDIA_TYPE = /^[ \t]*([\w!#-'*+.^`|~-]+\/[\w!#-'*+.^`|~-]+)[ \t]*(?:;|$)/;

/** A media type without its parameters, in lower case; empty for what is none. */
export function mediaType(contentType: string): string {
  return MEDIA_TYPE.exec(contentType)?.[1]?.toLowerCase() ?? "";
}
