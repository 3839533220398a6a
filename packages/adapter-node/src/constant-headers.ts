/** Header lists that are the same for many answers, rendered once. */
import { IncomingMessage, ServerResponse, validateHeaderName, validateHeaderValue } from "node:http";
import { Socket } from "node:net";

/** The part of Node's response that makes a head out of a status line and headers. Node's own, so it is looked for before it is used. */
interface StoresHeader {
  _storeHeader?(line: string, headers: unknown): void;
}

/**
 * A response that can begin its head with lines that were rendered before: Node checks and joins every header of every
 * answer anew, which costs about 1 % of a small answer each.
 */
export class HeadedResponse extends ServerResponse {
  /** Lines that stand before the headers of the next `writeHead`. */
  lines = "";

  _storeHeader(line: string, headers: unknown): void {
    const { lines } = this;
    this.lines = "";
    (ServerResponse.prototype as StoresHeader)._storeHeader?.call(this, line + lines, headers);
  }
}

/** Whether this Node makes heads as {@link HeadedResponse} needs it; where not, every header goes the usual way. */
const heads: boolean = ((): boolean => {
  if (typeof (ServerResponse.prototype as StoresHeader)._storeHeader !== "function") return false;
  const probe = new HeadedResponse(new IncomingMessage(new Socket()));
  probe.lines = "x-probe: 1\r\n";
  probe.writeHead(200);
  return probe.lines === "";
})();

/** By list; `undefined` for those that cannot be rendered alone. */
const rendered = new WeakMap<readonly string[], string | undefined>();

/** The lines of a constant list, which is a frozen one; `undefined` for others, and where a header is the adapter's own. */
export function linesOf(headers: readonly string[]): string | undefined {
  const known = rendered.get(headers);
  if (known !== undefined || !heads || !Object.isFrozen(headers)) return known;
  if (rendered.has(headers)) return undefined;
  const lines = render(headers);
  rendered.set(headers, lines);
  return lines;
}

/** What Node looks at while it makes a head, or what the adapter decides. */
const WEIGHED = /^(?:connection|content-length|date|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/;

function render(headers: readonly string[]): string | undefined {
  checkHeaders(headers);
  let lines = "";
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? "";
    if (WEIGHED.test(name)) return undefined;
    lines += `${name}: ${headers[i + 1] ?? ""}\r\n`;
  }
  return lines;
}

/** @throws what Node throws for a name or value that cannot be sent */
export function checkHeaders(headers: readonly string[]): void {
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? "";
    validateHeaderName(name);
    validateHeaderValue(name, headers[i + 1] ?? "");
  }
}
