import { type Address, parseAddress } from "./address.ts";

/** Who sent a request to a hop, as the hop says; `hidden` where it says only that it does not tell (RFC 7239 §6.2, §6.3). */
export type Hop = Address | "hidden";

/** One element of `Forwarded`: names in lower case, values unquoted. */
export type ForwardedElement = ReadonlyMap<string, string>;

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const PAIR = new RegExp(`(${TOKEN})=(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)")[ \\t]*(?=[,;]|$)`, "y");
const PORT = "(?::(?:\\d{1,5}|_[\\w.-]+))?";
const HIDDEN = new RegExp(`^(?:unknown|_[\\w.-]+)${PORT}$`, "i");
const WITH_PORT = new RegExp(`^(?:\\[([^\\]]*)\\]|([\\d.]+))${PORT}$`);

/** The elements of `Forwarded` (RFC 7239 §4), nearest hop last; `undefined` for what cannot be read in one way only. */
export function parseForwarded(value: string): readonly ForwardedElement[] | undefined {
  const elements: Map<string, string>[] = [];
  let element = new Map<string, string>();
  for (let at = 0; at < value.length;) {
    const char = value[at];
    if (char === ",") {
      if (element.size > 0) elements.push(element); // a list may have empty elements (RFC 9110 §5.6.1.2)
      element = new Map();
    }
    if (char === "," || char === ";" || char === " " || char === "\t") {
      at++;
      continue;
    }
    PAIR.lastIndex = at;
    const [whole, name = "", token, quoted = ""] = PAIR.exec(value) ?? [];
    const key = name.toLowerCase();
    if (whole === undefined || element.has(key)) return undefined;
    element.set(key, token ?? quoted.replace(/\\(.)/g, "$1"));
    at += whole.length;
  }
  return element.size > 0 ? [...elements, element] : elements;
}

/**
 * A hop as it stands in a list: an address, perhaps with a port, IPv6 in brackets. `undefined` for anything else.
 *
 * @param bare whether IPv6 may stand without brackets: it does in `X-Forwarded-For`, and may not in `Forwarded` (RFC 7239 §6)
 */
export function parseHop(text: string, bare: boolean): Hop | undefined {
  if (HIDDEN.test(text)) return "hidden";
  const [, ipv6, ipv4] = WITH_PORT.exec(text) ?? [];
  if (ipv6 !== undefined) return ipv6.includes(":") ? parseAddress(ipv6) : undefined;
  return ipv4 === undefined && !bare ? undefined : parseAddress(ipv4 ?? text);
}

/** The elements of a plain list from right to left, without empty ones, read no further than somebody asks. */
export function* elementsFromRight(value: string): Generator<string, void> {
  for (let end = value.length; end >= 0;) {
    const start = end === 0 ? -1 : value.lastIndexOf(",", end - 1);
    const element = value.slice(start + 1, end).trim();
    if (element !== "") yield element;
    end = start;
  }
}
