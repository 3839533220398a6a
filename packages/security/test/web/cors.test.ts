import { saysOrigin, quiet, suite } from "./suite.ts";
import { createApp, graph, lazy, middleware, problem, reply, route, type Use } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { cors, type CorsOptions } from "../../src/index.ts";

const APP = "https://app.example";
const from = (origin: string, more: Readonly<Record<string, string>> = {}) => ({ headers: { origin, ...more } });
const asks = (origin: string, method: string, more: Readonly<Record<string, string>> = {}) =>
  from(origin, { "access-control-request-method": method, ...more });

/** The answer's own words about other origins. */
const words = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-") || name === "vary"));

const guard = middleware("guard", { problems: { locked: problem(401, "Locked") } }, ({ header, fail }, next) =>
  header("authorization") === "yes" ? next() : fail.locked(),
);

describe.skipIf(!saysOrigin)("where requests say their origin", () => {
  suite("cors", (open) => {
    test("answers the request and the preflight of the origins that it names", async () => {
      const app = createApp();
      app.put(
        "/a",
        {
          use: [
            cors({ origins: [APP], credentials: true, headers: ["Authorization"], expose: ["X-Total"], maxAge: "1h" }),
          ],
        },
        () => reply(200, "x", { "x-total": "1" }),
      );
      const t = await open(app);
      const { headers } = await t("PUT /a", from(APP)).expect(200, "x");
      expect(words(headers)).toEqual({
        "access-control-allow-origin": APP,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "x-total",
        vary: "origin",
      });
      const before = await t("OPTIONS /a", asks(APP, "PUT", { "access-control-request-headers": "x-evil" })).expect(
        204,
      );
      expect(words(before.headers)).toEqual({
        "access-control-allow-origin": APP,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": "PUT",
        "access-control-allow-headers": "content-type, authorization",
        "access-control-max-age": "3600",
        vary: "origin, access-control-request-method",
      });
    });

    const refused: readonly string[] = [
      "https://evil.example",
      "http://app.example",
      "https://app.example:444",
      "https://app.example:443",
      "https://app.example.",
      "https://app.example.evil.example",
      "https://evilapp.example",
      "https://user@app.example",
      "https://APP.example",
      "HTTPS://app.example",
      "https://app.example/",
      "https://app.example, https://app.example",
      "https://evil.example, https://app.example",
      "null",
      "NULL",
      "*",
      "app.example",
      " ",
    ];
    test.each(refused)("gives %j nothing but Vary", async (origin) => {
      const app = createApp().get("/a", { use: [cors({ origins: [APP], credentials: true })] }, () => "x");
      const t = await open(app);
      expect(words((await t("GET /a", from(origin)).expect(200)).headers)).toEqual({ vary: "origin" });
      const { headers } = await t("OPTIONS /a", asks(origin, "GET")).expect(204);
      expect(words(headers)).toEqual({ vary: "origin, access-control-request-method" });
    });

    const patterns: readonly [origin: string, pattern: `${string}://${string}`, allowed: boolean][] = [
      ["https://a.example.com", "https://*.example.com", true],
      ["https://a-b_c.example.com", "https://*.example.com", true],
      ["https://xn--bcher-kva.example.com", "https://*.example.com", true],
      ["https://example.com", "https://*.example.com", false],
      ["https://.example.com", "https://*.example.com", false],
      ["https://a.b.example.com", "https://*.example.com", false],
      ["https://a.example.com:8443", "https://*.example.com", false],
      ["https://a.example.com:8443", "https://*.example.com:8443", true],
      ["https://a.example.com:84430", "https://*.example.com:8443", false],
      ["http://a.example.com", "https://*.example.com", false],
      ["https://aexample.com", "https://*.example.com", false],
      ["https://evil.test/.example.com", "https://*.example.com", false],
      ["https://evil.test#.example.com", "https://*.example.com", false],
      ["https://evil.test?.example.com", "https://*.example.com", false],
      ["https://evil.test:1.example.com", "https://*.example.com", false],
      ["https://user@.example.com", "https://*.example.com", false],
      ["https://user:pass@a.example.com", "https://*.example.com", false],
      ["https://a.example.com.", "https://*.example.com", false],
      ["https://a.example.com.evil.test", "https://*.example.com", false],
      ["https://A.example.com", "https://*.example.com", false],
      ["https://-a.example.com", "https://*.example.com", false],
      ["https://%61.example.com", "https://*.example.com", false],
      ["http://desk.localhost:3000", "http://*.localhost:3000", true],
    ];
    test.each(patterns)("%s by %s: %s", async (origin, pattern, allowed) => {
      const t = await open(createApp().get("/", { use: [cors({ origins: [pattern] })] }, () => "x"));
      const { headers } = await t("GET /", from(origin)).expect(200).expectHeader("vary", "origin");
      expect(headers.get("access-control-allow-origin")).toBe(allowed ? origin : null);
    });

    test("asks a function about what browsers write, and about nothing else", async () => {
      const asked: string[] = [];
      const some = cors({
        origins: async (origin, { route: key }) => {
          asked.push(`${key} ${origin}`);
          return origin.endsWith("//a.test") || origin.includes("[::1]");
        },
      });
      const t = await open(createApp().get("/", { use: [some] }, () => "x"));
      await t("GET /", from("https://a.test")).expectHeader("access-control-allow-origin", "https://a.test");
      await t("GET /", from("http://[::1]:80")).expectHeader("access-control-allow-origin", "http://[::1]:80");
      await t("GET /", from("https://b.test")).expectHeader("access-control-allow-origin", null);
      for (const odd of ["null", "https://a.test, https://a.test", "https://x@a.test", "https://evil//a.test"])
        await t("GET /", from(odd)).expectHeader("access-control-allow-origin", null).expectHeader("vary", "origin");
      await t("GET /").expectHeader("vary", "origin");
      expect(asked).toEqual(["GET / https://a.test", "GET / http://[::1]:80", "GET / https://b.test"]);
    });

    test("knows null only where it is listed", async () => {
      const t = await open(createApp().get("/", { use: [cors({ origins: ["null", APP] })] }, () => "x"));
      await t("GET /", from("null")).expectHeader("access-control-allow-origin", "null");
    });

    test("lets everybody's pages read, always in the same words", async () => {
      const t = await open(createApp().get("/", { use: [cors({ origins: "*" })] }, () => "x"));
      for (const options of [{}, from(APP), from("null")])
        expect(words((await t("GET /", options).expect(200)).headers)).toEqual({ "access-control-allow-origin": "*" });
      expect(words((await t("OPTIONS /", asks("https://any.test", "GET")).expect(204)).headers)).toEqual({
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET",
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "600",
        vary: "access-control-request-method",
      });
    });

    test("a preflight meets the policy of the route it asks for, not its guards, and grants that method alone", async () => {
      const app = createApp({ use: [cors({ origins: [APP] }), guard] });
      app.get("/a", { use: [cors({ origins: "*" })] }, () => "x");
      app.put("/a", { use: [cors({ origins: ["https://other.example"] })] }, () => "x");
      app.delete("/a", () => "x");
      app.mount({ "GET /lazy": lazy(async () => route({ use: [cors({ origins: "*" })] }, () => "x")) });
      const t = await open(app);
      const granted = async (path: string, method: string, origin = APP): Promise<(string | null)[]> => {
        const { headers } = await t(`OPTIONS ${path}`, asks(origin, method)).expect(204);
        return ["origin", "methods"].map((name) => headers.get(`access-control-allow-${name}`));
      };
      expect(await granted("/a", "GET")).toEqual(["*", "GET"]);
      expect(await granted("/a", "PUT")).toEqual([null, null]);
      expect(await granted("/a", "PUT", "https://other.example")).toEqual(["https://other.example", "PUT"]);
      expect(await granted("/a", "DELETE")).toEqual([APP, "DELETE"]);
      expect(await granted("/lazy", "GET")).toEqual(["*", "GET"]);
    });

    test("nor does a route of every method, or a wider one, speak for the route that a preflight asks for", async () => {
      const app = createApp();
      let ran = 0;
      app.all("/*rest", { use: [cors({ origins: "*" })] }, () => `any ${++ran}`);
      app.put("/put", () => "x");
      app.all("/both", { use: [cors({ origins: "*" })] }, () => `any ${++ran}`);
      app.delete("/both", { use: [cors({ origins: [APP] })] }, () => "x");
      app.all("/proxy", () => reply(200, `proxied ${++ran}`));
      const t = await open(app);
      const granted = async (path: string, method: string, origin: string): Promise<string | null> =>
        (await t(`OPTIONS ${path}`, asks(origin, method)).expect(204)).headers.get("access-control-allow-origin");
      const other = "https://other.example";
      expect(await granted("/put", "PUT", other)).toBeNull();
      expect(await granted("/put", "PATCH", other)).toBe("*");
      expect(await granted("/both", "DELETE", other)).toBeNull();
      expect(await granted("/both", "DELETE", APP)).toBe(APP);
      expect(await granted("/both", "PUT", other)).toBe("*");
      expect(ran).toBe(0);
      // Without an item that answers preflights they are requests like any other; a proxy passes them on.
      await t("OPTIONS /proxy", asks(other, "PUT")).expect(200, "proxied 1");
      await t("OPTIONS /put", from(other)).expect(200, "any 2");
    });

    test("a guard outside of it does not keep preflights from a route of every method", async () => {
      const app = createApp({ use: [guard] });
      app.all("/", { use: [cors({ origins: [APP] })] }, () => "x");
      const t = await open(app);
      await t("OPTIONS /", asks(APP, "PUT")).expect(204).expectHeader("access-control-allow-origin", APP);
      await t("OPTIONS /", from(APP)).expectProblem("locked");
    });

    test("a route without it, beside one that has it, says nothing", async () => {
      const app = createApp();
      app.get("/a", { use: [cors({ origins: "*" })] }, () => "x");
      app.post("/a", () => "x");
      const t = await open(app);
      expect(words((await t("OPTIONS /a", asks(APP, "POST")).expect(204)).headers)).toEqual({});
      expect(words((await t("POST /a", from(APP)).expect(200)).headers)).toEqual({});
    });

    test("the refusals of what lies inside can be read, those of the app's misses too", async () => {
      const app = createApp({ ...quiet, use: [cors({ origins: [APP] })] });
      const group = app.group("/g", [guard]);
      group.get("/", () => "x");
      app.get("/broken", () => {
        throw new Error("Broken");
      });
      const t = await open(app);
      const readable = { "access-control-allow-origin": APP, vary: "origin" };
      expect(words((await t("GET /g", from(APP)).expectProblem("locked")).headers)).toEqual(readable);
      expect(words((await t("GET /broken", from(APP)).expectProblem("internal")).headers)).toEqual(readable);
      expect(words((await t("GET /none", from(APP)).expectProblem("notFound")).headers)).toEqual(readable);
      expect(words((await t("PUT /broken", from(APP)).expectProblem("methodNotAllowed")).headers)).toEqual(readable);
      // So that a page is told of the 404 and not of CORS.
      expect((await t("OPTIONS /none", asks(APP, "PUT")).expect(204)).headers.get("access-control-allow-methods")).toBe(
        "PUT",
      );
    });

    test("only the methods that it lists", async () => {
      const app = createApp({ use: [cors({ origins: [APP], methods: ["GET"] })] });
      app.get("/", () => "x");
      app.post("/", () => "x");
      const t = await open(app);
      await t("GET /", from(APP)).expectHeader("access-control-allow-origin", APP);
      await t("HEAD /", from(APP)).expectHeader("access-control-allow-origin", APP);
      await t("POST /", from(APP)).expectHeader("access-control-allow-origin", null);
      await t("OPTIONS /", asks(APP, "GET")).expectHeader("access-control-allow-methods", "GET");
      await t("OPTIONS /", asks(APP, "POST")).expectHeader("access-control-allow-origin", null);
    });

    test("routes of every method are asked before their guards, and a route of its own for OPTIONS is heard", async () => {
      const app = createApp();
      app.all("/all", { use: [cors({ origins: [APP] }), guard] }, () => "x");
      app.options("/own", { use: [cors({ origins: [APP] })] }, () => reply(200, "mine", { "x-mine": "1" }));
      app.options("/bare", () => reply(200, "mine"));
      app.get("/bare", { use: [cors({ origins: [APP] })] }, () => "x");
      const t = await open(app);
      await t("OPTIONS /all", asks(APP, "PATCH")).expect(204).expectHeader("access-control-allow-methods", "PATCH");
      await t("OPTIONS /all").expectProblem("locked");
      await t("OPTIONS /own", asks(APP, "PUT"))
        .expect(200, "mine")
        .expectHeader("x-mine", "1")
        .expectHeader("access-control-allow-methods", "PUT");
      await t("OPTIONS /bare", asks(APP, "GET")).expect(200, "mine").expectHeader("access-control-allow-origin", null);
    });

    test("nobody asks for a method that is none", async () => {
      const t = await open(createApp().all("/", { use: [cors({ origins: "*" })] }, () => "x"));
      await t("OPTIONS /", asks(APP, "GET, PUT")).expect(204).expectHeader("access-control-allow-origin", null);
    });

    test("streams, Responses and HEAD; what another server said is not passed on; Vary is joined", async () => {
      const use: readonly Use[] = [cors({ origins: [APP] })];
      const app = createApp();
      app.get("/stream", { use: [...use] }, async function* () {
        yield { n: 1 };
      });
      const theirs = { "access-control-allow-origin": "*", "Access-Control-Allow-Credentials": "true", vary: "Accept" };
      app.get("/response", { use: [...use] }, () => new Response("x", { headers: theirs }));
      app.get("/vary", { use: [...use] }, () => reply(200, "x", { vary: ["Origin", "accept"] }));
      app.get("/tagged", { use: [...use] }, () => reply(200, "x", { etag: '"1"' }));
      const t = await open(app);
      await t("GET /stream", from(APP)).expect(200).expectHeader("access-control-allow-origin", APP);
      expect(words((await t("GET /response", from(APP)).expect(200)).headers)).toEqual({
        "access-control-allow-origin": APP,
        vary: "Accept, origin",
      });
      expect(words((await t("GET /response", from("https://evil.test")).expect(200)).headers)).toEqual({
        vary: "Accept, origin",
      });
      await t("GET /vary", from(APP)).expectHeader("vary", "Origin, accept");
      await t("HEAD /response", from(APP)).expect(200).expectHeader("access-control-allow-origin", APP);
      await t("GET /tagged", from(APP, { "if-none-match": '"1"' }))
        .expect(304)
        .expectHeader("access-control-allow-origin", APP)
        .expectHeader("vary", "origin");
      await t("GET /tagged", from(APP, { "if-match": '"2"' }))
        .expectProblem("preconditionFailed")
        .expectHeader("access-control-allow-origin", APP);
    });

    test("private networks are not opened by a header", async () => {
      const t = await open(createApp().get("/", { use: [cors({ origins: [APP] })] }, () => "x"));
      await t("OPTIONS /", asks(APP, "GET", { "access-control-request-private-network": "true" }))
        .expect(204)
        .expectHeader("access-control-allow-private-network", null);
    });
  });
});

