/** Messages to be cut in different places, and what is done to ones that are well-formed. */
import { wire } from "../case.ts";
import type { Random } from "../random.ts";

/** What a body holds that a mistaken reader would take for a request. */
export const HIDDEN: string = "GET /smuggled HTTP/1.1\r\nhost: localhost\r\nx-attack: {id}!\r\n\r\n";
export const CHUNKED_HIDDEN: string = `0\r\n\r\n${HIDDEN}`;

export interface Message {
  readonly line?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly host?: readonly string[];
}

export function message({
  line = "POST /echo HTTP/1.1",
  headers = [],
  body = "",
  host = ["host: localhost"],
}: Message): string {
  return [line, ...host, "x-attack: {id}", ...headers, "", body].join("\r\n");
}

export const chunk = (data: string, extension = ""): string => `${data.length.toString(16)}${extension}\r\n${data}\r\n`;
export const inChunks = (data: string): string => `${chunk(data)}0\r\n\r\n`;
export const hiddenLength = (random: Random): number =>
  random.pick([0, 3, 4, 5, 6, CHUNKED_HIDDEN.length, HIDDEN.length, 30]);

export const CODINGS: readonly string[] = [
  "transfer-encoding: chunked",
  "Transfer-Encoding: chunked",
  "TRANSFER-ENCODING: CHUNKED",
  "transfer-encoding: Chunked",
  "transfer-encoding:chunked",
  "transfer-encoding:\tchunked",
  "transfer-encoding:  chunked  ",
  "transfer-encoding : chunked",
  " transfer-encoding: chunked",
  "\ttransfer-encoding: chunked",
  "transfer-encoding\t: chunked",
  "transfer-encoding:\r\n chunked",
  "x: y\r\n transfer-encoding: chunked",
  "transfer-encoding: xchunked",
  "transfer-encoding: chunkedx",
  "transfer-encoding: identity",
  "transfer-encoding: chunked, identity",
  "transfer-encoding: identity, chunked",
  "transfer-encoding: gzip, chunked",
  "transfer-encoding: chunked, chunked",
  "transfer-encoding: chunked;a=b",
  'transfer-encoding: "chunked"',
  "transfer-encoding: chunked\v",
  "transfer-encoding: \vchunked",
  "transfer-encoding: chunked\0",
  "transfer-encoding: chun\rked",
  "transfer-encoding: chun\nked",
  "transfer-encoding: x\ntransfer-encoding: chunked",
  "transfer-encoding: x\rtransfer-encoding: chunked",
  "transfer-encoding: chunked\r\ntransfer-encoding: chunked",
  "transfer-encoding: chunked\r\ntransfer-encoding: identity",
  "transfer-encoding: identity\r\ntransfer-encoding: chunked",
  "transfer-encoding:",
  "transfer-encoding: ,",
  "transfer-encoding: ,chunked",
  "transfer_encoding: chunked",
  "transfer-encoding\0: chunked",
  wire("transfer-encoding: chunkеd"),
  "transfer-encoding: chunked\r\nconnection: transfer-encoding",
];

export function lengthLine(length: number, random: Random): string {
  const said = random.pick([
    String(length),
    `+${length}`,
    `-${length}`,
    `0${length}`,
    `0x${length.toString(16)}`,
    `${length}.0`,
    `${length} `,
    `${length} ${length}`,
    `${length},${length}`,
    `${length}, ${length + 1}`,
    `${length}\t`,
    `${length};a`,
    `1e${length}`,
    "",
    "18446744073709551616",
    "9".repeat(40),
    `${length}\0`,
    `\v${length}`,
    `"${length}"`,
    wire(`${length}０`),
    `${length}\n`,
    `\r\n ${length}`,
  ]);
  return (
    random.pick([
      "content-length: ",
      "Content-Length:",
      "content-length:\t",
      "content-length : ",
      " content-length: ",
      "content_length: ",
    ]) + said
  );
}

/** Messages that are well-formed: they have to be served as they are, and are what mutations begin with. */
export function wellFormed(random: Random): string {
  const body = random.pick(["", "a", "hello", "a\r\nb", "0\r\n\r\n", HIDDEN]);
  return random.pick([
    () => message({ line: "GET /echo HTTP/1.1" }),
    () =>
      message({
        headers: [`content-length: ${body.replaceAll("{id}", "").length}`],
        body: body.replaceAll("{id}", ""),
      }),
    () => message({ headers: ["transfer-encoding: chunked"], body: inChunks(body.replaceAll("{id}", "")) }),
    () =>
      message({
        headers: ["transfer-encoding: chunked"],
        body: `${chunk("he", ";a=b")}${chunk("llo")}0\r\nx-trailer: 1\r\n\r\n`,
      }),
    () => message({ line: "GET /echo?a=b HTTP/1.0", headers: ["connection: keep-alive"] }),
    () => message({ line: "OPTIONS /echo HTTP/1.1", headers: ["content-length: 2"], body: "ab" }),
    () => `\r\n${message({ line: "GET /echo HTTP/1.1" })}`,
    () => message({ line: "PUT /echo HTTP/1.1", headers: ["expect: 100-continue", "content-length: 3"], body: "abc" }),
    () => message({ line: "GET http://localhost/echo HTTP/1.1" }),
  ])();
}

export function mutated(text: string, random: Random): string {
  let changed = text;
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(changed.length);
    const other = random.below(changed.length);
    changed = random.pick([
      () =>
        changed.slice(0, at) +
        String.fromCharCode(changed.charCodeAt(at) ^ (1 << random.below(8))) +
        changed.slice(at + 1),
      () => changed.slice(0, at) + changed.slice(at + 1 + random.below(3)),
      () =>
        changed.slice(0, at) +
        random.pick(["\r\n", "\n", "\r", " ", "\t", "\0", ":", ",", "0", "\r\n\r\n", "\x80", ";"]) +
        changed.slice(at),
      () => changed.slice(0, Math.min(at, other)) + changed.slice(Math.max(at, other)),
      () => changed.slice(0, at) + changed.slice(other, other + 20) + changed.slice(at),
    ])();
  }
  return changed;
}
