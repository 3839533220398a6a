import { saysOrigin, suite } from "./suite.ts";
import { createApp, graph, text } from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { type CsrfOptions, csrf } from "../../src/index.ts";

/** `HOST` stands for the host that the app is asked by. */
const at = (origin: string, headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replaceAll("HOST", new URL(origin).host)]),
  );

describe.skipIf(!saysOrigin)("where requests say their origin", () => {
  suite("csrf", (open) => {
    const cases: readonly [
      what: string,
      headers: Readonly<Record<string, string>>,
      status: number,
      options?: CsrfOptions,
    ][] = [
      ["no browser", {}, 200],
      ["the app's own page", { "sec-fetch-site": "same-origin" }, 200],
      ["the address bar", { "sec-fetch-site": "none" }, 200],
      ["another site", { "sec-fetch-site": "cross-site" }, 403],
      ["another site that says our origin", { "sec-fetch-site": "cross-site", origin: "https://HOST" }, 403],
      ["a sibling", { "sec-fetch-site": "same-site" }, 403],
      ["a sibling, welcome", { "sec-fetch-site": "same-site" }, 200, { sameSite: true }],
      ["another site, where siblings are welcome", { "sec-fetch-site": "cross-site" }, 403, { sameSite: true }],
      ["words that nobody knows", { "sec-fetch-site": "same-planet" }, 403],
      ["two words", { "sec-fetch-site": "same-origin, cross-site" }, 403],
      ["an empty word", { "sec-fetch-site": "" }, 403],
      ["an older browser, from here", { origin: "https://HOST" }, 200],
      ["an older browser, from here, unencrypted", { origin: "http://HOST" }, 200],
      ["an older browser, from elsewhere", { origin: "https://evil.example" }, 403],
      ["an older browser, from a frame that hides", { origin: "null" }, 403],
      ["an older browser, from another port", { origin: "http://HOST1" }, 403],
      ["an older browser, from a name that ends alike", { origin: "https://evilHOST" }, 403],
      ["an older browser, two origins", { origin: "https://HOST, https://HOST" }, 403],
      ["an older browser, with a user", { origin: "https://HOST@evil.example" }, 403],
      [
        "a trusted origin",
        { "sec-fetch-site": "cross-site", origin: "https://sso.example" },
        200,
        { origins: ["https://sso.example"] },
      ],
      [
        "a trusted pattern",
        { "sec-fetch-site": "same-site", origin: "https://a.desk.example" },
        200,
        { origins: ["https://*.desk.example"] },
      ],
      [
        "an origin that is not trusted",
        { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
        403,
        { origins: ["https://sso.example"] },
      ],
      ["no origin beside trusted ones", { "sec-fetch-site": "cross-site" }, 403, { origins: ["https://sso.example"] }],
      [
        "a proxy that says another host",
        { origin: "https://public.example" },
        200,
        { origins: ["https://public.example"] },
      ],
      ["an older browser whose referrer is ours", { origin: "https://evil.example", referer: "https://HOST/" }, 403],
    ];
    test.each(cases)("%s", async (_what, headers, status, options) => {
      let ran = 0;
      const app = createApp({ use: [csrf(options)] });
      app.post("/", () => {
        ran++;
        return "done";
      });
      const t = await open(app);
      const answer = await t("POST /", { headers: at(t.origin, headers) }).expect(status);
      expect(ran).toBe(status === 200 ? 1 : 0);
      if (status !== 200)
        expect(answer.problem).toMatchObject({ name: "crossSite", title: "This request was sent from another site" });
    });

    const evil = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    test.each(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "REPORT"])(
      "%s from another site",
      async (method) => {
        const t = await open(createApp().all("/", { use: [csrf()] }, () => "x"));
        const safe = ["GET", "HEAD", "OPTIONS"].includes(method);
        const answer = await t(`${method} /` as `GET ${string}`, { headers: evil });
        expect(answer.status).toBe(safe ? 200 : 403);
      },
    );

    const bodies: readonly [type: string | undefined, body: string][] = [
      ["application/x-www-form-urlencoded", "a=1"],
      ["multipart/form-data; boundary=b", "--b--\r\n"],
      ["text/plain", '{"a":1}'],
      ["text/plain; charset=utf-8", "a"],
      ["application/json", '{"a":1}'],
      ["application/JSON;x=y", "{}"],
      [undefined, "a"],
    ];
    test.each(bodies)("no type of body passes by it: %s", async (type, body) => {
      let ran = 0;
      const app = createApp();
      app.post("/bare", { use: [csrf()] }, () => ++ran);
      app.post("/text", { use: [csrf()], body: text() }, () => ++ran);
      const t = await open(app);
      const blob = new Blob([body], type === undefined ? {} : { type });
      const headers = { ...evil, ...(type !== undefined && { "content-type": type }) };
      for (const path of ["/bare", "/text"])
        expect((await t.fetch(path, { method: "POST", headers, body: blob })).status).toBe(403);
      expect(ran).toBe(0);
    });

    test("the innermost counts: a route may trust more, and one without it is not guarded", async () => {
      const app = createApp();
      const group = app.group("/g", [csrf()]);
      group.post("/", () => "x");
      group.post("/sso", { use: [csrf({ origins: ["https://evil.example"] })] }, () => "x");
      app.post("/hook", () => "x");
      const t = await open(app);
      await t("POST /g", { headers: evil }).expectProblem(403);
      await t("POST /g/sso", { headers: evil }).expect(200);
      await t("POST /hook", { headers: evil }).expect(200);
    });
  });
});

describe("csrf, as it is written", () => {
  test("refuses an origin that no browser sends", () => {
    expect(() => csrf({ origins: ["https://sso.example/"] })).toThrow("OS_ORIGIN_INVALID");
    expect(() => csrf({ origins: [] })).toThrow("OS_ORIGIN_INVALID");
    expect(() => csrf({ origins: ["null"] })).toThrow(/OS_ORIGIN_INVALID: .*"null"/);
  });

  test("shows in the graph", async () => {
    const app = createApp({ use: [csrf()] });
    app.get("/", () => "x");
    app.post("/", () => "x");
    app.all("/all", () => "x");
    const { routes } = await graph(app);
    expect(routes.map(({ key, uses, problems }) => [key, uses, problems["crossSite"]?.status])).toEqual([
      ["GET /", [], undefined], // it has nothing to do there
      ["POST /", ["csrf"], 403],
      ["* /all", ["csrf"], 403],
    ]);
  });
});
