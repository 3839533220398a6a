import type { Sendable } from "./body.ts";
import type { Progress } from "./options.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The same body, counted while it is sent. Browsers stream bodies over HTTP/2 alone and cannot say beforehand which they
 * will speak, so there the body stays whole: the caller is told 0 here, and the total when the answer is there.
 */
export function countBody(
  body: Sendable,
  headers: Headers,
  tell: (progress: Progress) => void,
): [Sendable, () => void] {
  const total =
    typeof body === "string"
      ? new TextEncoder().encode(body).length
      : body instanceof Blob
        ? body.size
        : (body as Partial<ArrayBuffer> | undefined)?.byteLength;
  const streamed = body instanceof ReadableStream;
  tell({ loaded: 0, total });
  if (body === undefined || ("location" in globalThis && globalThis.location !== undefined && !streamed))
    return [body, () => tell({ loaded: total ?? 0, total })];
  const whole = new Response(body);
  const type = whole.headers.get("content-type");
  if (type !== null && !headers.has("content-type")) headers.set("content-type", type);
  let loaded = 0;
  const counter = new TransformStream<Bytes, Bytes>({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      tell({ loaded: (loaded += chunk.byteLength), total });
    },
  });
  return [whole.body?.pipeThrough(counter), () => {}];
}
