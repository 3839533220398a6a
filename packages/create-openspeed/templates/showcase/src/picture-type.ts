export type PictureType = "image/png" | "image/jpeg" | "image/gif" | "image/webp";

/**
 * What a file is by its first bytes: what the client calls it is only a claim. SVG is left out, for it can carry scripts.
 */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const begins = (text: string, at = 0): boolean =>
    [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  if (begins("\x89PNG\r\n\x1a\n")) return "image/png";
  if (begins("\xff\xd8\xff")) return "image/jpeg";
  if (begins("GIF87a") || begins("GIF89a")) return "image/gif";
  if (begins("RIFF") && begins("WEBP", 8)) return "image/webp";
  return undefined;
}
