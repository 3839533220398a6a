/** Bombs and poison for everything that parses: JSON, forms, queries, cookies, headers, params. */
import { gzipSync } from "node:zlib";
import { bytesOf, type Header, octets, wire } from "../case.ts";
import { INPUTS, LIMITS, MATCHERS } from "../subjects/inputs.ts";
import { fieldsBomb, jsonBomb, NUMBERS } from "./bombs.ts";
import { type Family, REFUSED, SAFE, sent } from "./family.ts";
import { POISON, poisonedFields, poisonedJson } from "./poison.ts";

const JSON_TYPE: Header = ["content-type", "application/json"];
const FORM_TYPE: Header = ["content-type", "application/x-www-form-urlencoded"];
const subject = "inputs";

const INVALID_TEXTS = [
  octets("\xff\xfe{\0}\0"),
  octets("\xfe\xff\0{\0}"),
  octets('\xef\xbb\xbf{"name":"Ada","age":36,"tags":[]}'),
  octets("\xef\xbb\xbf\xef\xbb\xbf{}"),
  octets('{"name":"\xc0\xaf","age":36,"tags":[]}'),
  octets('{"name":"\xed\xa0\x80","age":36,"tags":[]}'),
  octets('{"name":"\x80","age":36,"tags":[]}'),
  octets('{"name":"\0","age":36,"tags":[]}'),
  octets("\x1f\x8b\x08\0\0\0\0\0"),
  bytesOf('{"name":"\\ud800","age":36,"tags":["\\udfff\\ud800"]}'),
  bytesOf('{"name":"A\u2028da","age":36,"tags":[]}'),
  bytesOf('{"name":"Ada","age":36,"tags":[]}x'),
  bytesOf('{"name":"Ada","age":36,"tags":[],}'),
  bytesOf("{'name':'Ada'}"),
  bytesOf('//\n{"name":"Ada","age":36,"tags":[]}'),
  bytesOf("undefined"),
  bytesOf("NaN"),
];

const family = (name: string, answersTo: string, make: Family["make"]): Family => ({ name, answersTo, subject, make });

