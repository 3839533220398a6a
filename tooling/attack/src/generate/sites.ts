/** Class D, browsers: what pages of other sites make them send, and try to read. */
import type { Header } from "../case.ts";
import type { Random } from "../random.ts";
import { ELSEWHERE } from "../subjects/browsers.ts";
import { type Family, REFUSED, SAFE, sent } from "./family.ts";

const CALLER: Header = ["authorization", "Bearer ada"];
const FORM: Header = ["content-type", "application/x-www-form-urlencoded"];

/** What a page of another site can make a browser say without asking first (Fetch, CORS-safelisted requests). */
function crossSite(random: Random): readonly Header[] {
  return random.pick<readonly Header[]>([
    [["sec-fetch-site", "cross-site"]],
    [
      ["sec-fetch-site", "same-site"],
      ["origin", "http://localhost"],
    ],
    [
      ["sec-fetch-site", "cross-site"],
      ["origin", "null"],
    ],
    [["sec-fetch-site", "Same-Origin"]],
    [["sec-fetch-site", "same-origin, cross-site"]],
    [["sec-fetch-site", "none, same-origin"]],
    [["origin", "http://evil.example"]],
    [["origin", "null"]],
    [["origin", ""]],
    [["origin", "http://localhost.evil.example"]],
    [["origin", "http://localhost@evil.example"]],
    [["origin", "http://localhost:81"]],
    [["origin", "http://evil.example?localhost"]],
    [["origin", "http://evil.example, http://localhost"]],
    [
      ["origin", "http://evil.example"],
      ["x-forwarded-host", "evil.example"],
    ],
    [
      ["origin", "http://evil.example"],
      ["x-forwarded-proto", "https"],
      ["forwarded", "host=evil.example"],
    ],
    [
      ["origin", "http://evil.example"],
      ["referer", "http://localhost/form"],
    ],
  ]);
}

/** Ways to say a form, or what only looks like none. */
const FORM_TYPES: readonly (readonly Header[])[] = [
  [FORM],
  [["content-type", "text/plain"]],
  [["content-type", "multipart/form-data; boundary=x"]],
  [["content-type", "application/x-www-form-urlencoded; charset=utf-8"]],
  [["content-type", "APPLICATION/X-WWW-FORM-URLENCODED"]],
  [["content-type", "application/json"]],
  [],
];

/** Origins that are read as one of `shop.example` by who looks at a part of them. */
const LOOKALIKES = [
  "https://evil.example",
  "null",
  "",
  "https://shop.example.evil.example",
  "https://evilshop.example",
  "https://shop.example@evil.example",
  "https://evil.example?.shop.example",
  "https://evil.example#.shop.example",
  "https://evil.example/.shop.example",
  "https://evil.example\\.shop.example",
  "http://shop.example",
  "https://shop.example:444",
  "https://shop.example/",
  "https://shop.example, https://evil.example",
  "https://evil.example https://shop.example",
  "https://.shop.example",
  "https://a.b.shop.example.evil.example",
  "https://shopxexample",
  "https://evil.example\tshop.example",
  "https://_.shop.example%2eevil.example",
  "file://shop.example",
  "*",
  "https://*.shop.example",
  "https://[::1].shop.example",
];

export const siteFamilies: readonly Family[] = [
  {
    name: "forms of other sites",
    answersTo: "GHSA-9q82-xgwf-vj6h",
    subject: "pages",
    make: (random) => ({
      attack: sent("POST", "/form", [CALLER, ...random.pick(FORM_TYPES), ...crossSite(random)], "title=Stolen"),
      expect: REFUSED,
    }),
  },
  {
    name: "requests of other sites",
    answersTo: "GHSA-9q82-xgwf-vj6h",
    subject: "browsers",
    make: (random) => ({
      attack: sent(
        random.pick(["POST", "PUT", "DELETE"]),
        "/changed",
        [CALLER, ...random.pick(FORM_TYPES), ...crossSite(random)],
        "title=Stolen",
      ),
      expect: REFUSED,
    }),
  },
  {
    name: "origins that look alike",
    answersTo: "CVE-2026-54290",
    subject: "browsers",
    make: (random) => {
      const origin: Header = ["origin", random.pick(LOOKALIKES)];
      const asked: readonly Header[] = [
        ["access-control-request-method", random.pick(["GET", "POST", "DELETE", "get", "*"])],
        ["access-control-request-headers", random.pick(["authorization", "*", "x-injected", ""])],
      ];
      const path = random.pick(["/prices", "/ordered", "/changed", "/", "/none"]);
      return random.chance(0.5)
        ? { attack: sent("OPTIONS", path, [origin, ...asked]), expect: SAFE }
        : { attack: sent(random.pick(["GET", "HEAD"]), path, [CALLER, origin]), expect: SAFE };
    },
  },
  {
    name: "preflights that a wider route takes",
    answersTo: "Fetch §4.8",
    subject: "browsers",
    make: (random) => {
      const [path, methods] = random.pick([
        ["/changed", ["POST", "PUT", "DELETE"]],
        ["/prices", ["GET", "HEAD"]],
        ["/ordered", ["POST"]],
      ] as const);
      const asked: readonly Header[] = [
        ["origin", ELSEWHERE],
        ["access-control-request-method", random.pick(methods)],
      ];
      return { attack: sent("OPTIONS", path, random.chance(0.5) ? [...asked, CALLER] : asked), expect: SAFE };
    },
  },
  {
    name: "ids that are brought",
    answersTo: "RFC 9110 §5.5",
    subject: "browsers",
    make: (random) => {
      const id = random.pick([
        "injected",
        "injected; x-injected: 1",
        `injected${"x".repeat(500)}`,
        "injected, a",
        "../injected",
      ]);
      const name = random.pick(["x-request-id", "x-correlation-id", "traceparent", "request-id"]);
      return { attack: sent("GET", random.pick(["/", "/prices", "/none"]), [[name, id]]), expect: SAFE };
    },
  },
];
