/**
 * What a browser makes of an answer. `document`: a page, whose own content is to be kept in check. `data`: nothing that should ever run
 * or be shown, whatever stands in it. `drawing`: SVG, which has styles and must have no scripts. `part`: what else pages load, to
 * which a policy of its own would do harm: a worker runs under its script's, and a PDF is shown by a plugin.
 */
export type Media = "document" | "data" | "drawing" | "part";

const DOCUMENT = /^(?:text\/html|application\/xhtml\+xml)\b/i;
const DRAWING = /^image\/svg\+xml\b/i;
const DATA =
  /^(?:application\/(?:json|x-ndjson|xml|octet-stream|[\w.-]+\+(?:json|xml))|text\/(?:plain|csv|xml|event-stream))\b/i;

export function mediaOf(contentType: string | undefined): Media {
  if (contentType === undefined) return "data";
  if (DOCUMENT.test(contentType)) return "document";
  if (DRAWING.test(contentType)) return "drawing";
  return DATA.test(contentType) ? "data" : "part";
}
