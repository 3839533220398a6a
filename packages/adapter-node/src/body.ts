import type { IncomingMessage, ServerResponse } from "node:http";

/** Whether a body was announced (RFC 9112 §6.3): by a transfer coding or a length other than zero. */
export function hasBody(req: IncomingMessage): boolean {
  const { headers } = req;
  if (headers["transfer-encoding"] !== undefined) return true;
  const length = headers["content-length"];
  return length !== undefined && Number(length) !== 0;
}

/** So many chunks become one: a body that comes byte by byte would take a hundred times its size. */
const PACKED = 1024;

/** The whole body, or `undefined` as soon as it is known to be longer than `limit` bytes. */
export function collect<T>(
  req: IncomingMessage,
  res: ServerResponse,
  limit: number,
  finish: (chunks: readonly Uint8Array[], length: number) => T,
): Promise<T | undefined> {
  if (!hasBody(req)) return Promise.resolve(finish([], 0));
  // What is too long by its own account is not read, and not asked for by `100 Continue`.
  if (Number(req.headers["content-length"] ?? 0) > limit) return Promise.resolve(undefined);
  if (req.destroyed) return Promise.reject(gone());
  askForBody(req, res);
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    let loose = 0;
    function onData(chunk: Uint8Array): void {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        if (++loose === PACKED) {
          chunks.push(Buffer.concat(chunks.splice(-PACKED)));
          loose = 0;
        }
        return;
      }
      req.off("data", onData);
      req.pause();
      resolve(undefined);
    }
    req.on("data", onData);
    req.on("end", () => resolve(finish(chunks, length)));
    req.on("error", () => reject(gone()));
  });
}

/** The body as a web stream that reads from the socket only what its reader asks for. */
export function bodyStream(req: IncomingMessage, res: ServerResponse): ReadableStream<Uint8Array<ArrayBuffer>> {
  let started = false;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (started) {
          req.resume();
          return;
        }
        started = true;
        if (req.destroyed) {
          controller.error(gone());
          return;
        }
        askForBody(req, res);
        req.on("data", (chunk: Uint8Array) => {
          req.pause();
          controller.enqueue(new Uint8Array(chunk));
        });
        req.on("end", () => controller.close());
        req.on("error", () => controller.error(gone()));
      },
      cancel() {
        req.removeAllListeners("data");
        req.removeAllListeners("end");
        req.pause();
      },
    },
    { highWaterMark: 0 },
  );
}

/** `Expect: 100-continue` is answered when the body is wanted, not before (RFC 9110 §10.1.1). */
function askForBody(req: IncomingMessage, res: ServerResponse): void {
  if (req.headers.expect !== undefined && !res.headersSent) res.writeContinue();
}

/** A request fails only by its connection, so whatever Node calls it, the client has left: an abort, and no error of the app. */
function gone(): Error {
  return new DOMException("The client closed the connection", "AbortError");
}
