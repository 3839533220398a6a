/** Multipart bodies written by hand, so that each byte is the test's own. */
export interface PartText {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly value: string;
}

export const BOUNDARY = "----FormBoundary7MA4YWxk";

export function formText(parts: readonly PartText[], boundary: string = BOUNDARY): string {
  const texts = parts.map(({ name, filename, type, value }) => {
    const file = filename === undefined ? "" : `; filename="${filename}"`;
    const typed = type === undefined ? "" : `Content-Type: ${type}\r\n`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${typed}\r\n${value}\r\n`;
  });
  return `${texts.join("")}--${boundary}--\r\n`;
}

/** A request whose body arrives cut at these places. */
export function request(
  body: string | Uint8Array,
  { cuts = [], boundary = BOUNDARY, type }: { cuts?: readonly number[]; boundary?: string; type?: string } = {},
): Request {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const places = [...new Set([0, ...cuts, bytes.length])]
    .filter((place) => place >= 0 && place <= bytes.length)
    .sort((a, b) => a - b);
  const chunks = places.slice(1).map((end, index) => bytes.slice(places[index], end));
  return new Request("http://localhost/", {
    method: "POST",
    headers: { "content-type": type ?? `multipart/form-data; boundary=${boundary}` },
    body: new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    }),
    duplex: "half",
  });
}
