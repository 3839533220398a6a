/** Class C, outward: values that try to become a header, a cookie, an address or an event of their own, and headers that claim who is asking. */
import type { Header } from "../case.ts";
import { wire } from "../case.ts";
import type { Random } from "../random.ts";
import { PEER, SPOKEN } from "../subjects/echo.ts";
import { CROWDED, LIMITED } from "../subjects/security.ts";
import { type Family, REFUSED, SAFE, sent } from "./family.ts";

const BREAKS = [
  "\r\n",
  "\n",
  "\r",
  "\r\n\r\n",
  "\n\n",
  "\u2028",
  "\u0085",
  "\u560d\u560a",
  "\0",
  "\v",
  "\f",
  "\\r\\n",
  "%0d%0a",
  "\r\n ",
  "\u010d\u010a",
];
const INJECTIONS = [
  "x-injected: 1",
  "set-cookie: injected=1",
  "content-length: 0",
  "location: http://evil.example",
  "transfer-encoding: chunked",
  "HTTP/1.1 200 OK",
  "event: injected",
  "data: injected-field",
  "id: injected",
  "<script>",
  "domain=evil.example",
];
const ELSEWHERE = [
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "///evil.example",
  "https://evil.example",
  "http:evil.example",
  "/%2f/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  " //evil.example",
  "javascript:alert(1)",
  "//evil.example%2f..",
  "/.//evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "https:/evil.example",
  "//user@evil.example",
  "http://localhost@evil.example",
  "?//evil.example",
  "/;//evil.example",
  "data:text/html,x",
  "\u0000//evil.example",
  "//ｅvil.example",
  "/\r//evil.example",
  "./\\evil.example",
];

const ADDRESSES = [
  "10.0.0.1",
  "192.0.2.1",
  "2001:db8::1",
  "::ffff:10.0.0.1",
  "::ffff:7f00:1",
  "0:0:0:0:0:ffff:127.0.0.1",
  "[::1]",
  "unknown",
  "_hidden",
  "127.0.0.1, 10.0.0.1",
  "10.0.0.1, 192.0.2.1",
  "10.0.0.1:80",
  "010.0.0.1",
  "10.1",
  "167772161",
  "0x0a.0.0.1",
  "::1%lo",
  "",
  "a".repeat(2000),
];
const CLAIMING = [
  "x-forwarded-for",
  "x-real-ip",
  "x-client-ip",
  "cf-connecting-ip",
  "true-client-ip",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-cluster-client-ip",
  "fastly-client-ip",
  "x-forwarded",
];

/** Headers by which a proxy would say who is behind it. */
function claims(random: Random): readonly Header[] {
  const address = random.pick(ADDRESSES);
  const headers: Header[] = [
    [random.pick(CLAIMING), address],
    [random.pick(CLAIMING), random.pick(["https", address])],
    ["forwarded", `for=${random.pick([address, `"${address}"`, `"[${address}]:1"`])};host=evil.example;proto=https`],
  ];
  return random.chance(0.3) ? headers : headers.slice(random.below(3));
}

export const spokenFamilies: readonly Family[] = [
  {
    name: "line breaks",
    answersTo: "RFC 9110 §5.5",
    subject: "spoken",
    make: (random) => {
      const value =
        random.pick(["", "a", "a; ", "/"]) +
        (random.chance(0.4) ? "\r\n" : random.pick(BREAKS)) +
        random.pick(INJECTIONS) +
        random.pick(["", random.pick(BREAKS)]);
      return {
        attack: sent("GET", `${random.pick(SPOKEN).path}?v=${written(value, random)}`),
        expect: { kind: "sent" },
      };
    },
  },
  {
    name: "redirects",
    answersTo: "GHSA-9phm-9p8f-hw5m",
    subject: "spoken",
    make: (random) => ({
      attack: sent("GET", `/redirect?v=${written(random.pick(ELSEWHERE), random)}`),
      expect: { kind: "sent" },
    }),
  },
  {
    name: "claims of who asks",
    answersTo: "CVE-2026-3635",
    subject: "spoken",
    make: (random) => ({
      attack: sent("GET", PEER.path, claims(random)),
      expect: { kind: "served", key: "GET /peer" },
    }),
  },
  {
    name: "addresses in headers",
    answersTo: "CVE-2026-47674",
    subject: "ip lists",
    make: (random) => ({
      attack: sent("GET", random.pick(["/admin", "/admin/users/7"]), claims(random)),
      expect: REFUSED,
    }),
  },
  {
    name: "many callers in one",
    answersTo: "GHSA-xh87-mx6m-69f3",
    subject: "limits",
    make: (random) => ({
      attack: sent(
        random.pick(["GET", "HEAD"]),
        `${random.pick([LIMITED, CROWDED]).path}${random.pick(["", "?a", `?${random.below(99)}`])}`,
        claims(random),
      ),
      expect: SAFE,
    }),
  },
];

/** As escapes, each octet of UTF-8. */
function written(text: string, random: Random): string {
  return Array.from(wire(text), (octet) => {
    const code = octet.charCodeAt(0);
    return /[\w.-]/.test(octet) && random.chance(0.9) ? octet : `%${code.toString(16).padStart(2, "0")}`;
  }).join("");
}
