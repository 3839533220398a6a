import { quiet, suite } from "./suite.ts";
import {
  createApp,
  graph,
  type Incoming,
  middleware,
  type Outcome,
  problem,
  reply,
  type ReplyHeaders,
} from "@openspeed/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cspNonce, secureHeaders, type SecureHeadersOptions } from "../../src/index.ts";

const STRICT = "default-src 'none'; frame-ancestors 'none'";
const PAGES =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
const part = { "x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-origin" };
const data = { "content-security-policy": STRICT, ...part };
const page = {
  "content-security-policy": PAGES,
  ...part,
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "origin-agent-cluster": "?1",
};
const HTML = { "content-type": "text/html; charset=utf-8" };

/** What the headers are about, without those of the message itself. */
const MESSAGE = ["connection", "content-length", "content-type", "date", "keep-alive", "transfer-encoding", "allow"];
const said = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !MESSAGE.includes(name)));

suite("secureHeaders", (open) => {
  const answers: readonly [what: string, answer: () => unknown, expected: object][] = [
    ["JSON", () => ({ a: 1 }), data],
    ["text", () => "x", data],
    ["nothing", () => undefined, data],
    [
      "events",
      async function* () {
        yield { n: 1 };
      },
      data,
    ],
    ["bytes", () => new Uint8Array([1]), data],
    ["a page", () => reply(200, "<p>", HTML), page],
    ["a page in capitals", () => reply(200, "<p>", { "content-type": "TEXT/HTML" }), page],
    ["a Response", () => new Response("<p>", { headers: HTML }), page],
    ["that nothing has changed", () => reply(304, undefined, { etag: '"1"' }), { etag: '"1"' }],
    ["a redirect", () => reply(303, undefined, { location: "/" }), { ...data, location: "/" }],
    ["a script", () => reply(200, "1", { "content-type": "text/javascript" }), part],
    ["a picture", () => reply(200, "1", { "content-type": "image/png" }), part],
    [
      "a drawing",
      () => reply(200, "<svg/>", { "content-type": "image/svg+xml" }),
      {
        ...part,
        "content-security-policy":
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
      },
    ],
  ];
  test.each(answers)("for %s", async (_what, answer, expected) => {
    const t = await open(createApp({ mode: "production", use: [secureHeaders()] }).get("/", () => answer() as string));
    expect(said((await t("GET /")).headers)).toEqual(expected);
    expect(said((await t("HEAD /")).headers)).toEqual(expected);
  });

  test("for problems, errors, misses and what is answered for OPTIONS", async () => {
    const app = createApp({ ...quiet, use: [secureHeaders()] });
    app.get("/problem", { problems: { gone: problem(410, "Gone") } }, ({ fail }) => fail.gone());
    app.get("/broken", () => Promise.reject(new Error("Broken")));
    const t = await open(app);
    for (const key of ["GET /problem", "GET /broken", "GET /none", "PUT /problem", "OPTIONS /problem"])
      expect(said((await t(key)).headers)).toEqual(data);
  });

  test("what a handler says stays, and nothing is said twice", async () => {
    const own: ReplyHeaders = {
      ...HTML,
      "Content-Security-Policy": "default-src *",
      "x-content-type-options": "mine",
      "Referrer-Policy": "no-referrer",
      "set-cookie": ["a=1", "b=2"],
    };
    const t = await open(createApp({ use: [secureHeaders()] }).get("/", () => reply(200, "<p>", own)));
    const { headers } = await t("GET /").expect(200, "<p>");
    expect(said(headers)).toMatchObject({
      ...page,
      "content-security-policy": "default-src *",
      "x-content-type-options": "mine",
      "referrer-policy": "no-referrer",
    });
  });

  test("the innermost counts, for what the guards between them refuse too", async () => {
    const guard = middleware("guard", { problems: { locked: problem(401, "Locked") } }, (_ctx, next) => next());
    const app = createApp({ use: [secureHeaders(), guard] });
    const group = app.group("/embed", [secureHeaders({ frame: ["https://partner.example"] })]);
    group.get("/", () => reply(200, "<p>", HTML));
    group.get(
      "/open",
      { use: [secureHeaders({ frame: false, csp: false, crossOrigin: { resource: "cross-origin" } })] },
      () => reply(200, "<p>", HTML),
    );
    const t = await open(app);
    const { headers } = await t("GET /embed");
    expect(headers.get("content-security-policy")).toBe(
      PAGES.replace("frame-ancestors 'none'", "frame-ancestors 'self' https://partner.example"),
    );
    const { "content-security-policy": _csp, ...others } = page;
    expect(said((await t("GET /embed/open")).headers)).toEqual({
      ...others,
      "cross-origin-resource-policy": "cross-origin",
    });
  });

  test("a nonce goes into the policy of the answer that it was made for, and of no other", async () => {
    const app = createApp({ use: [secureHeaders()] });
    app.get("/", { use: [cspNonce] }, ({ cspNonce: nonce }) => reply(200, nonce, HTML));
    app.get("/plain", () => reply(200, "<p>", HTML));
    const t = await open(app);
    const seen = new Set<unknown>();
    for (let i = 0; i < 3; i++) {
      const { value, headers } = await t("GET /").expect(200);
      expect(value).toMatch(/^[\w+/]{22}==$/);
      expect(headers.get("content-security-policy")).toBe(
        PAGES.replace("script-src 'self'", `script-src 'self' 'nonce-${String(value)}'`).replace(
          "style-src 'self'",
          `style-src 'self' 'nonce-${String(value)}'`,
        ),
      );
      seen.add(value);
    }
    expect(seen.size).toBe(3);
    expect(said((await t("GET /plain")).headers)).toEqual(page);
  });

  const options: readonly [SecureHeadersOptions, expected: Readonly<Record<string, string | null>>][] = [
    [
      { csp: { "img-src": ["https://a.example"] } },
      { "content-security-policy": PAGES.replace("img-src 'self' data:", "img-src https://a.example") },
    ],
    [{ csp: false }, { "content-security-policy": "frame-ancestors 'none'" }],
    [{ csp: false, frame: "self" }, { "content-security-policy": "frame-ancestors 'self'" }],
    [{ csp: false, frame: false }, { "content-security-policy": null }],
    [
      { cspReportOnly: { "default-src": ["'none'"], "report-uri": ["/reports"] } },
      {
        "content-security-policy": PAGES,
        "content-security-policy-report-only": "default-src 'none'; report-uri /reports",
      },
    ],
    [{ referrer: "no-referrer" }, { "referrer-policy": "no-referrer" }],
    [{ referrer: false }, { "referrer-policy": null }],
    [
      { permissions: { camera: [], geolocation: ["self", "https://maps.example"], fullscreen: "*" } },
      { "permissions-policy": 'camera=(), geolocation=(self "https://maps.example"), fullscreen=*' },
    ],
    [
      { crossOrigin: { opener: "same-origin-allow-popups", resource: false, embedder: "credentialless" } },
      {
        "cross-origin-opener-policy": "same-origin-allow-popups",
        "cross-origin-resource-policy": null,
        "cross-origin-embedder-policy": "credentialless",
      },
    ],
    [{ hsts: { always: true } }, { "strict-transport-security": "max-age=31536000" }],
    [
      { hsts: { always: true, maxAge: "730d", subdomains: true, preload: true } },
      { "strict-transport-security": "max-age=63072000; includeSubDomains; preload" },
    ],
    [{}, { "strict-transport-security": null, "x-xss-protection": null, "x-frame-options": null }],
  ];
  test.each(options)("with %j", async (given, expected) => {
    const t = await open(createApp({ use: [secureHeaders(given as object)] }).get("/", () => reply(200, "<p>", HTML)));
    const { headers } = await t("GET /").expect(200);
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, headers.get(name)]))).toEqual(expected);
  });
});

