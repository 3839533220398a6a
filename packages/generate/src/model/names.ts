/** Names that people recognise from the document, and that do not change while the document keeps its own. */

export function pascal(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}

export function camel(text: string): string {
  const name = pascal(text);
  // ABCThing is aBCThing nowhere: leading capitals are one word.
  return name.replace(/^_?[A-Z]+(?![a-z])|^_?[A-Z]/, (capitals) => capitals.toLowerCase());
}

export function snake(text: string): string {
  const words = text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]|\d+/g) ?? [];
  const name = words.join("_").toLowerCase();
  return /^[a-z]/.test(name) ? name : `_${name}`;
}

/** Gives each thing a name of its own: the second `User` is `User2`. */
export function makeNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let name = wanted;
    // Where files are named for them, some systems cannot tell `User` from `user`.
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}${number}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

/** RFC 9110 §15, for what clients switch on. */
export function problemName(status: number): string {
  return camel(PHRASES[status] ?? `status ${status}`);
}

export function phraseOf(status: number): string {
  return PHRASES[status] ?? `Status ${status}`;
}

const PHRASES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Unauthorized",
  402: "Payment required",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  406: "Not acceptable",
  408: "Request timeout",
  409: "Conflict",
  410: "Gone",
  411: "Length required",
  412: "Precondition failed",
  413: "Content too large",
  414: "URI too long",
  415: "Unsupported media type",
  416: "Range not satisfiable",
  417: "Expectation failed",
  421: "Misdirected request",
  422: "Unprocessable content",
  423: "Locked",
  424: "Failed dependency",
  426: "Upgrade required",
  428: "Precondition required",
  429: "Too many requests",
  431: "Request header fields too large",
  451: "Unavailable for legal reasons",
  500: "Internal server error",
  501: "Not implemented",
  502: "Bad gateway",
  503: "Service unavailable",
  504: "Gateway timeout",
  507: "Insufficient storage",
};
