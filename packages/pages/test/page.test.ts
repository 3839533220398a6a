import {
  middleware,
  port,
  problem,
  provide,
  publicAccess,
  reply,
  type Route,
  route,
  withHeaders,
} from "@openspeed/core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { errorView, layout, notFoundView, page, pageClient, redirect } from "../src/index.ts";
import { bodyOf, headOf, libraries, nonceOf, placeOf, siteOf, siteWith } from "./kit.ts";

describe.each(libraries)("$name: a page", (library) => {
  const { h, pages } = library;
  const root = layout({ head: { titleTemplate: "%s · Desk" } }, ({ children }) => h("main", {}, children));

  test("is a document around its view, within its layouts", async () => {
    const inner = layout(({ children, url }) => h("section", { title: url.pathname }, children));
    const site = siteWith(library, {
      path: "/tickets/:id",
      page: page(
        {
          loader: route({ params: z.object({ id: z.int() }) }, ({ params }) => ({ id: params.id + 1 })),
          head: { title: "One" },
        },
        ({ id, params, url }) => h("p", {}, `${id} ${typeof params.id} ${url.search}`),
      ),
      layouts: [root, inner],
    });
    const { status, headers, html } = await site.get("/tickets/41?x=1");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(html).toMatch(/^<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One · Desk<\/title>/);
    expect(bodyOf(html)).toBe('<main><section title="/tickets/41"><p>42 number ?x=1</p></section></main>');
    expect(html.endsWith("</body></html>")).toBe(true);
  });

  test("gets its loader's values by whatever names they have", async () => {
    const values = { key: "k", ref: "r", children: "c" };
    const site = siteWith(library, {
      page: page(
        route(() => values),
        ({ key, ref, children }) => h("p", {}, `${key} ${ref} ${children}`),
      ),
      layouts: [
        layout({ loader: route(() => ({ key: "outer", ref: "edge" })) }, ({ key, ref, children }) =>
          h("main", { id: `${key} ${ref}` }, children),
        ),
      ],
    });
    expect(bodyOf((await site.get()).html)).toBe('<main id="outer edge"><p>k r c</p></main>');
  });

  test("an asynchronous view is shown where the library waits for it, and an error where nothing would be shown", async () => {
    const site = siteWith(library, { page: page(async () => h("p", {}, "late")) });
    const { status, html } = await site.get();
    if (library.renderer.awaits === true) expect([status, bodyOf(html)]).toEqual([200, "<p>late</p>"]);
    else {
      expect(status).toBe(500);
      expect(site.errors).toMatchObject([{ code: "OS_PAGE_VIEW" }]);
    }
  });

  test("runs its loaders side by side, each once, with what they use", async () => {
    let made = 0;
    const db = provide("db", { scope: "app" }, () => ({ all: ["a"], made: ++made }));
    const order: string[] = [];
    const slow = route({ use: [db] }, async ({ db }) => {
      order.push("layout begins");
      await Promise.resolve();
      order.push("layout ends");
      return { user: db.made };
    });
    const loader = route({ use: [db] }, async ({ db }) => {
      order.push("page begins");
      return { all: db.all };
    });
    const site = siteWith(library, {
      page: page(loader, ({ all }) => h("p", {}, all.join())),
      layouts: [layout({ loader: slow }, ({ user, children }) => h("main", { id: String(user) }, children))],
    });
    expect(bodyOf((await site.get()).html)).toBe('<main id="1"><p>a</p></main>');
    expect(order).toEqual(["layout begins", "page begins", "layout ends"]);
  });

  test.each([
    { name: "notFound", declared: problem(404, "No such ticket"), words: "not found: No such ticket 7" },
    { name: "gone", declared: problem(410, "Gone"), words: "error: Gone 7" },
  ])("shows $name with its status, within the layouts", async ({ name, declared, words }) => {
    const loader = route({ problems: { [name]: declared } }, ({ fail }): {} => fail[name]?.("7") ?? {});
    const site = siteWith(library, {
      page: page(loader, () => h("p")),
      layouts: [root],
      error: errorView(({ problem }) => h("i", {}, `error: ${problem.title} ${problem.detail}`)),
      notFound: notFoundView(({ problem }) => h("i", {}, `not found: ${problem.title} ${problem.detail}`)),
    });
    const shown = await site.get();
    expect(shown.status).toBe(declared.status);
    expect(bodyOf(shown.html)).toBe(`<main><i>${words}</i></main>`);
    expect(headOf(shown.html)).toContain(`<title>${declared.title} · Desk</title>`);
    expect(shown.headers.get("vary")).toContain("accept");
    expect(site.errors).toEqual([]);
  });

  test("a refusal keeps what was said about it further in, but for what the page says better", async () => {
    const inner = middleware("inner", {}, async (_ctx, next) =>
      withHeaders(await next(), {
        "access-control-allow-origin": "https://app.example",
        vary: "origin",
        "content-security-policy": "default-src 'none'",
      }),
    );
    const loader = route({ problems: { no: problem(403, "No") } }, ({ fail }): {} => fail.no());
    const site = siteWith(library, { page: page(loader, () => h("p")), layouts: [root], use: [inner] });
    const { status, headers } = await site.get();
    expect([status, headers.get("access-control-allow-origin")]).toEqual([403, "https://app.example"]);
    expect(headers.get("vary")).toBe("origin, accept");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'self'; [^,]+$/);
  });

  test("says nothing of an error but that it was one, and tells the app", async () => {
    const secret = new Error("password hunter2");
    const site = siteWith(library, {
      page: page(
        route(() => {
          throw secret;
        }),
        () => h("p"),
      ),
      layouts: [root],
    });
    const { status, html } = await site.get();
    expect(status).toBe(500);
    expect(html).toContain("Internal server error");
    expect(html).not.toMatch(/hunter2|\.ts:|at /);
    expect(site.errors).toEqual([secret]);
  });

  test("answers 500 when its view throws, before anything was sent", async () => {
    const broken = new Error("broken view");
    const site = siteWith(library, {
      page: page((): never => {
        throw broken;
      }),
      layouts: [root],
      error: errorView(({ problem }) => h("i", {}, problem.name)),
    });
    const shown = await site.get();
    expect([shown.status, bodyOf(shown.html)]).toEqual([500, "<main><i>internal</i></main>"]);
    expect(site.errors).toEqual([broken]);
  });

  test("falls back to plain words when the error's view throws too", async () => {
    const site = siteWith(library, {
      page: page(
        route({ problems: { gone: problem(410, "Gone") } }, ({ fail }): {} => fail.gone()),
        () => h("p"),
      ),
      error: errorView((): never => {
        throw new Error("worse");
      }),
    });
    const shown = await site.get();
    expect([shown.status, bodyOf(shown.html)]).toEqual([410, "<section><h1>Gone</h1></section>"]);
    expect(site.errors.map(String)).toEqual(["Error: worse"]);
  });

  test("loads nothing for who was refused: a layout behind a guard shows no values", async () => {
    let loads = 0;
    const db = provide("db", { scope: "app" }, () => ({ secret: "hunter2" }));
    const behind = (loader: Route<never>) =>
      siteWith(library, {
        page: page(() => h("p", {}, "page")),
        layouts: [root, layout({ loader }, (values) => h("nav", {}, JSON.stringify(values), values.children))],
        error: errorView(({ problem }) => h("i", {}, problem.name)),
        use: [
          middleware("guard", { problems: { unauthorized: problem(401, "Sign in") } }, ({ header, fail }, next) =>
            header("x-user") === null ? fail.unauthorized() : next(),
          ),
        ],
      });
    for (const loader of [
      route(() => ({ secret: `hunter2${loads++}` })),
      route({ use: [db] }, ({ db }) => ({ secret: `${db.secret}${loads++}` })),
    ]) {
      const site = behind(loader as Route<never>);
      const { status, html } = await site.get();
      expect([status, bodyOf(html)]).toEqual([401, "<main><i>unauthorized</i></main>"]);
    }
    expect(loads).toBe(0);
  });

  test("a layout that stands before the guard is shown around the refusal, one behind it is not", async () => {
    const outer = () =>
      Promise.resolve({
        default: layout({ loader: route(() => ({ menu: "menu" })) }, ({ menu, children }) =>
          h("main", {}, menu, children),
        ),
      });
    const inner = () =>
      Promise.resolve({
        default: layout({ loader: route(() => ({ secret: "secret" })) }, ({ secret, children }) =>
          h("nav", {}, secret, children),
        ),
      });
    const guard = provide("guard", { problems: { unauthorized: problem(401, "Sign in") } }, ({ fail }): string =>
      fail.unauthorized(),
    );
    const error = { view: () => Promise.resolve({ default: errorView(({ problem }) => h("i", {}, problem.name)) }) };
    const view = () => Promise.resolve({ default: page(() => h("p", {}, "page")) });
    const site = siteOf({
      routes: [
        ...pages.mounts({ path: "/open", source: "open", page: view, layouts: [outer], error }),
        ...pages.mounts({
          path: "/",
          source: "admin",
          use: [guard],
          page: view,
          layouts: [outer, inner],
          error: { ...error, layouts: 2 },
        }),
      ],
    });
    expect(bodyOf((await site.get("/open")).html)).toBe("<main>menu<p>page</p></main>");
    const refused = await site.get("/");
    expect([refused.status, bodyOf(refused.html)]).toEqual([401, "<main>menu<i>unauthorized</i></main>"]);
  });

  test("shows what is wrong with its query within its layouts, once its folders let the request in", async () => {
    const name = route(() => ({ name: "Ada" }));
    const loader = route({ query: z.object({ n: z.int() }) }, ({ query }) => query);
    const site = siteWith(library, {
      page: page(loader, ({ n }) => h("p", {}, n)),
      layouts: [layout({ loader: name }, ({ name, children }) => h("main", {}, name, children))],
      error: errorView(({ problem }) => h("i", {}, problem.name)),
      use: [middleware("guard", {}, (_, next) => next())],
    });
    expect(bodyOf((await site.get("/?n=x")).html)).toBe("<main>Ada<i>invalid</i></main>");
  });

  test("shows what a guard refuses within the layouts whose values are there", async () => {
    const identity = provide(
      "identity",
      { problems: { unauthenticated: problem(401, "Sign in") } },
      ({ fail }): { name: string } => fail.unauthenticated(),
    );
    const known = layout(
      {
        loader: route({ use: [identity] }, ({ identity }) => ({ name: identity.name })),
        head: { link: [{ rel: "stylesheet", href: "/a.css" }] },
      },
      ({ name, children }) => h("header", {}, name, children),
    );
    const site = siteWith(library, {
      use: [middleware("guard", { use: [identity] }, (_, next) => next())],
      page: page(() => h("p", {}, "secret")),
      layouts: [root, known],
      error: errorView(({ problem }) => h("i", {}, problem.status)),
    });
    const shown = await site.get();
    expect([shown.status, bodyOf(shown.html)]).toEqual([401, "<main><i>401</i></main>"]);
    expect(shown.html).toContain('href="/a.css"');
  });

  test("gives who asks for JSON the problem as it is", async () => {
    const loader = route({ problems: { gone: problem(410, "Gone") } }, ({ fail }): {} => fail.gone());
    const site = siteWith(library, { page: page(loader, () => h("p")) });
    const shown = await site.get("/", { accept: "application/json" });
    expect(shown.status).toBe(406);
    expect(shown.headers.get("content-type")).toBe("application/problem+json");
  });

  test("sends what its loader answers with instead", async () => {
    const site = siteWith(library, {
      page: page(
        route(() => redirect("/sign-in")),
        () => h("p"),
      ),
    });
    const shown = await site.get();
    expect([shown.status, shown.headers.get("location"), shown.html]).toEqual([303, "/sign-in", ""]);
  });

  test("sends the headers of its loader's reply", async () => {
    const loader = route(() => reply(200, { n: 1 }, { "set-cookie": "seen=1", "Cache-Control": "public, max-age=60" }));
    const site = siteWith(library, { page: page(loader, ({ n }) => h("p", {}, n)) });
    const { headers, html } = await site.get();
    expect([headers.get("set-cookie"), headers.get("cache-control"), bodyOf(html)]).toEqual([
      "seen=1",
      "public, max-age=60",
      "<p>1</p>",
    ]);
  });

  test("has the answer to HEAD, without the content", async () => {
    const site = siteWith(library, { page: page(() => h("p")) });
    const answer = await site.app.fetch(new Request("http://site.test/", { method: "HEAD" }));
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      200,
      "text/html; charset=utf-8",
      "",
    ]);
  });

  test("shows the folder's not-found page where nothing else is, with its layouts' values", async () => {
    const name = provide("name", {}, () => "Ada");
    const known = layout({ loader: route({ use: [name] }, ({ name }) => ({ name })) }, ({ name, children }) =>
      h("main", {}, name, children),
    );
    const site = siteOf({
      routes: [
        ...pages.mounts(placeOf({ page: page(() => h("p")) })),
        ...pages.notFound({
          path: "/*path",
          source: "routes/_not-found.tsx",
          layouts: [() => Promise.resolve({ default: known })],
          view: () => Promise.resolve({ default: notFoundView(({ url }) => h("i", {}, url.pathname)) }),
        }),
      ],
    });
    const shown = await site.get("/no/where");
    expect(shown.status).toBe(404);
    expect(bodyOf(shown.html).replaceAll("<!-- -->", "")).toBe("<main>Ada<i>/no/where</i></main>");
    const json = await site.get("/no/where", { accept: "application/json" });
    expect([json.status, json.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect(site.errors).toEqual([]);
  });

  test("is in the graph with all that its loaders use and declare", async () => {
    const db = port<{ readonly n: number }>()("db");
    const clock = provide("clock", {}, () => 1);
    const site = siteWith(
      library,
      {
        path: "/t/:id",
        use: [publicAccess()],
        page: page(
          route(
            { use: [db], params: z.object({ id: z.string() }), problems: { gone: problem(410, "Gone") } },
            () => ({}),
          ),
          () => h("p"),
        ),
        layouts: [
          layout(
            { loader: route({ use: [clock], problems: { late: problem(409, "Late") } }, () => ({})) },
            ({ children }) => children,
          ),
        ],
      },
      { strict: true, bind: [db.with({ n: 1 })] },
    );
    const { routes } = await site.app.compile();
    const [get] = routes;
    expect(get?.key).toBe("GET /t/:id");
    expect(Object.keys(get?.resolved?.problems ?? {})).toEqual(expect.arrayContaining(["gone", "late"]));
    expect(get?.resolved?.steps.map(({ name }) => name)).toEqual(["page", "admission", "clock"]);
    expect(get?.resolved?.app.map(({ name }) => name)).toEqual(["pageClient", "db"]);
  });

  test("comes with a policy that names its nonce, and no two alike", async () => {
    const site = siteWith(library, {
      page: page(() => h("p")),
      layouts: [
        layout(
          {
            csp: { "img-src": ["https://images.example"], "object-src": ["'self'"] },
            head: { script: [{ text: "1" }] },
          },
          ({ children }) => children,
        ),
      ],
    });
    const one = await site.get();
    const two = await site.get();
    const nonce = nonceOf(one.headers);
    expect(nonce).toMatch(/^[0-9a-f]{32}$/);
    expect(nonceOf(two.headers)).not.toBe(nonce);
    expect(one.html).toContain(`<script nonce="${nonce}">1</script>`);
    const csp = one.headers.get("content-security-policy");
    expect(csp).toContain("default-src 'self';");
    expect(csp).toContain("img-src 'self' data: https://images.example;");
    expect(csp).toContain("object-src 'self';");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(one.headers.get("x-content-type-options")).toBe("nosniff");
    expect(one.headers.get("cache-control")).toBe("private, no-cache");
  });

  test("has no policy where a layout says so", async () => {
    const site = siteWith(library, {
      page: page(() => h("p")),
      layouts: [layout({ csp: false }, ({ children }) => children)],
    });
    expect((await site.get()).headers.has("content-security-policy")).toBe(false);
  });

  test("gets the client's scripts and its part of the policy", async () => {
    const app = siteWith(library, { page: page(() => h("p")) }).app.override([
      pageClient.with({ entry: "/c.js", scripts: ["/@dev/client.js"], csp: { "connect-src": ["'self'", "ws:"] } }),
    ]);
    const answer = await app.fetch(new Request("http://site.test/"));
    const html = await answer.text();
    expect(headOf(html)).toContain('<script type="module" src="/@dev/client.js"');
    expect(html).not.toContain("/c.js"); // no island
    expect(answer.headers.get("content-security-policy")).toContain("connect-src 'self' ws:");
  });
});

