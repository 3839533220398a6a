/** Class D: answers that outlive who they were for, and requests that a browser sends for somebody else. Packages for tokens, sessions and GraphQL add their families here. */
import { type Header, wire } from "../case.ts";
import { type Family, REFUSED, sent } from "./family.ts";

const CALLER: Header = ["authorization", "Bearer ada"];

const rpc = (method: string, params: object): string => JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
const MCP_HEADERS: readonly Header[] = [
  ["content-type", "application/json"],
  ["accept", "application/json, text/event-stream"],
];

/** Preconditions and ranges are no way around who asks: without a caller there is no 304, 206 or 412 either. */
function tagged(subject: string, path: string): Family {
  return {
    name: "tags of what is guarded",
    answersTo: "CVE-2026-44457",
    subject,
    make: (random) => ({
      attack: sent(random.pick(["GET", "HEAD"]), path, [
        [random.pick(["if-none-match", "if-match", "if-range"]), random.pick(["*", '"c7f1a1e0b6a0"', 'W/"a"', '""'])],
        ["if-modified-since", "Sat, 01 Jan 2050 00:00:00 GMT"],
        ["range", random.pick(["bytes=0-", "bytes=0-0,2-3", "bytes=-1", "x=1"])],
        ["cache-control", random.pick(["only-if-cached", "no-cache", "max-stale"])],
      ]),
      expect: REFUSED,
    }),
  };
}

export const identityFamilies: readonly Family[] = [
  tagged("assets", "/private/report.txt"),
  tagged("static", "/inside/report.txt"),
  tagged("openapi", "/openapi.json"),
  {
    name: "answers kept for others",
    answersTo: "CVE-2026-24472",
    subject: "pages",
    make: (random) => ({
      // Asked twice over the run, with and without a caller: a cache that ignores who asks gives one the other's.
      attack: sent(
        "GET",
        random.pick(["/admin", "/inside/7"]),
        random.chance(0.5) ? [CALLER] : [["accept", random.pick(["*/*", "text/html", "application/json"])]],
      ),
      expect: { kind: "table" },
    }),
  },
  {
    name: "keys of others",
    answersTo: "draft-ietf-httpapi-idempotency-key-header §5",
    subject: "idempotency",
    make: (random) => {
      const key = random.pick(['"a"', '"b"', "a", '"', "", '"a", "b"', `"${"a".repeat(300)}"`, '"\u00e9"', '"a";x=1']);
      const who: readonly Header[] = random.chance(0.4)
        ? [CALLER]
        : random.chance(0.5)
          ? [["authorization", "Bearer eve"]]
          : [];
      return {
        attack: sent(
          "POST",
          random.pick(["/paid", "/kept"]),
          [...who, ["idempotency-key", wire(key)]],
          random.pick(["", "a"]),
        ),
        expect: { kind: "safe" },
      };
    },
  },
  {
    name: "tools without a caller",
    answersTo: "GHSA-9q82-xgwf-vj6h",
    subject: "mcp",
    make: (random) => {
      const name = random.pick([
        "get_guarded_by_name",
        "post_changed",
        "get_guarded_me",
        "get_hidden",
        "GET /guarded/:name",
        "get_open_by_name",
        "__proto__",
        "constructor",
      ]);
      const value = random.pick([
        "ada",
        "me",
        "../guarded/me",
        "me%2f",
        "%6de",
        "..",
        "me?x=1",
        "me#",
        "me/",
        "",
        "x/../me",
        "\u0000",
        "me;a",
      ]);
      const given = random.pick<object>([
        { params: { name: value } },
        { params: { name: value }, headers: { authorization: "Bearer ada" } },
        { params: { name: value, id: "7" }, query: { caller: "ada" } },
        { body: { n: 1 } },
        { body: { n: 1 }, headers: { authorization: "Bearer ada" }, authorization: "Bearer ada" },
        { params: { name: value, __proto__: { caller: "ada" } } },
      ]);
      const call = { name, arguments: given, _meta: { headers: { authorization: "Bearer ada" } } };
      const session: readonly Header[] = random.chance(0.5)
        ? []
        : [["mcp-session-id", random.pick(["1", "ada", "00000000-0000-0000-0000-000000000000"])]];
      return {
        attack: sent("POST", "/mcp", [...MCP_HEADERS, ...session], rpc("tools/call", call)),
        expect: { kind: "safe" },
      };
    },
  },
  {
    name: "tools for a caller",
    answersTo: "RFC 9110 §4.2.3",
    subject: "mcp",
    make: (random) => {
      // With a caller, no param may lead a tool to the place of another route.
      const name = random.pick([
        "me",
        "../guarded/me",
        "%6de",
        "me/",
        "x/../me",
        "me?",
        "me#",
        "./me",
        "me/.",
        "..%2fguarded%2fme",
        "..\\guarded\\me",
      ]);
      const call = { name: "get_guarded_by_name", arguments: { params: { name } } };
      return {
        attack: sent("POST", "/mcp", [...MCP_HEADERS, CALLER], rpc("tools/call", call)),
        expect: { kind: "safe", only: ["GET /guarded/:name"] },
      };
    },
  },
  {
    name: "agents of other sites",
    answersTo: "MCP 2025-11-25, Transports",
    subject: "mcp",
    make: (random) => {
      const origin = random.pick([
        "http://evil.example",
        "null",
        "http://localhost",
        "https://agent.example.evil",
        "file://",
        "",
      ]);
      return {
        attack: sent(
          "POST",
          "/mcp",
          [...MCP_HEADERS, CALLER, ["origin", origin]],
          rpc("tools/call", { name: "post_changed", arguments: { body: { n: 1 } } }),
        ),
        expect: REFUSED,
      };
    },
  },
  {
    name: "tools by content type",
    answersTo: "CVE-2026-30241",
    subject: "mcp",
    make: (random) => {
      const type = random.pick([
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain; a=application/json",
        "",
        "text/json",
      ]);
      return {
        attack: sent(
          "POST",
          "/mcp",
          [CALLER, ["content-type", type], ["accept", "application/json, text/event-stream"]],
          rpc("tools/call", { name: "post_changed", arguments: { body: { n: 1 } } }),
        ),
        expect: REFUSED,
      };
    },
  },
];