describe("secureHeaders, by the connection", () => {
  const asked = (url: string): Promise<Response> | Response => app.fetch(new Request(url));
  const app = createApp({ use: [secureHeaders()] }).get("/", () => "x");

  test("HSTS goes out where the connection is encrypted", async () => {
    expect((await asked("https://a.test/")).headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect((await asked("http://a.test/")).headers.get("strict-transport-security")).toBeNull();
    const peer = { address: "192.0.2.1", encrypted: true };
    const incoming = { method: "GET", target: "/", peer, header: () => null } as unknown as Incoming;
    const { headers } = await app.handle(incoming);
    expect(headers).toContain("strict-transport-security");
  });

  test("what is constant goes out as one list, and stays one", async () => {
    await app.ready();
    const lists = await Promise.all(
      [1, 2].map(async () => {
        const incoming = {
          method: "GET",
          target: "/",
          peer: undefined,
          header: () => null,
          request: () => new Request("http://a.test/"),
        };
        return (await app.handle(incoming as unknown as Incoming)).headers;
      }),
    );
    expect(lists[0]).toBe(lists[1]);
    expect(Object.isFrozen(lists[0])).toBe(true);
  });
});

describe("secureHeaders, as it is written", () => {
  const wrong: readonly object[] = [
    { hsts: { maxAge: "1y" } },
    { hsts: { preload: true } },
    { hsts: { preload: true, subdomains: true, maxAge: "30d" } },
    { referrer: "no-referrer\r\nset-cookie: a=1" },
    { crossOrigin: { opener: "Same Origin" } },
    { permissions: { "camera=*, geolocation": [] } },
    { permissions: { camera: ["https://a.example/path"] } },
    { permissions: { camera: ['https://a.example") geolocation=("'] } },
    { frame: ["https://a.example; script-src *"] },
    { frame: "DENY" },
    { frame: true },
    { hsts: true },
    { permissions: { camera: "none" } },
    { csp: true },
    { csp: "default-src 'self'" },
    { csp: { "default-src": "'self'" } },
    { csp: { "default-src": ["self"] } },
    { cspReportOnly: { "default-src": ["self"] } },
  ];
  test.each(wrong)("refuses %j", (options) => {
    expect(() => secureHeaders(options)).toThrow(/^OS_/);
  });

  test("whatever is configured, every header can be sent and none ends early", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("self", "no-referrer", "https://a.example", "365d", "a\r\nb: c"),
    );
    const option = fc.record(
      {
        referrer: text,
        frame: fc.oneof(text, fc.array(text, { maxLength: 2 })),
        permissions: fc.dictionary(text, fc.oneof(fc.constant("*"), fc.array(text, { maxLength: 2 })), { maxKeys: 2 }),
        crossOrigin: fc.record({ opener: text, resource: text, embedder: text }, { requiredKeys: [] }),
        hsts: fc.record({ maxAge: text, subdomains: fc.boolean(), always: fc.constant(true) }, { requiredKeys: [] }),
        csp: fc.dictionary(fc.oneof(fc.constant("img-src"), text), fc.array(text, { maxLength: 2 }), { maxKeys: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(option, (given) => {
        let item;
        try {
          item = secureHeaders(given as object);
        } catch (error) {
          expect(String(error)).toMatch(/^TypeError: OS_/);
          return;
        }
        const outcome = { status: 200, headers: ["content-type", "text/html"], body: null };
        const run = item.run as unknown as (ctx: object, next: () => Outcome) => Outcome;
        const { headers } = run({ incoming: { peer: { encrypted: true } } }, () => outcome);
        for (const each of headers) expect(each).toMatch(/^[ -~]+$/);
        const said = new Headers();
        for (let i = 0; i < headers.length; i += 2) said.append(headers[i] ?? "", headers[i + 1] ?? "");
      }),
      { numRuns: 300 },
    );
  });

  test("shows in the graph", async () => {
    const app = createApp({ use: [secureHeaders({ frame: "self" })] }).get("/", () => "x");
    const { routes, middleware: items } = await graph(app);
    expect(routes[0]?.meta).toEqual({ secureHeaders: [{ frame: "self" }] });
    expect(items).toMatchObject([{ name: "secureHeaders" }]);
  });
});
