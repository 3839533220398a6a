import type { Sendable } from "./body.ts";
import type { Progress } from "./options.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const PIECE = 65_536;

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
  return [whole.body === null ? body : counted(whole.body, (loaded) => tell({ loaded, total })), () => {}];
}

/** In pieces that are told one by one; each is taken when there is room for it. */
function counted(body: ReadableStream<Bytes>, tell: (loaded: number) => void): ReadableStream<Bytes> {
  const reader = body.getReader();
  let loaded = 0;
  let rest = new Uint8Array();
  return new ReadableStream(
    {
      async pull(controller) {
        if (loaded > 0) tell(loaded);
        while (rest.length === 0) {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          rest = value;
        }
        controller.enqueue(rest.subarray(0, PIECE));
        loaded += Math.min(PIECE, rest.length);
        rest = rest.subarray(PIECE);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