describe("what a page's modules must be", () => {
  const [library] = libraries;
  const cases: readonly (readonly [string, object, RegExp])[] = [
    ["a page that page() did not make", { page: (() => undefined) as never }, /^OS_PAGE_EXPORT: routes\/page.tsx /],
    [
      "an action that is not exported",
      { page: page({ action: route(() => ({})) }, () => undefined) },
      /^OS_ACTION_EXPORT: routes\/page.tsx /,
    ],
    [
      "a loader that gives no object",
      {
        page: page(
          route(() => [1] as never),
          () => undefined,
        ),
      },
      /^OS_LOADER_VALUE/,
    ],
    [
      "a layout with inputs",
      {
        page: page(() => undefined),
        layouts: [layout({ loader: route({ query: z.object({}) }, () => ({})) }, () => undefined)],
      },
      /^OS_LAYOUT_INPUT/,
    ],
    [
      "problems of one name and two statuses",
      {
        page: page(
          route({ problems: { gone: problem(410, "Gone") } }, () => ({})),
          () => undefined,
        ),
        layouts: [layout({ loader: route({ problems: { gone: problem(404, "Gone") } }, () => ({})) }, () => undefined)],
      },
      /^OS_PAGE_PROBLEM_CLASH/,
    ],
  ];
  test.each(cases)("%s", async (_, place, message) => {
    if (library === undefined) throw new Error("no library");
    const site = siteWith(library, place as Parameters<typeof siteWith>[1]);
    const { status } = await site.get();
    expect(status).toBe(500);
    expect(site.errors.map((error) => (error as Error).message)).toEqual([expect.stringMatching(message)]);
  });

  test("page() and layout() without a view", () => {
    expect(() => page({} as never, undefined as never)).toThrow(/^OS_PAGE_VIEW: page\(\)/);
    expect(() => layout({} as never, undefined as never)).toThrow(/^OS_PAGE_VIEW: layout\(\)/);
  });

  test("a policy that would end its directive", () => {
    expect(() => layout({ csp: { "img-src": ["a; script-src *"] } }, () => undefined)).toThrow(/^OS_CSP_INVALID/);
  });
});