describe("cors, as it is written", () => {
  const wrong: readonly [code: string, words: RegExp, options: object][] = [
    ["OS_CORS_INVALID", /every origin/, { origins: "*", credentials: true }],
    ["OS_CORS_INVALID", /origin null/, { origins: ["null"], credentials: true }],
    ["OS_INVALID_LIMIT", /maxAge }\) is "soon"/, { origins: "*", maxAge: "soon" }],
    ["OS_CORS_INVALID", /"\*" is no method/, { origins: "*", headers: ["*"] }],
    ["OS_CORS_INVALID", /is no method/, { origins: "*", expose: ["x-a\r\nset-cookie: a=1"] }],
    ["OS_CORS_INVALID", /is no method/, { origins: "*", methods: ["GET, PUT"] }],
    ["OS_CORS_INVALID", /Write GET/, { origins: "*", methods: ["get"] }],
    ["OS_CORS_INVALID", /methods }\) is "GET", and no list/, { origins: "*", methods: "GET" }],
    ["OS_CORS_INVALID", /headers }\) is "authorization", and no list/, { origins: "*", headers: "authorization" }],
    ["OS_ORIGIN_INVALID", /is "https:\/\/app\.example", and no list/, { origins: "https://app.example" }],
    ["OS_ORIGIN_INVALID", /is undefined, and no list/, { origin: "*" }],
    ["OS_ORIGIN_INVALID", /an empty list/, { origins: [] }],
    ["OS_ORIGIN_INVALID", /Write "https:\/\/app\.example"/, { origins: ["https://app.example/"] }],
    ["OS_ORIGIN_INVALID", /Write "https:\/\/app\.example"/, { origins: ["https://App.Example:443/path"] }],
    ["OS_ORIGIN_INVALID", /Write it like/, { origins: ["app.example"] }],
    ["OS_ORIGIN_INVALID", /Write it like/, { origins: ["https://"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["*"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["https://*"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["https://*.com"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["https://*example.com"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["https://a.*.example.com"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["https://*.*.example.com"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["*://*.example.com"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["https://*.example.com/"] }],
    ["OS_ORIGIN_INVALID", /first label/, { origins: ["https://*.1.2.3"] }],
  ];
  test.each(wrong)("%s: %s", (code, said, options) => {
    let thrown: unknown;
    try {
      cors(options as CorsOptions);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).toMatch(said);
    expect(String(thrown)).toMatch(`TypeError: ${code}: `);
  });

  test("apps in a shell and extensions have origins too", () => {
    expect(() =>
      cors({ origins: ["capacitor://localhost", "chrome-extension://abcdef", "http://[::1]:3000"] }),
    ).not.toThrow();
  });

  test("shows in the graph", async () => {
    const app = createApp().get("/", { use: [cors({ origins: () => true, maxAge: "1h" })] }, () => "x");
    const { routes, middleware: items } = await graph(app);
    expect(routes[0]?.meta).toEqual({ cors: [{ origins: "by a function", maxAge: "1h" }] });
    expect(items).toMatchObject([{ name: "cors", preflight: true }]);
  });
});