export const bodyFamilies: readonly Family[] = [
  family("poisoned JSON", "CVE-2025-66456", (random) => ({
    attack: sent("POST", random.pick([INPUTS.json, INPUTS.anything]).path, [JSON_TYPE], poisonedJson(random)),
    expect: SAFE,
  })),
  family("poisoned form", "CVE-2025-66456", (random) => ({
    attack: sent("POST", INPUTS.form.path, [FORM_TYPE], poisonedFields(random)),
    expect: SAFE,
  })),
  family("poisoned query", "CVE-2025-15284", (random) => ({
    attack: sent("GET", `${random.pick([INPUTS.query, INPUTS.loose]).path}?${poisonedFields(random)}`),
    expect: SAFE,
  })),
  family("poisoned headers", "CVE-2026-21710", (random) => ({
    attack: sent("GET", random.pick([INPUTS.allHeaders, INPUTS.headers, INPUTS.cookies]).path, [
      [random.pick(["__proto__", "constructor", "prototype", "tostring", "hasownproperty", "__PROTO__"]), "polluted"],
      ["x-count", random.pick(["1", "10", "1e0", "0x1", " 1", "__proto__", ...NUMBERS.slice(0, 8)])],
      ["cookie", `${random.pick(POISON)}=1; __proto__=polluted; a=1`],
    ]),
    expect: SAFE,
  })),
  family("poisoned params", "CVE-2025-66456", (random) => {
    const name = encodeURIComponent(random.pick(POISON));
    return {
      attack: sent(
        "GET",
        random.pick([
          `/params/7/${name}`,
          `/params/${name}/ada`,
          `/p/${name}/x/${name}/y/${name}`,
          `/matched/${random.pick(MATCHERS)}/${name}`,
        ]),
      ),
      expect: SAFE,
    };
  }),
  family("JSON bombs", "CVE-2024-45590", (random) => ({
    attack: sent("POST", random.pick([INPUTS.json, INPUTS.anything]).path, [JSON_TYPE], jsonBomb(random)),
    expect: SAFE,
  })),
  family("form bombs", "CVE-2025-15284", (random) => ({
    attack: sent("POST", INPUTS.form.path, [FORM_TYPE], fieldsBomb(random)),
    expect: SAFE,
  })),
  family("query bombs", "CVE-2025-15284", (random) => ({
    attack: sent("GET", `${random.pick([INPUTS.query, INPUTS.loose]).path}?${fieldsBomb(random)}`),
    expect: SAFE,
  })),
  family("texts that are none", "RFC 8259 §8.1", (random) => {
    const type = random.pick([
      "application/json",
      "application/json; charset=utf-16",
      "application/json; charset=iso-8859-1",
      "application/x-www-form-urlencoded",
    ]);
    const { path } = type.startsWith("application/json") ? random.pick([INPUTS.json, INPUTS.anything]) : INPUTS.form;
    return { attack: sent("POST", path, [["content-type", type]], random.pick(INVALID_TEXTS)), expect: SAFE };
  }),
  family("bodies over the limit", "CVE-2026-12590", (random) => {
    const input = random.pick([INPUTS.text, INPUTS.bytes, INPUTS.stream, INPUTS.json, INPUTS.form]);
    const over = random.pick([1, 1000, 200_000]);
    const type =
      input === INPUTS.json ? JSON_TYPE : input === INPUTS.form ? FORM_TYPE : (["content-type", "text/plain"] as const);
    const body = input === INPUTS.json ? `"${"a".repeat(LIMITS.body + over)}"` : "a".repeat(LIMITS.body + over);
    return { attack: sent("POST", input.path, [type], body, { chunked: random.chance(0.5) }), expect: REFUSED };
  }),
  family("decompression bombs", "RFC 9110 §8.4", (random) => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(random.pick([1000, 1_000_000]))));
    const coding = random.pick(["gzip", "deflate", "br", "zstd", "gzip, gzip", "identity", "x-gzip", "compress"]);
    return {
      attack: sent(
        "POST",
        random.pick([INPUTS.json, INPUTS.text, INPUTS.bytes, INPUTS.form]).path,
        [JSON_TYPE, ["content-encoding", coding]],
        bomb,
      ),
      expect: SAFE,
    };
  }),
  family("cookies by the hundred", "RFC 6265 §6.1", (random) => {
    const count = random.pick([1, 31, 32, 33, 200, 800]);
    const pair = random.pick(["a=1", "=", "", "a", '"="', "a=%zz", "a=b=c", `a${wire("é")}=1`, "a=\tb", "__proto__=1"]);
    const cookies = Array.from({ length: count }, (_, i) => (random.chance(0.5) ? pair : `c${i}=${pair}`));
    const headers = random.chance(0.8)
      ? [["cookie", cookies.join("; ")] as const]
      : cookies.slice(0, 90).map((text) => ["cookie", text] as const);
    return { attack: sent("GET", INPUTS.cookies.path, headers), expect: SAFE };
  }),
  family("slow patterns", "CVE-2024-45296", (random) => {
    const size = random.pick([50, 500, 3000]);
    const slow = random.pick(["a", "-", "a-", "0", "1.", "/a", "/x/y", "%2d", ".", "/x"]).repeat(size / 2);
    return {
      attack: sent(
        "GET",
        random.pick([
          `/p/x${slow}`,
          `/p${slow}`,
          `/p/x/x/y${slow}`,
          `/matched/${random.pick(MATCHERS)}/${slow}${random.pick(["", "!", "-", "x"])}`,
          `/params/1${slow}/x`,
        ]),
      ),
      expect: SAFE,
    };
  }),
  family("slow headers", "CVE-2026-4867", (random) => {
    const name = random.pick([
      "accept",
      "cookie",
      "if-none-match",
      "if-match",
      "content-type",
      "range",
      "accept-encoding",
      "authorization",
      "if-modified-since",
    ]);
    const piece = random.pick([",", ";", '"', " ", "a/", "*/*;q=0.1,", ";q=", 'W/"a",', "\t", "=", '"a', "a/b;c=d;"]);
    return {
      attack: sent(random.pick(["GET", "POST"]), random.pick([INPUTS.loose, INPUTS.cookies, INPUTS.allHeaders]).path, [
        [name, `${random.pick(["", "a/b", '"x'])}${piece.repeat(4000 / piece.length)}`],
      ]),
      expect: SAFE,
    };
  }),
  family("limits that are none", "CVE-2026-12590", (random) => {
    const name = random.pick([
      "body",
      "url",
      "headers",
      "headersTimeout",
      "requestTimeout",
      "keepAlive",
      "handler",
      "shutdown",
      "jsonDepth",
      "query",
      "cookies",
      "parts",
      "file",
    ]);
    const value: unknown = random.pick([
      Number.NaN,
      -1,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      "",
      "1 mb",
      "huge",
      "10",
      "-1MiB",
      "1e3MiB",
      "0x10",
      null,
      {},
      [],
      true,
      "1MiB2",
      "Infinity",
      "١MiB",
    ]);
    const misnamed = random.pick(["bodyLimit", "Body", "__proto__2", "maxBody"]);
    return {
      attack: { kind: "start", limits: random.chance(0.9) ? { [name]: value } : { [misnamed]: 1 } },
      expect: REFUSED,
    };
  }),
];
