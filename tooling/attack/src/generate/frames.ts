/** Class C, inward: messages that two readers cut in different places (RFC 9112 §11.2). */
import { wire } from "../case.ts";
import type { Random } from "../random.ts";
import type { Family } from "./family.ts";
import {
  CHUNKED_HIDDEN,
  chunk,
  CODINGS,
  HIDDEN,
  hiddenLength,
  inChunks,
  lengthLine,
  message,
  mutated,
  wellFormed,
} from "./messages.ts";

const bytes = (text: string): ReturnType<Family["make"]> => ({
  attack: { kind: "bytes", bytes: text },
  expect: { kind: "framed" },
});
const family = (name: string, answersTo: string, make: (random: Random) => string): Family => ({
  name,
  answersTo,
  subject: "frames",
  make: (random) => bytes(make(random)),
});

export const frameFamilies: readonly Family[] = [
  family("well-formed", "RFC 9112 §6", (random) => wellFormed(random)),
  family("length and coding", "CVE-2022-32213", (random) => {
    const lines = [lengthLine(hiddenLength(random), random), random.pick(CODINGS)];
    return message({ headers: random.chance(0.5) ? lines : lines.toReversed(), body: CHUNKED_HIDDEN });
  }),
  family("codings", "CVE-2026-23527", (random) =>
    message({ headers: [random.pick(CODINGS)], body: random.pick([CHUNKED_HIDDEN, inChunks(HIDDEN), HIDDEN]) }),
  ),
  family("lengths", "CVE-2022-32214", (random) =>
    message({ headers: [lengthLine(hiddenLength(random), random)], body: HIDDEN }),
  ),
  family("two lengths", "CVE-2026-1525", (random) => {
    const [first, second] = [hiddenLength(random), hiddenLength(random)];
    return message({
      headers: [
        `content-length: ${first}`,
        `${random.pick(["Content-Length", "content-length", "CONTENT-LENGTH"])}: ${second}`,
      ],
      body: HIDDEN,
    });
  }),
  family("chunk extensions", "CVE-2024-22019", (random) => {
    const extension = random.pick([
      ";a=b",
      ";a",
      ";",
      ';a="b;c"',
      `;${"a".repeat(20_000)}`,
      ";a=\nb",
      ";a=\rb",
      ";a\r\n",
      "; \n",
      ";\0",
      "\n;a",
      " ;a",
      "\t",
      ';a="\r\n"',
      ";\x80",
    ]);
    return message({
      headers: ["transfer-encoding: chunked"],
      body: `${chunk("hello", extension)}0${random.pick(["", extension])}\r\n\r\n`,
    });
  }),
  family("chunk sizes", "CVE-2025-23167", (random) => {
    const size = random.pick(
      [
        "5 ",
        " 5",
        "+5",
        "-5",
        "0x5",
        "05",
        "000000000000000000005",
        "5\t",
        "5\0",
        "5g",
        "",
        "ffffffffffffffff",
        "10000000000000005",
        "5;",
        "5,5",
        "5.",
        "٥",
        "FFFFFFFFFFFFFFFF5",
        "1_0",
        "5\r",
        "5\n",
      ].map((text) => wire(text)),
    );
    const end = random.pick(["\r\n", "\n", "\r", "\r\r\n", "\n\r\n", " \r\n", ""]);
    return message({
      headers: ["transfer-encoding: chunked"],
      body: `${size}${end}hello${random.pick(["\r\n", "\n", "", "x\r\n", "\r"])}0${end}\r\n${random.chance(0.5) ? HIDDEN : ""}`,
    });
  }),
  family("trailers", "RFC 9110 §6.5.1", (random) => {
    const trailer = random.pick([
      "content-length: 5",
      "transfer-encoding: chunked",
      "host: other",
      "authorization: Bearer ada",
      "x-attack: other",
      "x : y",
      "x: a\nb: c",
      " folded",
      "x",
      ":",
      "\0",
      `x: ${"y".repeat(20_000)}`,
      "x: y\r",
      "GET /smuggled HTTP/1.1",
    ]);
    return message({
      headers: ["transfer-encoding: chunked", "trailer: x"],
      body: `${chunk("hello")}0\r\n${trailer}\r\n\r\n`,
    });
  }),
  family("hosts", "RFC 9112 §3.2", (random) => {
    const host = random.pick([
      [],
      ["host: a", "host: b"],
      ["host: localhost", "Host: localhost"],
      ["host:"],
      ["host: a b"],
      ["host: a/b"],
      ["host: user@a"],
      ["host: a\0"],
      ["host: a, b"],
      ["host : a"],
      ["host: [::1]"],
      ["host: [::1"],
      ["host: a:b"],
      ["host: a:99999"],
      ["host: http://a"],
      ["host: a\tb"],
      ["host: a\r\n b"],
      [`host: ${"a".repeat(9000)}`],
      [wire("host: ｌocalhost")],
      ["host: %00"],
      ["host: ../.."],
      [" host: a"],
    ]);
    return message({
      line: random.pick(["GET /echo HTTP/1.1", "GET http://other/echo HTTP/1.1", "GET /echo HTTP/1.0"]),
      host,
    });
  }),
  family("request lines", "RFC 9112 §3", (random) => {
    const line = random.pick([
      "GET /echo",
      "GET",
      "GET  /echo HTTP/1.1",
      "GET\t/echo\tHTTP/1.1",
      "GET /echo  HTTP/1.1",
      "GET /echo HTTP/1.1 ",
      " GET /echo HTTP/1.1",
      "GET /echo HTTP/0.9",
      "GET /echo HTTP/1.2",
      "GET /echo HTTP/2.0",
      "GET /echo HTTP/3",
      "GET /echo http/1.1",
      "GET /echo HTTPS/1.1",
      "GET /echo HTTP/1.1\nx: y",
      "GET /echo HTTP/11",
      "GET /echo HTTP/1.10",
      "GET /echo /smuggled HTTP/1.1",
      "GET /ec\0ho HTTP/1.1",
      "GET /ec\rho HTTP/1.1",
      "GET\0 /echo HTTP/1.1",
      "get /echo HTTP/1.1",
      "G@T /echo HTTP/1.1",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n",
      "CONNECT localhost:80 HTTP/1.1",
      "CONNECT /smuggled HTTP/1.1",
      "TRACE /echo HTTP/1.1",
      "\x16\x03\x01\x02\0\x01\0",
      `GET /${"a".repeat(70_000)} HTTP/1.1`,
      `${"G".repeat(5000)} /echo HTTP/1.1`,
      "GET /echo\x80 HTTP/1.1",
      "\x80GET /echo HTTP/1.1",
      "GET /echo#/smuggled HTTP/1.1",
      "GET http://a\\@b/echo HTTP/1.1",
      "SOURCE /echo ICE/1.0",
      "GET /echo RTSP/1.0",
    ]);
    return message({ line });
  }),
  family("header names and values", "RFC 9110 §5.5", (random) => {
    const field = random.pick([
      "x : y",
      ": y",
      "x",
      "x y: z",
      "x\0: y",
      "x: \0",
      "x: a\rb",
      "x: a\nb",
      "x: a\n\rb",
      "(x): y",
      wire("é: y"),
      "x: \x80\xff",
      "x: \x01",
      "x: \x7f",
      "x:\x0b",
      "x: a\r\n b",
      "x: a\r\n\tb",
      "\r",
      "\n",
      "x:: y",
      "x: y\r",
      "-: y",
      "x\r: y",
      "x\n: y",
      "__proto__: y",
      "constructor: y",
      "x: y\n\nGET /smuggled HTTP/1.1\nx-attack: {id}!",
      "x: y\r\rGET /smuggled HTTP/1.1\r",
    ]);
    return message({
      line: random.pick(["GET /echo HTTP/1.1", "POST /echo HTTP/1.1"]),
      headers: [field, random.pick(["a: b", field])],
    });
  }),
  family("very many headers", "CVE-2024-37890", (random) => {
    const count = random.pick([90, 300, 1500, 2100, 6000]);
    const field = random.pick(["a:", "a: b", "x-{n}: y", "cookie: a=b", "content-type: text/plain", "a:\r\n b"]);
    const last = random.pick(["content-length: 0", "transfer-encoding: chunked", "content-length: 3"]);
    return message({
      headers: [...Array.from({ length: count }, (_, i) => field.replace("{n}", String(i))), last],
      body: inChunks(HIDDEN),
    });
  }),
  family("pipelines", "CVE-2022-32215", (random) =>
    Array.from({ length: 2 + random.below(3) }, () =>
      random.pick([() => wellFormed(random), () => wellFormed(random), () => mutated(wellFormed(random), random)])(),
    ).join(""),
  ),
  family("line ends", "CVE-2024-27982", (random) => {
    const text = message({
      headers: [random.pick(["content-length: 5", "transfer-encoding: chunked"])],
      body: random.pick(["hello", inChunks("hello"), CHUNKED_HIDDEN]),
    });
    const places = [...text.matchAll(/\r\n/g)].map(({ index }) => index);
    const at = random.pick(places);
    const end = random.pick(["\n", "\r", "\n\r", "\r\r\n", "\r\n ", "\r\n\t", "\0\r\n", "\v\r\n", "\x85", "\r \n"]);
    return random.chance(0.2) ? text.replaceAll("\r\n", end) : text.slice(0, at) + end + text.slice(at + 2);
  }),
  family("connection options", "RFC 9110 §7.6.1", (random) => {
    const headers = [
      random.pick([
        "connection: close",
        "connection: keep-alive, close",
        "connection: content-length",
        "connection: host",
        "connection: upgrade\r\nupgrade: websocket",
        "connection: upgrade\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQCAAAAAAIAAAAA",
        "connection: x-attack",
        "keep-alive: timeout=0",
        "proxy-connection: keep-alive",
        "te: trailers, chunked",
        "expect: 100-continue",
        "expect: 200-ok",
        "expect: 100-continue, x",
      ]),
      "content-length: 3",
    ];
    return message({ headers, body: "abc" });
  }),
  family("mutations", "llhttp's corpus", (random) => mutated(wellFormed(random), random)),
  family("mutations", "llhttp's corpus", (random) => {
    const [one, two] = [wellFormed(random), wellFormed(random)];
    return mutated(one.slice(0, random.below(one.length)) + two.slice(random.below(two.length)), random);
  }),
];
